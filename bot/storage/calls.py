"""Calls for the boss, in the database."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine, insert, select, update

from bot.domain.call import Call
from bot.storage.tables import calls
from bot.storage.writing import in_utc, transaction


class StoredCalls:
    """Keeps calls until they are told."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, call: Call) -> None:
        """Store a call; durable when it returns. Raises NotKept."""
        row = {"workspace": call.workspace, "person": call.person, "playbook": call.playbook, "at": call.at}
        with transaction(self._engine) as connection:
            connection.execute(insert(calls).values(id=call.id, **row))

    def untold(self, since: datetime) -> Sequence[Call]:
        """Calls that were kept since then and not yet told, the oldest first. Raises NotKept."""
        wanted = select(calls).where(calls.c.told_at.is_(None), calls.c.at >= since).order_by(calls.c.at)
        with transaction(self._engine) as connection:
            rows = connection.execute(wanted).all()
        return [
            Call(
                id=row.id,
                workspace=row.workspace,
                person=row.person,
                playbook=row.playbook,
                at=in_utc(row.at),
            )
            for row in rows
        ]

    def mark_told(self, call: str, at: datetime) -> None:
        """Remember that a call has reached the boss. Raises NotKept."""
        with transaction(self._engine) as connection:
            connection.execute(update(calls).where(calls.c.id == call).values(told_at=at))
