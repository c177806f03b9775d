"""Situations that mean the same, put together beside: who looks sees what is ready, and how many are not yet."""

import threading
from collections.abc import Mapping

from bot.matching.likeness import Likeness
from bot.matching.matcher import Matcher
from bot.matching.redact import as_phrase
from bot.services.survive import survived

AT_ONCE = 10
"""Situations that are grouped while somebody waits: ten milliseconds of CPU each."""


class Grouping:
    """The situations of one workspace, kept as they were grouped. Safe to share between threads."""

    def __init__(self) -> None:
        self._likeness = Likeness()
        self._left: dict[str, str] = {}
        self._lock = threading.Lock()
        self._busy = False

    def groups(self, matcher: Matcher, texts: Mapping[str, str]) -> tuple[list[list[str]], int]:
        """The names of redacted texts that mean the same, the largest group first, and how many are not grouped yet.

        A few are grouped at once, the others beside, in the order in which they are given.
        """
        self._likeness.keep(texts)
        with self._lock:
            there = self._likeness.names()
            self._left = {name: text for name, text in texts.items() if name not in there}
            mine, self._busy = not self._busy, True
        if mine and self._some(matcher):
            threading.Thread(target=self._rest, args=(matcher,), name="grouping", daemon=True).start()
        return self._likeness.groups(), len(self._left)

    def _some(self, matcher: Matcher) -> bool:
        """Group the first few; whether some are left."""
        left = False
        try:
            left = all(self._step(matcher) for _ in range(AT_ONCE))
        finally:
            self._busy = left
        return left

    def _rest(self, matcher: Matcher) -> None:
        try:
            with survived("grouping what was missing"):
                while self._step(matcher):
                    pass
        finally:
            self._busy = False

    def _step(self, matcher: Matcher) -> bool:
        """Group one more; False where none is left."""
        with self._lock:
            if not self._left:
                return False
            name = next(iter(self._left))
            text = self._left.pop(name)
        self._likeness.add(matcher, name, as_phrase(text))
        return True
