"""Unsaved forms, in the database: nothing that somebody typed is lost."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, and_, delete, select

from bot.domain.draft import Draft
from bot.storage.tables import drafts
from bot.storage.writing import put, transaction

_COLUMNS = tuple(column for column in drafts.c if column.name != "at")


class StoredDrafts:
    """One form a person and playbook."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, draft: Draft) -> None:
        """Store a form in place of the earlier one; durable when it returns. Raises NotKept."""
        key = {"workspace": draft.workspace, "person": draft.person, "playbook": draft.playbook}
        with transaction(self._engine) as connection:
            put(connection, drafts, key, {"base": draft.base, "fields": dict(draft.fields), "at": datetime.now(UTC)})

    def find(self, workspace: str, person: str, playbook: str) -> Draft | None:
        """The kept form; None where there is none. Raises NotKept."""
        return next(iter(self._read(_whose(workspace, person), drafts.c.playbook == playbook)), None)

    def of(self, workspace: str, person: str) -> Sequence[Draft]:
        """All kept forms of one person, by playbook. Raises NotKept."""
        return self._read(_whose(workspace, person))

    def drop(self, workspace: str, person: str, playbook: str) -> None:
        """Throw a form away. Raises NotKept."""
        with transaction(self._engine) as connection:
            connection.execute(delete(drafts).where(_whose(workspace, person), drafts.c.playbook == playbook))

    def _read(self, *wanted: ColumnElement[Any]) -> list[Draft]:
        with transaction(self._engine) as connection:
            rows = connection.execute(select(*_COLUMNS).where(*wanted).order_by(drafts.c.playbook)).all()
        return [Draft(**row._mapping) for row in rows]  # noqa: SLF001 - its documented name


def _whose(workspace: str, person: str) -> ColumnElement[bool]:
    return and_(drafts.c.workspace == workspace, drafts.c.person == person)
