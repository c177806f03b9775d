"""What services need of the world outside, as they see it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.call import Call


class Calls(Protocol):
    """Where calls for the boss are kept until they are told."""

    def keep(self, call: Call) -> None:
        """Store a call; durable when it returns. Raises NotKept."""

    def untold(self, since: datetime) -> Sequence[Call]:
        """Calls that were kept since then and not yet told, the oldest first."""

    def mark_told(self, call: str, at: datetime) -> None:
        """Remember that a call has reached the boss."""


class Duty(Protocol):
    """The channel that the boss on duty watches."""

    def tell(self, call: Call, title: str) -> None:
        """Tell of a call. Raises NotTold when it did not get through."""


class NotKept(Exception):
    """Nothing can be stored now."""


class NotTold(Exception):
    """The boss could not be told."""
