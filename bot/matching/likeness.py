"""Texts that mean the same, found together, one after the other; what was put together stays so."""

import threading
from collections.abc import Collection
from functools import lru_cache

import numpy as np

from bot.matching.encoder import Encoder, Vectors
from bot.matching.matcher import Matcher, fingerprint, meaning_of

KINDS = 997
"""Texts that can be told apart without an encoder."""
ALIKE = 0.5
"""The cosine from which two texts count as one thing said twice."""
ROOM = 64
"""Groups that there is room for at first; it doubles as they come."""


class Likeness:
    """Groups texts by meaning, each under a name of its own. Safe to share between threads."""

    def __init__(self) -> None:
        self._meaning = lru_cache(maxsize=2000)(_meaning)
        self._lock = threading.Lock()
        self._groups: list[dict[str, Vectors]] = []
        self._names: dict[str, int] = {}
        self._middles: Vectors = np.zeros((0, 0), dtype=np.float32)
        self._lengths: Vectors = np.zeros(0, dtype=np.float32)

    def add(self, matcher: Matcher, name: str, text: str) -> None:
        """Put a text into the group whose middle is nearest, or into one of its own; one that is there stays."""
        meaning = self._meaning(matcher.encoder, tuple(matcher.reader.read(text)))
        with self._lock:
            if name in self._names:
                return
            number = self._nearest(meaning)
            if number == len(self._groups):
                self._groups.append({})
                self._make_room(len(meaning))
            self._groups[number][name] = meaning
            self._names[name] = number
            self._middles[number] += meaning
            self._lengths[number] = np.linalg.norm(self._middles[number])

    def keep(self, names: Collection[str]) -> None:
        """Forget every text but these."""
        with self._lock:
            if not (gone := self._names.keys() - set(names)):
                return
            kept = [{name: one for name, one in group.items() if name not in gone} for group in self._groups]
            self._groups = [group for group in kept if group]
            self._names = {name: number for number, group in enumerate(self._groups) for name in group}
            for number, group in enumerate(self._groups):
                self._middles[number] = np.sum(list(group.values()), axis=0)
            self._middles[len(self._groups) :] = 0.0
            self._lengths = np.linalg.norm(self._middles, axis=1).astype(np.float32)

    def names(self) -> Collection[str]:
        """Every text that was grouped."""
        with self._lock:
            return set(self._names)

    def groups(self) -> list[list[str]]:
        """The names of texts that belong together, the largest group first."""
        with self._lock:
            return sorted((list(group) for group in self._groups), key=len, reverse=True)

    def _nearest(self, meaning: Vectors) -> int:
        """The number of the group that a meaning belongs to; the next free one where it is like none."""
        count = len(self._groups)
        if not count:
            return 0
        near = self._middles[:count] @ meaning / np.maximum(self._lengths[:count], np.float32(1e-9))
        best = int(np.argmax(near))
        return best if near[best] >= ALIKE else count

    def _make_room(self, width: int) -> None:
        held = len(self._middles)
        if len(self._groups) <= held:
            return
        more = max(ROOM, held)
        self._middles = np.vstack([self._middles.reshape(held, width), np.zeros((more, width), dtype=np.float32)])
        self._lengths = np.concatenate([self._lengths, np.zeros(more, dtype=np.float32)])


def _meaning(encoder: Encoder | None, words: tuple[str, ...]) -> Vectors:
    """The vector of words, of length one; without an encoder only the same words are alike."""
    found = meaning_of(words, encoder)
    if not found.size:
        found = np.zeros(KINDS, dtype=np.float32)
        # Python's own hash differs between processes.
        found[int(fingerprint(words), 16) % KINDS] = 1.0
    length = float(np.linalg.norm(found))
    scaled: Vectors = found / (length or 1.0)
    return scaled
