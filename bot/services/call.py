"""Somebody taps for the boss: the call is kept first, then told, and told again until it gets through."""

import contextlib
import logging
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.domain.asker import Asker
from bot.domain.call import Call
from bot.domain.reserved import SAFETY_CARDS
from bot.services.ports import Calls, Duty, NotKept, NotTold
from bot.services.shelf import ShelfAt

log = logging.getLogger(__name__)
ABOUT_ONESELF = frozenset({"coworker-harassment", "suicidal-person"})
"""Cards that may be about the asker: they choose whom to turn to, and nothing is stored."""
STALE = timedelta(hours=1)
"""After this long, a call that never got through would only confuse."""
HELD = timedelta(seconds=60)
"""For how long a process that tells a call has it alone; longer than Slack and its own patience can take."""
AGAIN = timedelta(seconds=10)
"""After this long, a call that did not get through is told again."""
STANDS = timedelta(minutes=5)
"""For this long a call stands: who taps again hears so, and the boss is not called twice."""


@dataclass(frozen=True, slots=True)
class Called:
    """What became of a tap: whether the boss was told, and whether a call that was not is kept to be told again.

    `since` is when the call was made that stands already; None where this tap made it.
    """

    told: bool
    kept: bool
    since: datetime | None = None


@dataclass(slots=True)
class _Standing:
    """A call that was made in this process; it is told by one thread at a time."""

    call: Call
    kept: bool = False
    told: bool | None = None
    turn: threading.Lock = field(default_factory=threading.Lock)


def may_call(playbook: str) -> bool:
    """Whether a safety card offers to tell the boss."""
    return playbook in SAFETY_CARDS and playbook not in ABOUT_ONESELF


class CallBoss:
    """Calls for the boss, for a workplace that has a duty channel."""

    def __init__(
        self, calls: Calls, duty: Duty, at: ShelfAt, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._calls = calls
        self._duty = duty
        self._at = at
        self._now = now
        self._standing: dict[tuple[str, str, str], _Standing] = {}
        self._lock = threading.Lock()

    @property
    def trouble(self) -> str:
        """Why the duty channel does not work, in a word of Slack's; empty where it does, or nobody looked yet."""
        return self._duty.trouble

    def look(self) -> None:
        """Look whether calls would get through."""
        self._duty.look()

    def call(self, asker: Asker, playbook: str) -> Called:
        """Make a call, keep it and tell the boss; where one of the same card stands, no second one.

        A call that stands and was not told is tried again. What stands is known to this process alone.
        """
        one = self._one(asker, playbook)
        with one.turn:
            first = one.told is None
            if first:
                one.kept = self._keep(one.call)
            if not one.told:
                one.told = self._told_again(one.call) if one.kept and not first else self.tell(one.call)
            return Called(one.told, one.kept, None if first else one.call.at)

    def _one(self, asker: Asker, playbook: str) -> _Standing:
        """The call that stands, or a new one."""
        now, key = self._now(), (asker.workspace, asker.person, playbook)
        with self._lock:
            self._standing = {name: one for name, one in self._standing.items() if now - one.call.at < STANDS}
            return self._standing.setdefault(key, _Standing(self._made(asker, playbook)))

    def _told_again(self, call: Call) -> bool:
        """Whether a kept call is told by now: by somebody else, who then deleted it, or here if nobody tells it."""
        # One that only rests is held for no longer than AGAIN, and need not rest once somebody taps.
        now = self._now()
        try:
            mine = self._calls.take(now + AGAIN, now + HELD, call.id)
            return self.tell(call) if mine else not self._calls.waits(call.id)
        except NotKept:
            return self.tell(call)

    def _made(self, asker: Asker, playbook: str) -> Call:
        view = self._at(asker)
        return Call(
            id=uuid.uuid4().hex,
            workspace=asker.workspace,
            person=asker.person,
            playbook=playbook,
            site=view.policy.workplace if view.site else "",
            at=self._now(),
        )

    def _keep(self, call: Call) -> bool:
        try:
            self._calls.keep(call, call.at + HELD)
        except NotKept:
            return False
        return True

    def tell(self, call: Call) -> bool:
        """Tell the boss of a call that is ours to tell, and forget it with all that are stale.

        False: it stays kept, and whoever looks next tells it again.
        """
        titled = self._at(Asker(call.workspace, call.person)).titled(call.playbook)
        try:
            self._duty.tell(call, titled.title if titled else call.playbook)
        except NotTold:
            with contextlib.suppress(NotKept):
                self._calls.leave(call.id, self._now() + AGAIN)
            return False
        with contextlib.suppress(NotKept):
            self._calls.forget(call.id, self._now() - STALE)
        return True

    def tell_again(self) -> int:
        """Tell every call that waits and forget the stale; how many got through, none without the database.

        Any number of processes may do so at once.
        """
        now = self._now()
        try:
            self._calls.forget("", now - STALE)
            untold = self._calls.take(now, now + HELD)
        except NotKept:
            log.warning("The database does not answer; calls for the boss wait in it.")
            return 0
        return sum(map(self.tell, untold))
