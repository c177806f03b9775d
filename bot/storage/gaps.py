"""Situations without a playbook, in the database, as their askers agreed to store them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Engine, func, insert, select, update

from bot.domain.gap import Gap, GapState
from bot.storage.tables import gaps
from bot.storage.writing import in_utc, transaction


class StoredGaps:
    """Gaps by workspace."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, gap: Gap) -> None:
        """Store one; durable when it returns. Raises NotKept."""
        with transaction(self._engine) as connection:
            connection.execute(insert(gaps).values({column.name: getattr(gap, column.name) for column in gaps.c}))

    def find(self, workspace: str, gap: str) -> Gap | None:
        """One gap by its id; None where the workspace has none of that id. Raises NotKept."""
        return next(iter(self._read(workspace, gaps.c.id == gap)), None)

    def open(self, workspace: str) -> Sequence[Gap]:
        """All open ones, the oldest first. Raises NotKept."""
        return self._read(workspace, gaps.c.state == GapState.OPEN)

    def count(self, workspace: str) -> int:
        """How many are open. Raises NotKept."""
        found = select(func.count()).where(gaps.c.workspace == workspace, gaps.c.state == GapState.OPEN)
        with transaction(self._engine) as connection:
            return connection.execute(found).scalar_one()

    def close(self, workspace: str, gap: str, state: GapState, playbook: str = "") -> None:
        """Write down what became of one. Raises NotKept."""
        here = (gaps.c.workspace == workspace, gaps.c.id == gap)
        with transaction(self._engine) as connection:
            connection.execute(update(gaps).where(*here).values(state=state, playbook=playbook))

    def _read(self, workspace: str, wanted: ColumnElement[Any]) -> list[Gap]:
        found = select(gaps).where(gaps.c.workspace == workspace, wanted).order_by(gaps.c.at, gaps.c.id)
        with transaction(self._engine) as connection:
            rows = connection.execute(found).all()
        return [
            Gap(**{**row._mapping, "at": in_utc(row.at), "state": GapState(row.state)})  # noqa: SLF001 - documented
            for row in rows
        ]
