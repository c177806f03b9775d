"""What is answered to whoever is turned away at the door, and what the operator should hear of it."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from enum import StrEnum

log = logging.getLogger(__name__)
WINDOW = 300
"""Seconds for which Slack's signature holds (docs.slack.dev, verifying requests from Slack)."""
QUIET = 60.0
"""Seconds until the log has the same sentence again: anybody may knock as often as they like."""


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
        self._said: dict[Refusal, float] = {}
        self._lock = threading.Lock()

    def add(self, reason: Refusal, age: float = 0.0) -> None:
        """Tell of one; `age` is the seconds since it says that it was sent, negative in the future."""
        self._refused(reason.value)
        now = self._clock()
        with self._lock:
            due = reason in _TOLD and abs(now - self._said.get(reason, -QUIET)) >= QUIET
            if due:
                self._said[reason] = now
        if due:
            side = "ago" if age >= 0 else "from now"
            at = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(now))
            log.warning(_TOLD[reason].format(age=f"{abs(age):.0f}", side=side, now=at))
