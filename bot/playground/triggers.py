"""Trigger ids: with each tap Slack hands one out, good once and for three seconds, to open a form."""

import itertools
import secrets
from collections.abc import Callable

from bot.playground.refused import ApiError

SECONDS = 3


class Triggers:
    """Every trigger id that was handed out: who tapped, and when."""

    def __init__(self, clock: Callable[[], float], seconds: float = SECONDS) -> None:
        """Each is good for so many seconds."""
        self._clock = clock
        self._seconds = seconds
        self._numbers = itertools.count(1)
        self._made: dict[str, tuple[str, float]] = {}
        self._spent: set[str] = set()

    def new(self, user: str) -> str:
        """A trigger id for a person's tap."""
        made = self._clock()
        trigger = f"{next(self._numbers)}.{int(made)}.{secrets.token_hex(16)}"
        self._made[trigger] = (user, made)
        return trigger

    def spend(self, trigger: str) -> str:
        """The person behind it. Raises ApiError when it is too old, was used before, or is none of ours."""
        if trigger in self._spent:
            raise ApiError("exchanged_trigger_id")
        if trigger not in self._made:
            raise ApiError("invalid_trigger_id")
        user, made = self._made[trigger]
        if self._clock() - made > self._seconds:
            raise ApiError("expired_trigger_id")
        self._spent.add(trigger)
        return user
