"""Tells everybody who is looking that something in the workspace has changed."""

import threading
from collections.abc import Callable


class Bell:
    """One lock over the whole workspace, and a number that grows with each change.

    `with bell:` to change something; `with bell.still:` only to look.
    """

    def __init__(self) -> None:
        self.still = threading.Condition(threading.RLock())
        self._changes = 0

    def __enter__(self) -> None:
        """Hold the workspace still."""
        self.still.acquire()

    def __exit__(self, *_: object) -> None:
        """Let go of it, and tell that it may have changed."""
        self._changes += 1
        self.still.notify_all()
        self.still.release()

    def ring(self) -> None:
        """Tell of a change outside the workspace."""
        with self:
            pass

    def wait(self, seen: int, seconds: float) -> int:
        """The number of changes, as soon as it is another than `seen` or the seconds are over."""
        with self.still:
            self.still.wait_for(lambda: self._changes != seen, seconds)
            return self._changes

    def until(self, holds: Callable[[], bool], seconds: float) -> None:
        """Wait until something holds, or the seconds are over."""
        with self.still:
            self.still.wait_for(holds, seconds)
