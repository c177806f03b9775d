"""How often each workspace's answers have changed, in the database."""

from collections.abc import Mapping

from sqlalchemy import Engine, select

from bot.services.ports import Count
from bot.storage.tables import changes
from bot.storage.writing import transaction

_COUNTERS = select(changes.c.workspace, changes.c["count"], changes.c.choices)


class StoredChanges:
    """The counters that every change of an answer has moved."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def workspaces(self) -> Mapping[str, Count]:
        """The counters by workspace; one row each. Raises NotKept."""
        with transaction(self._engine) as connection:
            return {name: Count(*counted) for name, *counted in connection.execute(_COUNTERS)}
