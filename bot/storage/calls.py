"""Calls for the boss, in the database."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import Engine, delete, insert, or_, select, update

from bot.domain.call import Call
from bot.storage.tables import calls
from bot.storage.writing import in_utc, transaction

_CALL = [calls.c[field.name] for field in fields(Call)]


class StoredCalls:
    """Keeps calls until they are told, and not after."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, call: Call, until: datetime) -> None:
        """Store a call, which nobody else is to tell until then; durable when it returns. Raises NotKept."""
        with transaction(self._engine) as connection:
            connection.execute(insert(calls).values(**asdict(call), held_until=until))

    def take(self, now: datetime, until: datetime, call: str = "") -> Sequence[Call]:
        """Calls that are not told and that nobody else is telling, the oldest first; others leave them until then.

        Only one of them where its id is given. Raises NotKept.
        """
        free = or_(calls.c.held_until.is_(None), calls.c.held_until <= now)
        wanted = (free, calls.c.id == call) if call else (free,)
        taken = update(calls).where(*wanted).values(held_until=until).returning(*_CALL)
        with transaction(self._engine) as connection:
            # Of two that update one row, the second looks at it again once the first is done.
            rows = connection.execute(taken).all()
        found = [Call(**{**row._mapping, "at": in_utc(row.at)}) for row in rows]  # noqa: SLF001 - its documented name
        return sorted(found, key=lambda call: call.at)

    def waits(self, call: str) -> bool:
        """Whether a call is kept and not told. Raises NotKept."""
        with transaction(self._engine) as connection:
            return connection.execute(select(calls.c.id).where(calls.c.id == call)).first() is not None

    def leave(self, call: str, until: datetime) -> None:
        """Let anybody take a call from then on. Raises NotKept."""
        with transaction(self._engine) as connection:
            connection.execute(update(calls).where(calls.c.id == call).values(held_until=until))

    def forget(self, call: str, before: datetime) -> None:
        """Delete a call, and every one made before that time. Raises NotKept."""
        with transaction(self._engine) as connection:
            connection.execute(delete(calls).where(or_(calls.c.id == call, calls.c.at < before)))
