"""How often the app may call: so many calls of a method a minute, and one message a second in a channel."""

from collections import deque
from collections.abc import Callable

from bot.playground.refused import RateLimited

MINUTE = 60
TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
"""Calls a minute that Slack lets through at least (docs.slack.dev, rate limits)."""
METHODS = {
    "views.open": 4,
    "views.push": 4,
    "views.update": 4,
    "views.publish": 4,
    "chat.postEphemeral": 4,
    "chat.update": 3,
    "chat.delete": 3,
    "conversations.open": 3,
    "conversations.info": 3,
    "conversations.list": 2,
    "users.info": 4,
    "users.list": 2,
}


class Rates:
    """Counts calls over the last minute."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._calls: dict[str, deque[float]] = {}

    def count(self, method: str, channel: str) -> None:
        """Count one call. Raises RateLimited when it is one too many."""
        if method == "chat.postMessage":
            # One a second with short bursts above it: over a minute that is sixty.
            self._count(f"{method} {channel}", MINUTE)
        elif method in METHODS:
            self._count(method, TIERS[METHODS[method]])

    def _count(self, name: str, most: int) -> None:
        now = self._clock()
        calls = self._calls.setdefault(name, deque())
        while calls and calls[0] <= now - MINUTE:
            calls.popleft()
        if len(calls) >= most:
            raise RateLimited(max(1, round(calls[0] + MINUTE - now)))
        calls.append(now)
