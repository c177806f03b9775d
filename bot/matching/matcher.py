"""Which playbook fits: meaning and words of a situation, weighed by a head that was fitted on the library itself."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.domain.match import Decision, Match, Ranking, Seen
from bot.domain.reserved import ALARMING_BUT_HARMLESS, NOTHING_FITS
from bot.matching.encoder import Encoder, Vectors
from bot.matching.features import HASHED, Columns, counted, spread
from bot.matching.head import Head
from bot.matching.reader import Reader

SHOWN = 8
NOBODY = (NOTHING_FITS, ALARMING_BUT_HARMLESS)
"""Classes that stand for "no card"."""
SURELY_NONE = 0.5
"""The probability that no card fits at which none is offered."""
LEXICAL = 0.4
"""How much words and letters weigh beside meaning."""
SAME_WORDS = 0.99
"""The probability of a playbook that has the very words among its phrases."""


@dataclass(frozen=True, slots=True)
class Matcher:
    """A compiled library, ready to answer many times. Safe to share between threads."""

    classes: tuple[str, ...]
    reader: Reader
    encoder: Encoder | None
    rarity: NDArray[np.float32]
    head: Head | None
    phrases: Mapping[str, str]

    def chances(self, text: str) -> dict[str, float]:
        """The probability of every playbook and list that may fit, best first; empty where nothing can be read."""
        return self._learnt(self.reader.read(text))

    def look(self, text: str) -> Seen:
        """The same, and what the very words of the text say."""
        words = self.reader.read(text)
        learnt = self._learnt(words)
        return Seen(learnt, self._told(words, learnt))

    def exact(self, text: str, chances: Mapping[str, float]) -> Mapping[str, float]:
        """The same probabilities, but where the very words of a text are a phrase, its playbook has them nearly all."""
        return self._told(self.reader.read(text), chances)

    def _learnt(self, words: Sequence[str]) -> dict[str, float]:
        if not words or self.head is None:
            return {}
        return self.weigh(words, meaning_of(words, self.encoder))

    def _told(self, words: Sequence[str], chances: Mapping[str, float]) -> Mapping[str, float]:
        owner = self.phrases.get(fingerprint(words)) if chances else None
        if owner is None:
            return chances
        rest = {name: round(chance * (1.0 - SAME_WORDS), 4) for name, chance in chances.items() if name != owner}
        return {owner: SAME_WORDS, **rest}

    def weigh(self, words: Sequence[str], meaning: Vectors) -> dict[str, float]:
        """What was learnt of words that were read and of their vector, whether or not they are a phrase."""
        if not words or self.head is None:
            return {}
        numbers, chances = self.head.chances(meaning, *lexical(words, self.rarity))
        return self._named(numbers, chances)

    def weigh_many(self, rows: NDArray[np.float32]) -> list[dict[str, float]]:
        """The same for many texts, as whole rows of features."""
        if self.head is None:
            return [{} for _ in rows]
        found = self.head.many(rows)
        return [self._named(numbers, chances) for numbers, chances in zip(*found, strict=True)]

    def best_many(self, rows: NDArray[np.float32]) -> list[str]:
        """The first of each of many texts."""
        if self.head is None:
            return [""] * len(rows)
        numbers, chances = self.head.many(rows)
        best = np.take_along_axis(numbers, chances.round(4).argmax(axis=1)[:, None], axis=1)
        return [self.classes[number] for number in best[:, 0].tolist()]

    def _named(self, numbers: NDArray[np.intp], chances: NDArray[np.float64]) -> dict[str, float]:
        """Probabilities by playbook, the best first."""
        pairs = zip(numbers.tolist(), chances.tolist(), strict=True)
        named = [(self.classes[number], round(chance, 4)) for number, chance in pairs]
        return dict(sorted(named, key=lambda pair: (-pair[1], pair[0])))

    def is_sure(self, chances: Mapping[str, float]) -> bool:
        """Whether the best of them stands above the bar."""
        return self.head is not None and max(chances.values(), default=0.0) >= self.head.bar

    def rank(self, chances: Mapping[str, float]) -> Ranking:
        """What probabilities amount to: one card, a choice, or nothing."""
        named = [Match(name, chance) for name, chance in chances.items() if name not in NOBODY]
        if not named or self.head is None:
            return Ranking(Decision.UNKNOWN)
        nobody = 1.0 - sum(match.probability for match in named)
        if self.is_sure({named[0].playbook: named[0].probability}):
            decision = Decision.GUIDANCE
        else:
            decision = Decision.UNKNOWN if nobody >= SURELY_NONE else Decision.CHOICE
        return Ranking(decision, tuple(named[:SHOWN]))


def nobody_of(classes: Sequence[str]) -> NDArray[np.intp]:
    """The numbers of the classes that stand for "no card"."""
    return np.array([number for number, name in enumerate(classes) if name in NOBODY], dtype=np.intp)


def meaning_of(words: Sequence[str], encoder: Encoder | None) -> Vectors:
    """The vector of words; of no width without an encoder."""
    return encoder.encode(" ".join(words)) if encoder else np.zeros(0, dtype=np.float32)


def lexical(words: Sequence[str], rarity: NDArray[np.float32]) -> Columns:
    """Words and letters as the head weighs them."""
    return weighed(counted(words), rarity)


def weighed(row: Columns, rarity: NDArray[np.float32]) -> Columns:
    """Counted words and letters as the head weighs them."""
    columns, values = spread(row, rarity)
    return columns, np.float32(LEXICAL) * values


def features(meaning: Vectors, lexical_row: Columns) -> NDArray[np.float32]:
    """The whole row that the head learns from: meaning, words and letters, and a constant."""
    width, (columns, values) = len(meaning), lexical_row
    found = np.zeros(width + HASHED + 1, dtype=np.float32)
    found[:width] = meaning
    found[width + columns] = values
    found[-1] = 1.0
    return found


def fingerprint(words: Sequence[str]) -> str:
    """Tells whether two texts were read as the same words."""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:16]
