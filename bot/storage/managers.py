"""Who was named to edit, and what a workspace asks of its own edits, in the database."""

from sqlalchemy import Engine, delete, select

from bot.storage.tables import managers, rules
from bot.storage.writing import put, transaction


class StoredManagers:
    """The people who were named, by workspace."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def named(self, workspace: str) -> frozenset[str]:
        """The people who were named. Raises NotKept."""
        with transaction(self._engine) as connection:
            rows = connection.execute(select(managers.c.person).where(managers.c.workspace == workspace))
            return frozenset(rows.scalars())

    def name(self, workspace: str, person: str) -> None:
        """Name one. Raises NotKept."""
        with transaction(self._engine) as connection:
            put(connection, managers, {"workspace": workspace, "person": person}, {})

    def unname(self, workspace: str, person: str) -> None:
        """Take one off the list. Raises NotKept."""
        with transaction(self._engine) as connection:
            here = (managers.c.workspace == workspace, managers.c.person == person)
            connection.execute(delete(managers).where(*here))


class StoredRules:
    """What a workspace asks of its own edits."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def second_person(self, workspace: str) -> bool:
        """Whether every change waits for a second manager. Raises NotKept."""
        with transaction(self._engine) as connection:
            found = connection.execute(select(rules.c.second_person).where(rules.c.workspace == workspace))
            return bool(found.scalar())

    def ask_second_person(self, workspace: str, *, wanted: bool) -> None:
        """Ask for a second manager's approval of every change, or no longer. Raises NotKept."""
        with transaction(self._engine) as connection:
            put(connection, rules, {"workspace": workspace}, {"second_person": wanted})
