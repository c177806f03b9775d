"""Calls to Slack that nobody waits for: tried again when Slack says so, and where they fail their person is told."""

import logging
import threading
from collections.abc import Callable
from functools import partial

from bot.logs import carried
from bot.slack.fault import Faults
from bot.slack.pool import FULL, Full, Pool
from bot.slack.reach import Reach
from bot.slack.trouble import TROUBLE, again_after, note, unshown
from bot.slack.where import Where

log = logging.getLogger(__name__)
TRIES = 2
"""Times that a call is tried again."""
WAITING = 200
"""Calls that wait in line, beyond those under way."""
SPARE = 2
"""Threads that are left to say that there are no others."""
Call = Callable[[], object]
Lost = Callable[[BaseException], str]
"""Says in a sentence what became of something that Slack did not take."""


class Sending:
    """One line of calls. Safe to share between threads."""

    def __init__(self, faults: Faults, reach: Reach, name: str, threads: int) -> None:
        self._faults = faults
        self._reach = reach
        self._pool = Pool(name, threads, WAITING)
        self._spare = Pool(f"{name}-spare", SPARE, WAITING)

    def send(self, where: Where, call: Call, *, lost: Lost = unshown, tries: int = TRIES) -> None:
        """Run a call beside. What Slack did not take is tried again, then told in the words of `lost`."""
        try:
            self._pool.submit(partial(self._tried, where, call, lost, tries))
        except Full:
            log.warning("Too much is asked at once; something was left undone, and its person is told.")
            self._say(where, FULL)

    def tell(self, where: Where, sentence: str) -> None:
        """Tell somebody a sentence, with the safety line below it; returns when it is told."""
        self._reach.tell(where, self._faults.with_safety(where.asker, sentence))

    def _say(self, where: Where, sentence: str) -> None:
        try:
            self._spare.submit(partial(self.tell, where, sentence))
        except Full:
            log.error("Too much is asked at once, and there is nobody left to say so.")  # noqa: TRY400

    def _tried(self, where: Where, call: Call, lost: Lost, tries: int) -> None:
        try:
            call()
        except TROUBLE as error:
            note("a view or an answer", error)
            seconds = again_after(error) if tries else None
            if seconds is None:
                if sentence := lost(error):
                    self.tell(where, sentence)
            else:
                later(seconds, partial(self.send, where, call, lost=lost, tries=tries - 1))


def later(seconds: float, call: Call) -> threading.Timer:
    """Run a call in some seconds. It keeps no thread of a pool waiting, and holds up no server that is to stop."""
    timer = threading.Timer(seconds, carried(call))
    timer.daemon = True
    timer.start()
    return timer


def silent(_error: BaseException) -> str:
    """No sentence: nobody waits for it."""
    return ""
