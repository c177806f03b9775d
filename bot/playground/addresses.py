"""Response URLs: with each command and tap Slack hands one out, good five times within half an hour."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.playground.refused import ApiError

SECONDS = 30 * 60
USES = 5


@dataclass(slots=True)
class Address:
    """Who tapped, where, on which message (empty: none), when; and what was posted to it."""

    user: str
    channel: str
    message: str
    made: float
    posted: list[dict[str, Any]] = field(default_factory=list)


class Addresses:
    """Every response URL by the secret part of its name."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._held: dict[str, Address] = {}

    def new(self, user: str, channel: str, message: str = "") -> str:
        """The name of a new one."""
        name = secrets.token_hex(12)
        self._held[name] = Address(user, channel, message, self._clock())
        return name

    def find(self, name: str) -> Address:
        """One that still takes messages. Raises ApiError where there is none, it is too old, or was used five times."""
        address = self._held.get(name)
        if address is None:
            raise ApiError("invalid_url")
        if self._clock() - address.made > SECONDS:
            raise ApiError("expired_url")
        if len(address.posted) >= USES:
            raise ApiError("used_url")
        return address

    def posted(self, name: str) -> list[dict[str, Any]]:
        """What was posted to one so far."""
        return self._held[name].posted
