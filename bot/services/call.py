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

    def keep(self, workspace: str, person: str, playbook: str) -> tuple[Call, bool]:
        """Store a call, before it is acknowledged or told; and whether that worked: it is told in any case."""
        call = Call(id=uuid.uuid4().hex, workspace=workspace, person=person, playbook=playbook, at=self._now())
        try:
            self._calls.keep(call)
        except NotKept:
            return call, False
        return call, True

    def tell(self, call: Call) -> bool:
        """Tell the boss of a call. True when they were told; otherwise it stays kept, to be told again."""
        titled = self._at(Asker(call.workspace, call.person)).titled(call.playbook)
        try:
            self._duty.tell(call, titled.title if titled else call.playbook)
        except NotTold:
            return False
        with contextlib.suppress(NotKept):
            self._calls.mark_told(call.id, self._now())
        return True

    def tell_again(self) -> int:
        """Tell every call that has not got through; the number that did now, none while the database is gone."""
        try:
            untold = self._calls.untold(self._now() - STALE)
        except NotKept:
            log.warning("The database does not answer; calls for the boss wait in it.")
            return 0
        return sum(map(self.tell, untold))
