"""Calls for the boss, in the database."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Engine, delete, insert, or_, select

from bot.domain.call import Call
from bot.storage.tables import calls
from bot.storage.writing import in_utc, transaction


class StoredCalls:
    """Keeps calls until they are told, and not after."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, call: Call) -> None:
        """Store a call; durable when it returns. Raises NotKept."""
        with transaction(self._engine) as connection:
            connection.execute(insert(calls).values(**asdict(call)))

    def untold(self, since: datetime) -> Sequence[Call]:
        """Calls that were made since then and not yet told, the oldest first. Raises NotKept."""
        wanted = select(calls).where(calls.c.at >= since).order_by(calls.c.at)
        with transaction(self._engine) as connection:
            rows = connection.execute(wanted).all()
        return [Call(**{**row._mapping, "at": in_utc(row.at)}) for row in rows]  # noqa: SLF001 - its documented name

    def forget(self, call: str, before: datetime) -> None:
        """Delete a call, and every one made before that time. Raises NotKept."""
        with transaction(self._engine) as connection:
            connection.execute(delete(calls).where(or_(calls.c.id == call, calls.c.at < before)))
