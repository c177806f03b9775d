"""Texts of a library as the rows that a head weighs: each is read and encoded once, then kept for the next look."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.encoder import Vectors
from bot.matching.features import Columns
from bot.matching.matcher import Matcher, features, lexical
from bot.matching.reader import Reader

RECENT = 8192
"""Texts that are held in memory, at 3 kB each: a library's own phrases and tests, and those that are being written."""


@dataclass(frozen=True, slots=True)
class Row:
    """One text as it was read: its words, its vector, and the weights of its words and letters."""

    words: tuple[str, ...]
    meaning: NDArray[np.float16]
    columns: NDArray[np.int16]
    values: NDArray[np.float32]

    def features(self) -> NDArray[np.float32]:
        """The whole row, as the head learns from it."""
        return features(self.meaning.astype(np.float32), self.lexical)

    @property
    def lexical(self) -> Columns:
        """Words and letters as the head weighs them."""
        return self.columns.astype(np.intp), self.values


class Rows:
    """Reads texts as the matchers of one library read them, however often it is amended. Safe to share."""

    def __init__(self, encode: Callable[[Sequence[Sequence[str]]], Vectors]) -> None:
        """`encode` gives the vectors of texts that were split into words."""
        self._encode = encode
        self._reader: Reader | None = None
        self._recent: OrderedDict[str, Row] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, matcher: Matcher, texts: Sequence[str]) -> list[Row]:
        """The rows of texts, in their order."""
        with self._lock:
            if self._reader is not matcher.reader:
                self._recent.clear()
                self._reader = matcher.reader
            found = {text: self._recent[text] for text in texts if text in self._recent}
        fresh = [text for text in dict.fromkeys(texts) if text not in found]
        if fresh:
            found |= zip(fresh, self._read(matcher, fresh), strict=True)
        self._remember(matcher.reader, found)
        return [found[text] for text in texts]

    def _read(self, matcher: Matcher, texts: Sequence[str]) -> list[Row]:
        read = [tuple(matcher.reader.read(text)) for text in texts]
        # Vectors are kept in half precision wherever they are kept, so that nothing is lost here.
        meanings: NDArray[Any] = self._encode(read).astype(np.float16)
        found = []
        for words, meaning in zip(read, meanings, strict=True):
            columns, values = lexical(words, matcher.rarity)
            found.append(Row(words, meaning, columns.astype(np.int16), values))
        return found

    def _remember(self, reader: Reader, found: dict[str, Row]) -> None:
        with self._lock:
            if self._reader is not reader:
                return
            for text, row in found.items():
                self._recent[text] = row
                self._recent.move_to_end(text)
            while len(self._recent) > RECENT:
                self._recent.popitem(last=False)
