"""Mends misspelt words towards the likeliest sentence of known words."""

import math
import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from bot.matching.language import UNHEARD, Language, english
from bot.matching.reading import SHORT_FORMS
from bot.matching.slips import SLIP, edits, slip

AS_MEANT = math.log(1 - SLIP)
NAMED, SHORTENED = 2e-7, 2e-6
"""The likelihood of a name, and of a short form that the library does not hold."""
SHORT, EVERYDAY = 3, 1e-4
"""Letters up to which an unknown word, often an abbreviation, is mended towards words of this likelihood only."""
HELD = 3
"""A library holds slips itself: an unknown word counts where it stands there oftener than so many times by chance."""
CANDIDATES, SENTENCES = 8, 4
"""Ways to read a word, and sentences, that are followed up at once."""
_PLAIN = re.compile(r"(?=.{3,24}$)[a-z]+(?:'[a-z]+)?")
Reading = tuple[str, float, float]
"""A word, the logarithm of how likely it was typed so, and its likelihood by itself."""


class Speller:
    """Knows English, names, and a library's own words; mends the rest. Safe to share between threads.

    A noisy channel (Kernighan, Church & Gale 1990): how likely a slip is, times how likely the words are that it
    leads to, over whole sentences by Viterbi's algorithm.
    """

    def __init__(self, language: Language, names: Collection[str]) -> None:
        self._language = language
        self._names = names
        self._unknown = lru_cache(maxsize=4096)(self._mends)

    def mend(self, typed: Sequence[str]) -> list[str]:
        """The words as they were likely meant, one for one."""
        read = [self._readings(word) for word in typed]
        if all(len(readings) == 1 for readings in read):
            return [readings[0][0] for readings in read]
        sentences: list[tuple[float, tuple[str, ...]]] = [(0.0, ("",))]
        for readings in read:
            found = [self._follow(sentences, reading) for reading in readings]
            sentences = sorted(found, key=lambda sentence: (-sentence[0], sentence[1][-1]))[:SENTENCES]
        return list(sentences[0][1][1:])

    def _follow(
        self, sentences: Sequence[tuple[float, tuple[str, ...]]], reading: Reading
    ) -> tuple[float, tuple[str, ...]]:
        word, typed_so, alone = reading
        after = self._language.after
        score, best = max(((total + after(words[-1], word, alone), words) for total, words in sentences))
        return score + typed_so, (*best, word)

    def _readings(self, word: str) -> Sequence[Reading]:
        if not self._language.knows(word):
            named = word in self._names or word.removesuffix("s") in self._names
            return ((word, AS_MEANT, NAMED),) if named or not _PLAIN.fullmatch(word) else self._unknown(word)
        return ((word, AS_MEANT, self._language.alone(word)),)

    def _mends(self, word: str) -> Sequence[Reading]:
        if word.endswith("in") and f"{word}g" in english():
            return ((f"{word}g", AS_MEANT, self._language.alone(f"{word}g")),)
        least = EVERYDAY if len(word) <= SHORT else 0.0
        known = {found for found in edits(word) if self._alone(found) > max(least, UNHEARD)} - {word}
        readings = ((found, slip(found, word)) for found in known)
        found = {meant: typed_so for meant, typed_so in readings if typed_so is not None}
        expected = sum(self._language.words.get(meant, 0) * math.exp(typed_so) for meant, typed_so in found.items())
        itself = (word, AS_MEANT, self._alone(word, HELD * expected))
        return self._likeliest([itself, *((meant, typed_so, self._alone(meant)) for meant, typed_so in found.items())])

    def _likeliest(self, readings: Sequence[Reading]) -> Sequence[Reading]:
        return tuple(sorted(readings, key=lambda one: (-one[1] - math.log(one[2]), one[0]))[:CANDIDATES])

    def _alone(self, word: str, slips: float = 0.0) -> float:
        return max(self._language.alone(word, slips), SHORTENED if word in SHORT_FORMS else 0.0)
