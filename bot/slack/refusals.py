"""What is answered to whoever is turned away at the door, and what the operator should hear of it."""

import logging
import time
from collections.abc import Callable, Mapping
from enum import StrEnum

from bot.logs import Seldom

log = logging.getLogger(__name__)
WINDOW = 300
"""Seconds for which Slack's signature holds (docs.slack.dev, verifying requests from Slack)."""


class Refusal(StrEnum):
    """Why a request was turned away."""

    PATH = "path"
    LENGTH = "length"
    SIZE = "size"
    UNSIGNED = "unsigned"
    STALE = "stale"
    FORGED = "forged"
    AGAIN = "again"
    FORM = "form"
    SLOW = "slow"


_NOT_SIGNED = "This request is not signed by Slack, or came before."
SAID: Mapping[Refusal, tuple[int, str]] = {
    Refusal.PATH: (404, "Nothing is here; Slack posts to /slack/events."),
    Refusal.LENGTH: (411, "Say how long the request is, with Content-Length."),
    Refusal.SIZE: (413, "This request is too large."),
    Refusal.UNSIGNED: (401, _NOT_SIGNED),
    Refusal.STALE: (401, _NOT_SIGNED),
    Refusal.FORGED: (401, _NOT_SIGNED),
    Refusal.AGAIN: (401, _NOT_SIGNED),
    Refusal.FORM: (400, "This request is not of Slack's form."),
    Refusal.SLOW: (408, "This request did not arrive in time."),
}
"""The status and the sentence of each."""
_TOLD = {
    Refusal.STALE: "A request was refused, for it says that it was sent {age} s {side}, and Slack's hold for 300 s. "
    "If it is Slack's, this machine's clock is wrong: it says {now} UTC.",
    Refusal.FORGED: "A request was refused, for its signature is wrong. If it is Slack's, SLACK_SIGNING_SECRET is "
    "another app's: copy it again from Basic Information → App Credentials.",
}


class Refusals:
    """Tells of those that were turned away: each to whoever counts, and what an operator can mend to the log."""

    def __init__(self, clock: Callable[[], float], refused: Callable[[str], object]) -> None:
        """`refused` hears each reason."""
        self._clock = clock
        self._refused = refused
        self._seldom = Seldom(clock)

    def add(self, reason: Refusal, age: float = 0.0) -> None:
        """Tell of one; `age` is the seconds since it says that it was sent, negative in the future."""
        self._refused(reason.value)
        # Anybody may knock as often as they like.
        if reason in _TOLD and (count := self._seldom.count(reason)):
            side, at = "ago" if age >= 0 else "from now", time.gmtime(self._clock())
            now = time.strftime("%Y-%m-%d %H:%M:%S", at)
            more = f" ({count} times since this was last said.)" if count > 1 else ""
            log.warning("%s%s", _TOLD[reason].format(age=f"{abs(age):.0f}", side=side, now=now), more)
