"""Somebody taps for the boss: the call is kept first, then told, and told again until it gets through."""

import contextlib
import logging
import uuid
from collections.abc import Callable
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

    @property
    def trouble(self) -> str:
        """Why the duty channel does not work, in a word of Slack's; empty where it does, or nobody looked yet."""
        return self._duty.trouble

    def look(self) -> None:
        """Look whether calls would get through."""
        self._duty.look()

    def keep(self, asker: Asker, playbook: str) -> tuple[Call, bool]:
        """Store a call, before it is acknowledged or told; and whether that worked: it is told in any case."""
        view = self._at(asker)
        call = Call(
            id=uuid.uuid4().hex,
            workspace=asker.workspace,
            person=asker.person,
            playbook=playbook,
            site=view.policy.workplace if view.site else "",
            at=self._now(),
        )
        try:
            self._calls.keep(call, call.at + HELD)
        except NotKept:
            return call, False
        return call, True

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
