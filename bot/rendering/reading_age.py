"""How old a reader must be to read a text with ease."""

import re
from functools import cache, lru_cache

from pyphen import Pyphen

_SENTENCE = re.compile(r"[.?!]+")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
SCHOOL_STARTS = 5
"""Years of age at grade 0."""
WORDS = 10_000
"""Words whose syllables are remembered."""


@lru_cache(WORDS)
def syllables(word: str) -> int:
    """How many a word has, at least one."""
    return 1 + len(_hyphens().positions(word))


@cache
def _hyphens() -> Pyphen:
    return Pyphen(lang="en_US")


def reading_age(text: str) -> float:
    """The age in years, by the Flesch–Kincaid grade (Kincaid et al. 1975) plus five; 5 for an empty text.

    Syllables are counted by the places where Hunspell's dictionary hyphenates a word, which misses some of one letter.
    """
    words = _WORD.findall(text.lower())
    if not words:
        return SCHOOL_STARTS
    sentences = max(1, len(_SENTENCE.findall(text)))
    grade = 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return grade + SCHOOL_STARTS
