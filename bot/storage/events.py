"""Slack's events that were taken, for as long as Slack may send one again."""

from datetime import datetime, timedelta

from sqlalchemy import Engine, delete

from bot.storage.tables import events
from bot.storage.writing import begin, transaction

KEPT = timedelta(hours=1)
"""Slack sends an event again at once, after a minute and after five (docs.slack.dev, Events API)."""


class StoredEvents:
    """The ids of events, and nothing else of them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def first(self, workspace: str, event: str, now: datetime) -> bool:
        """Whether an event comes for the first time, in any process; forgets the old ones. Raises NotKept."""
        with transaction(self._engine) as connection:
            connection.execute(delete(events).where(events.c.at < now - KEPT))
            return begin(connection, events, {"workspace": workspace, "id": event, "at": now})
