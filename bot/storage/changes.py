"""How often each workspace's answers have changed, in the database."""

from collections.abc import Mapping

from sqlalchemy import Engine, select

from bot.storage.tables import changes
from bot.storage.writing import transaction

_COUNTERS = select(changes.c.workspace, changes.c["count"])


class StoredChanges:
    """The counters that every change of an answer has moved."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def workspaces(self) -> Mapping[str, int]:
        """A counter by workspace; one row each. Raises NotKept."""
        with transaction(self._engine) as connection:
            return {name: number for name, number in connection.execute(_COUNTERS)}  # noqa: C416 - rows are no pairs yet
