"""So much of one thing a person and a minute, so that nobody can fill a list or a channel."""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable

from bot.services.who_may import NotAllowed

MINUTE = 60.0
MOST = 5000
"""Names that are remembered at once; the oldest fall away first."""


class Limit:
    """Counts what each name did over the last minute, in this process. Safe to share between threads."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        """`most` may be done a minute; `clock` gives seconds."""
        self._most = most
        self._clock = clock
        self._done: OrderedDict[Hashable, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, name: Hashable) -> bool:
        """Whether a name may once more; it counts where it may."""
        now = self._clock()
        with self._lock:
            done = self._done.setdefault(name, deque())
            self._done.move_to_end(name)
            if len(self._done) > MOST:
                self._done.popitem(last=False)
            while done and done[0] <= now - MINUTE:
                done.popleft()
            if len(done) >= self._most:
                return False
            done.append(now)
            return True

    def check(self, name: Hashable, what: str) -> None:
        """Raise NotAllowed where a name did it too often; `what` names it, as “situations”."""
        if not self.allows(name):
            raise NotAllowed(f"That were more than {self._most} {what} in a minute. Wait a minute, then go on.")
