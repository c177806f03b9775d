"""Which playbook fits: meaning and words of a situation, weighed by a head that is fitted on the library itself."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.domain.match import Decision, Match, Ranking
from bot.domain.reserved import ALARMING_BUT_HARMLESS, NOTHING_FITS
from bot.matching.encoder import Encoder, Vectors
from bot.matching.features import HASHED, counted, rarity, spread
from bot.matching.head import Head, fit
from bot.matching.reader import Reader
from bot.matching.store import Arrays, Store
from bot.matching.vectors import PhraseVectors

SHOWN = 8
NOBODY = (NOTHING_FITS, ALARMING_BUT_HARMLESS)
"""Classes that stand for "no card"."""
SURELY_NONE = 0.5
"""The probability of "no card" at which none is offered."""
LEXICAL = 0.8
"""How much words and letters weigh beside meaning."""
FOLDS = 8
_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Example:
    """One way of describing a playbook; examples of one fold are left out together when certainty is measured."""

    text: str
    playbook: str
    fold: str = ""


@dataclass(frozen=True, slots=True)
class Matcher:
    """A compiled library, ready to answer many times. Safe to share between threads."""

    classes: tuple[str, ...]
    reader: Reader
    encoder: Encoder | None
    rarity: NDArray[np.float32]
    head: Head | None

    def chances(self, text: str) -> dict[str, float]:
        """The probability of every playbook and list, best first; empty where there is nothing to read."""
        words = self.reader.read(text)
        if not words or self.head is None:
            return {}
        found = self.head.chances(featured(words, self.encoder, self.rarity)[None])[0]
        order = np.lexsort((np.arange(len(found)), -found))
        return {self.classes[number]: round(float(found[number]), 6) for number in order}

    def rank(self, chances: Mapping[str, float]) -> Ranking:
        """What probabilities amount to: one card, a choice, or nothing."""
        named = [Match(name, chance) for name, chance in chances.items() if name not in NOBODY]
        if not named or self.head is None:
            return Ranking(Decision.UNKNOWN)
        best = named[0]
        nobody = sum(chances.get(name, 0.0) for name in NOBODY)
        if best.probability >= self.head.bar:
            decision = Decision.GUIDANCE
        else:
            decision = Decision.UNKNOWN if nobody >= SURELY_NONE else Decision.CHOICE
        return Ranking(decision, tuple(named[:SHOWN]))


def featured(words: Sequence[str], encoder: Encoder | None, weight: NDArray[np.float32]) -> NDArray[np.float32]:
    """The row that the head weighs: the vector of the words' meaning, their letters, and a constant."""
    meaning = encoder.encode(" ".join(words)) if encoder else np.zeros(0, dtype=np.float32)
    return _row(meaning, spread(counted(list(words)), weight))


def _row(meaning: NDArray[np.float32], letters: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.concatenate((meaning, LEXICAL * letters, np.ones(1, dtype=np.float32)))


class Compiler:
    """Compiles libraries to matchers, with one encoder and one store for all of them."""

    def __init__(self, encoder: Encoder | None, store: Store) -> None:
        """Without an encoder, words and letters alone decide."""
        self.encoder = encoder
        self._store = store

    def compile(self, examples: Sequence[Example]) -> Matcher:
        """A matcher over examples. The same examples give the same matcher, from the store where it was kept."""
        key = self._key(examples)
        kept = self._store.load(key)
        if kept is None:
            kept = self._fit(examples)
            self._store.save(key, kept)
        reader = Reader(kept["words"].tolist())
        head = Head(kept["weights"], *kept["measured"].tolist()) if kept["weights"].size else None
        return Matcher(tuple(kept["classes"].tolist()), reader, self.encoder, kept["rarity"], head)

    def vectors(self, texts: list[str]) -> Vectors:
        """Vectors of texts as they were read, texts × width."""
        if self.encoder is None:
            return np.zeros((len(texts), 0), dtype=np.float32)
        return PhraseVectors(self.encoder, self._store).of(texts)

    def _key(self, examples: Sequence[Example]) -> str:
        digest = hashlib.sha256(f"{_VERSION} {self.encoder.id if self.encoder else '-'}".encode())
        for example in examples:
            digest.update(json.dumps((example.text, example.playbook, example.fold)).encode())
        return f"matcher-{digest.hexdigest()[:24]}"

    def _fit(self, examples: Sequence[Example]) -> Arrays:
        reader = Reader(example.text for example in examples)
        classes = sorted({example.playbook for example in examples})
        numbers = {name: number for number, name in enumerate(classes)}
        read = [reader.read(example.text) for example in examples]
        kept: Arrays = {"classes": np.array(classes, dtype=str), "words": np.array(reader.known(), dtype=str)}
        if len(classes) < 2:  # noqa: PLR2004 - nothing to tell apart
            empty = np.zeros((0, 0), dtype=np.float32)
            return {**kept, "weights": empty, "rarity": empty, "measured": np.ones(2)}
        letters = [counted(words) for words in read]
        weight = rarity(letters)
        meanings = self.vectors([" ".join(words) for words in read])
        rows = [_row(meaning, spread(columns, weight)) for meaning, columns in zip(meanings, letters, strict=True)]
        owners = np.array([numbers[example.playbook] for example in examples], dtype=np.intp)
        nobody = [numbers[name] for name in NOBODY if name in numbers]
        head, _ = fit(np.stack(rows), owners, folds(examples), nobody)
        measured = np.array([head.sharpness, head.bar])
        return {**kept, "weights": head.weights, "rarity": weight, "measured": measured}


def folds(examples: Sequence[Example]) -> list[NDArray[np.intp]]:
    """Rows that are left out together: those of one voice, or every eighth phrase of the rest."""
    found: dict[str, list[int]] = {}
    for number, example in enumerate(examples):
        found.setdefault(example.fold or f"{number % FOLDS}", []).append(number)
    return [np.array(rows, dtype=np.intp) for _, rows in sorted(found.items())]
