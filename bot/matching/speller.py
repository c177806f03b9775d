"""Mends misspelt words: one edit, or two in long words, towards words that are known."""

import importlib.resources
import math
import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache, lru_cache

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST, SHORT = 3, 3
"""Letters below which a word is left alone, and up to which it is mended towards everyday words only."""
EVERYDAY = 0.78
"""The weight from which a word is an everyday one; a few hundred are."""
OWN, FIRST_LETTER = 0.2, 0.1
"""What a library's own word, and the same first letter, which thumbs seldom miss, add to a word's weight."""
LONG = 4
_PLAIN = re.compile(r"[a-z]+")


@cache
def english() -> Mapping[str, float]:
    """The 82,765 English words of symspellpy's dictionary with their frequency, as logarithms from 0 to 1."""
    dictionary = importlib.resources.files("symspellpy") / "frequency_dictionary_en_82_765.txt"
    pairs = (line.split() for line in dictionary.read_text(encoding="utf-8-sig").splitlines())
    counts = {word: math.log(int(count)) for word, count in pairs}
    most = max(counts.values())
    return {word: weight / most for word, weight in counts.items()}


class Speller:
    """Knows English, names, and a library's own words; mends the rest. Safe to share between threads.

    The method is Peter Norvig's (norvig.com/spell-correct.html): all strings one edit away, the weightiest known one.
    """

    def __init__(self, own: Collection[str], names: Collection[str]) -> None:
        """`own` are the words of a library."""
        self._own = own
        self._names = names
        self.mend = lru_cache(maxsize=4096)(self._mend)

    def _mend(self, word: str) -> str:
        """The word itself where it is known, too short or beyond mending; else the likeliest known one."""
        if word in english() or len(word) < SHORTEST or not _PLAIN.fullmatch(word):
            return word
        if word.endswith("in") and word + "g" in english():
            return word + "g"
        if word in self._own or word in self._names or word.removesuffix("s") in self._names:
            return word
        near = self._likeliest(word, _edits(word))
        if near or not 2 * LONG <= len(word) <= 4 * LONG:
            return near or word
        # Two edits are tried only where one is a letter too many.
        return self._likeliest(word, (far for one in _deletions(word) for far in _edits(one))) or word

    def _likeliest(self, typed: str, candidates: Iterable[str]) -> str:
        known = {word for word in candidates if word in self._own or word in english()}
        if len(typed) <= SHORT:
            known = {word for word in known if len(word) > 1 and english().get(word, 0.0) >= EVERYDAY}
        return max(
            known, key=lambda word: (self._weight(word) + FIRST_LETTER * (word[0] == typed[0]), word), default=""
        )

    def _weight(self, word: str) -> float:
        return english().get(word, 0.0) + OWN * (word in self._own)


def _edits(word: str) -> Iterable[str]:
    yield from _deletions(word)
    for at in range(len(word) + 1):
        left, right = word[:at], word[at:]
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        for letter in LETTERS:
            if right:
                yield left + letter + right[1:]
            yield left + letter + right


def _deletions(word: str) -> Iterable[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))
