"""A database that did not answer is left alone for a moment, and what is wrong with it is logged once."""

import logging
import threading
import time
from collections.abc import Callable

from bot.services.ports import NotKept

log = logging.getLogger(__name__)
SECONDS = 2.0
"""How long a database is left alone."""
LONGEST = 10.0
"""Seconds in which whoever tries it has heard from it, or given it up."""


class Rest:
    """Whether a database may be asked now. Safe to share between threads."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """`now` gives seconds."""
        self._now = now
        self._until = 0.0
        self._said: set[str] = set()
        self._lock = threading.Lock()

    def check(self) -> None:
        """Raise NotKept while the database rests; the first to come afterwards tries it, for all."""
        if self._until:
            with self._lock:
                if self._now() < self._until:
                    raise NotKept
                self._until = self._now() + LONGEST

    def failed(self, sentence: str, *, silent: bool) -> None:
        """Something was not kept; a `silent` database is left alone for a moment."""
        with self._lock:
            if silent:
                self._until = self._now() + SECONDS
            if sentence not in self._said:
                self._said.add(sentence)
                log.warning("%s", sentence)

    def answered(self) -> None:
        """The database answers."""
        if self._until or self._said:
            with self._lock:
                self._until = 0.0
                self._said.clear()
