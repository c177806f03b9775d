"""Who was named to edit, and what a workspace asks of its own edits, in the database."""

from collections.abc import Collection

from sqlalchemy import Engine, delete, select

from bot.storage.tables import managers, rules
from bot.storage.writing import put, transaction


class StoredManagers:
    """The people who were named and whether a second one approves every change, by workspace."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def named(self, workspace: str) -> frozenset[str]:
        """The people who were named. Raises NotKept."""
        with transaction(self._engine) as connection:
            rows = connection.execute(select(managers.c.person).where(managers.c.workspace == workspace))
            return frozenset(rows.scalars())

    def second_person(self, workspace: str) -> bool:
        """Whether every change waits for a second manager. Raises NotKept."""
        with transaction(self._engine) as connection:
            found = connection.execute(select(rules.c.second_person).where(rules.c.workspace == workspace))
            return bool(found.scalar())

    def change(
        self,
        workspace: str,
        *,
        name: Collection[str] = (),
        unname: Collection[str] = (),
        second_person: bool | None = None,
    ) -> None:
        """Name some, take some off the list, and set the rule unless it is None; all or nothing. Raises NotKept."""
        with transaction(self._engine) as connection:
            # In one order, so that two of these never wait for each other.
            for person in sorted(name):
                put(connection, managers, {"workspace": workspace, "person": person}, {})
            gone = (managers.c.workspace == workspace, managers.c.person.in_(unname))
            connection.execute(delete(managers).where(*gone))
            if second_person is not None:
                put(connection, rules, {"workspace": workspace}, {"second_person": second_person})
