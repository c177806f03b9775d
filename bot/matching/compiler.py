"""Libraries to matchers, with everything that can be kept from one start to the next."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.domain.match import LeftOut
from bot.domain.reserved import SAFETY_CARDS
from bot.matching.encoder import Encoder, Vectors
from bot.matching.features import counted, rarity
from bot.matching.head import Head, fit, softmax
from bot.matching.matcher import NOBODY, Matcher, fingerprint, row
from bot.matching.reader import Reader
from bot.matching.store import Arrays, Store
from bot.matching.vectors import PhraseVectors

FOLDS = 8


@dataclass(frozen=True, slots=True)
class Example:
    """One way of describing a playbook; examples of one fold are left out together when certainty is measured."""

    text: str
    playbook: str
    fold: str = ""


class Compiler:
    """Compiles libraries, with one encoder and one store for all of them."""

    def __init__(self, encoder: Encoder | None, store: Store) -> None:
        """Without an encoder, words and letters alone decide."""
        self._encoder = encoder
        self._store = store

    def compile(self, examples: Sequence[Example]) -> Matcher:
        """A matcher over examples. The same examples give the same matcher, from the store where it was kept."""
        key = self._key(examples)
        kept = self._store.load(key) or self._fit(examples, key)
        classes = tuple(kept["classes"].tolist())
        owners = [classes[number] for number in kept["owners"].tolist()]
        head = Head(kept["weights"], *kept["measured"].tolist()) if kept["weights"].size else None
        phrases = dict(zip(kept["prints"].tolist(), owners, strict=True))
        return Matcher(classes, Reader(kept["words"].tolist()), self._encoder, kept["rarity"], head, phrases)

    def left_out(self, examples: Sequence[Example]) -> list[LeftOut]:
        """How each example fared while its fold was left out: what certainty was measured on."""
        key = self._key(examples)
        measured = self._store.load(f"{key}-left-out")
        if measured is None:
            self._fit(examples, key)
            measured = self._store.load(f"{key}-left-out") or {}
        classes: list[str] = measured["classes"].tolist()
        chances = measured["chances"].astype(np.float64)
        named = np.array([name not in NOBODY for name in classes])
        safety = chances[:, np.isin(classes, SAFETY_CARDS)].sum(axis=1)
        found = []
        for example, row_, danger in zip(examples, chances, safety, strict=True):
            own = classes.index(example.playbook)
            place = 1 + int(((row_ > row_[own]) & (named | ~named[own])).sum())
            best = int(row_.argmax())
            entry = (
                example.text,
                example.playbook,
                example.fold,
                classes[best],
                float(row_[best]),
                place,
                float(danger),
            )
            found.append(LeftOut(*entry))
        return found

    def chances(self, matcher: Matcher, texts: Sequence[str]) -> list[dict[str, float]]:
        """What a matcher has learnt of many texts; those that were encoded before are not encoded again."""
        read = [matcher.reader.read(text) for text in texts]
        meanings = self._meanings(read)
        return [matcher.weigh(words, meaning) for words, meaning in zip(read, meanings, strict=True)]

    def meanings(self, matcher: Matcher, texts: Sequence[str]) -> Vectors:
        """The vectors of texts as a matcher reads them, texts × width."""
        return self._meanings([matcher.reader.read(text) for text in texts])

    def _meanings(self, read: Sequence[Sequence[str]]) -> Vectors:
        if self._encoder is None or not read:
            return np.zeros((len(read), 0), dtype=np.float32)
        return PhraseVectors(self._encoder, self._store).of([" ".join(words) for words in read])

    def _key(self, examples: Sequence[Example]) -> str:
        digest = hashlib.sha256((self._encoder.id if self._encoder else "-").encode())
        for source in sorted(Path(__file__).parent.glob("*.py")):
            # A matcher that another version of this package made is made anew.
            digest.update(source.read_bytes())
        for example in examples:
            digest.update(json.dumps((example.text, example.playbook, example.fold)).encode())
        return f"matcher-{digest.hexdigest()[:24]}"

    def _fit(self, examples: Sequence[Example], key: str) -> Arrays:
        reader = Reader.of(example.text for example in examples)
        classes = sorted({example.playbook for example in examples})
        numbers = {name: number for number, name in enumerate(classes)}
        owners = np.array([numbers[example.playbook] for example in examples], dtype=np.intp)
        read = [reader.read(example.text) for example in examples]
        kept: Arrays = {
            "classes": np.array(classes, dtype=str),
            "words": np.array(sorted(reader.known), dtype=str),
            "prints": np.array([fingerprint(words) for words in read], dtype=str),
            "owners": owners,
        }
        if len(classes) < 2:  # noqa: PLR2004 - nothing to tell apart
            empty = np.zeros((0, 0), dtype=np.float32)
            kept |= {"weights": empty, "rarity": empty, "measured": np.ones(3)}
            self._store.save(key, kept)
            return kept
        weight = rarity(counted(words) for words in read)
        meanings = self._meanings(read)
        rows = np.stack([row(meaning, words, weight) for meaning, words in zip(meanings, read, strict=True)])
        nobody = [numbers[name] for name in NOBODY if name in numbers]
        head, scores = fit(rows, owners, folds(examples), nobody, meanings.shape[1])
        kept |= {
            "weights": head.weights,
            "rarity": weight,
            "measured": np.array([head.sharpness, head.ground, head.bar]),
        }
        self._store.save(key, kept)
        chances = softmax(scores, head.sharpness, head.ground).astype(np.float16)
        self._store.save(f"{key}-left-out", {"classes": kept["classes"], "chances": chances})
        return kept


def folds(examples: Sequence[Example]) -> list[NDArray[np.intp]]:
    """Rows that are left out together: those of one voice, or every eighth phrase of the rest."""
    found: dict[str, list[int]] = {}
    for number, example in enumerate(examples):
        found.setdefault(example.fold or f"{number % FOLDS}", []).append(number)
    return [np.array(rows, dtype=np.intp) for _, rows in sorted(found.items())]
