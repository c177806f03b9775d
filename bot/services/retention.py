"""What is old is deleted by itself: gaps, unsaved forms, and choices of a site."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.services.ports import NotKept, Traces

log = logging.getLogger(__name__)


class Retention:
    """Keeps such things for a number of days and no longer."""

    def __init__(self, traces: Traces, days: int, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._traces = traces
        self._days = days
        self._now = now

    def clear(self) -> None:
        """Delete what is older, and log how much of what; where the database does not answer, it stays for now."""
        try:
            found = self._traces.clear(self._now(), timedelta(days=self._days))
        except NotKept:
            return
        if any(found.values()):
            told = ", ".join(f"{count} {name}" for name, count in found.items() if count)
            log.info("Deleted after %d days: %s.", self._days, told)
