"""How likely words are, alone and after one another: English, and the words of one library."""

import importlib.util
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.store import pack, unpack

ENGLISH = 0.3
"""The share of a word's likelihood that comes from English at large; the rest comes from the library."""
PAIR = 0.7
"""The share of a word's likelihood that comes from the word before it, where the library knows that word."""
UNHEARD = 1e-11
"""The likelihood of a word that neither knows."""
SEEN = 2
"""Times that a library must hold a word or a pair before it counts: what stands there once may be a slip."""
TRUSTED = 20
"""Times from which a word that is not English is surely meant: the same slip may well stand in a library twice."""


@cache
def english() -> Mapping[str, float]:
    """The 82,765 English words of symspellpy's dictionary with their likelihood."""
    # The package itself takes long to import, and only its list is wanted.
    package = importlib.util.find_spec("symspellpy")
    assert package is not None
    assert package.origin is not None
    dictionary = Path(package.origin).with_name("frequency_dictionary_en_82_765.txt")
    told = dictionary.read_text(encoding="utf-8-sig").split()
    counts = [int(count) for count in told[1::2]]
    total = sum(counts)
    return {word: count / total for word, count in zip(told[::2], counts, strict=True)}


class Language:
    """The words of one library beside English. Safe to share between threads."""

    def __init__(self, words: Mapping[str, int], pairs: Mapping[str, int]) -> None:
        """`words` and `pairs` of words (with a space between) with how often the library holds them."""
        self.words = words
        self._pairs = pairs
        self._total = max(sum(words.values()), 1)

    @classmethod
    def of(cls, texts: Iterable[Sequence[str]]) -> "Language":
        """The language of texts that were split into words."""
        words: Counter[str] = Counter()
        pairs: Counter[str] = Counter()
        for text in texts:
            words.update(text)
            pairs.update(f"{before} {word}" for before, word in pairwise(text))
        return cls(_often(words), _often(pairs))

    @classmethod
    def load(cls, held: Mapping[str, NDArray[Any]]) -> "Language":
        """The language that was dumped."""
        words = dict(zip(unpack(held["words"]), held["word_counts"].tolist(), strict=True))
        return cls(words, dict(zip(unpack(held["pairs"]), held["pair_counts"].tolist(), strict=True)))

    def dump(self) -> dict[str, NDArray[Any]]:
        """Everything as arrays."""
        return {
            "words": pack(list(self.words)),
            "word_counts": np.array(list(self.words.values()), dtype=np.int32),
            "pairs": pack(list(self._pairs)),
            "pair_counts": np.array(list(self._pairs.values()), dtype=np.int32),
        }

    def knows(self, word: str) -> bool:
        """Whether a word is English or stands in the library often; any other may be a slip."""
        return word in english() or self.words.get(word, 0) >= TRUSTED

    def alone(self, word: str, slips: float = 0.0) -> float:
        """The likelihood of a word, whatever stands before it; so many of its places in the library count as slips."""
        meant = max(self.words.get(word, 0) - slips, 0.0)
        return (1 - ENGLISH) * meant / self._total + ENGLISH * english().get(word, 0.0) + UNHEARD

    def after(self, before: str, word: str, alone: float) -> float:
        """The logarithm of a word's likelihood after another; `alone` is its likelihood by itself."""
        known = self.words.get(before)
        if not known:
            return math.log(alone)
        seen = min(self._pairs.get(f"{before} {word}", 0) / known, 1.0)
        return math.log(PAIR * seen + (1 - PAIR) * alone)


def _often(counts: Counter[str]) -> dict[str, int]:
    return {word: count for word, count in counts.items() if count >= SEEN}
