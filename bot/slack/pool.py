"""Threads for what nobody may wait for: so many at once, so many that wait, and a word where there are more."""

from collections.abc import Callable
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, TypeVar

from bot.logs import Threads

if TYPE_CHECKING:
    from concurrent.futures import Future

Found = TypeVar("Found")
FULL = "Too much is asked of me at this moment, so I left that undone. Try again in a minute."


class Full(Exception):
    """As much waits already as may."""


class Pool:
    """Runs calls beside, at most `threads` at once and `waiting` more in line."""

    def __init__(self, name: str, threads: int, waiting: int) -> None:
        self._room = BoundedSemaphore(threads + waiting)
        self._threads = Threads(threads, thread_name_prefix=name)

    def submit(self, call: Callable[[], Found]) -> "Future[Found]":
        """Run a call. Raises Full."""
        if not self._room.acquire(blocking=False):
            raise Full
        future = self._threads.submit(call)
        future.add_done_callback(lambda _: self._room.release())
        return future
