"""Libraries to matchers, with everything that can be kept from one start to the next."""

import hashlib
import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from bot.domain.match import LeftOut
from bot.matching.amend import Change, amend
from bot.matching.encoder import Encoder, Told, Vectors, unheard
from bot.matching.features import counted, rarity
from bot.matching.fit import Learning, fit
from bot.matching.head import Head
from bot.matching.language import Language
from bot.matching.learnt import Learnt
from bot.matching.matcher import Matcher, features, fingerprint, nobody_of, weighed
from bot.matching.measured import read_left_out
from bot.matching.reader import Reader
from bot.matching.rows import Row, Rows
from bot.matching.store import Arrays, Store
from bot.matching.vectors import PhraseVectors

FOLDS = 5
CHUNK = 1024
"""Texts that are weighed at once."""
AMENDED = 0.1
"""The share of a library that may differ from its base before it is learnt anew as a whole."""


Weighed = TypeVar("Weighed")


class Example(NamedTuple):
    """One way of describing a playbook; examples of one fold are left out together when certainty is measured."""

    text: str
    playbook: str
    fold: str = ""


class Compiler:
    """Compiles libraries, with one encoder and one store for all of them."""

    def __init__(self, encoder: Encoder | None, store: Store, told: Told = unheard) -> None:
        """Without an encoder, words and letters alone decide; `told` hears how far a long encoding has come."""
        # The products are small: several threads would wait for one another longer than they work.
        threadpool_limits(1, user_api="blas")
        self._encoder = encoder
        self._store = store
        self._vectors = PhraseVectors(encoder, store, told) if encoder else None
        self._rows = Rows(self._meanings)
        self._last: tuple[Sequence[Example], str, Matcher] | None = None
        self._learnt: tuple[str, Learnt] | None = None
        self._learning = threading.Lock()

    def compile(self, examples: Sequence[Example], base: Sequence[Example] = ()) -> Matcher:
        """A matcher over examples. The same examples over the same base give the same matcher.

        With a base that differs little, only the difference is learnt, in an instant; how words are read and how sure
        a score makes us stays as it was measured on the base.
        """
        if not base:
            return self._whole(examples)[1]
        changed = _changed(examples, base)
        key, matcher = self._whole(base)
        if matcher.head is None or len(changed) > AMENDED * len(base):
            return self._whole(examples)[1]
        if not changed:
            return matcher
        learnt = self._learnt_of(base, key)
        rows = self._rows.of(matcher, [text for text, _, _ in changed])
        changes = [Change(row, playbook, count) for row, (_, playbook, count) in zip(rows, changed, strict=True)]
        return amend(matcher, learnt, changes, {one.playbook for one in examples})

    def left_out(self, examples: Sequence[Example]) -> list[LeftOut]:
        """How examples fared while their fold was left out: what certainty was measured on."""
        key, _ = self._whole(examples)
        held = self._store.load(f"left-out-{key}")
        if held is None:
            held = self._fit(examples, key)[2]
        chosen = [examples[number] for number in held["measured"].tolist()]
        told = [(one.text, one.playbook, one.fold) for one in chosen]
        return read_left_out(told, held["classes"].tolist(), held["chances"].astype(np.float64))

    def chances(self, matcher: Matcher, texts: Sequence[str]) -> list[dict[str, float]]:
        """What a matcher has learnt of many texts; those that were encoded before are not encoded again."""
        found = self._in_chunks(matcher, texts, matcher.weigh_many)
        return [chances if row.words else {} for row, chances in found]

    def best(self, matcher: Matcher, texts: Sequence[str]) -> list[str]:
        """The first of these alone, in less time; empty where nothing can be read in a text."""
        return [best if row.words else "" for row, best in self._in_chunks(matcher, texts, matcher.best_many)]

    def _in_chunks(
        self, matcher: Matcher, texts: Sequence[str], weigh: Callable[[NDArray[np.float32]], list[Weighed]]
    ) -> Iterator[tuple[Row, Weighed]]:
        rows = self._rows.of(matcher, texts)
        for start in range(0, len(rows), CHUNK):
            some = rows[start : start + CHUNK]
            yield from zip(some, weigh(np.stack([row.features() for row in some])), strict=True)

    def read(self, matcher: Matcher, texts: Sequence[str]) -> list[tuple[str, ...]]:
        """The words of many texts as a matcher reads them; those that were read before are not read again."""
        return [row.words for row in self._rows.of(matcher, texts)]

    def meanings(self, matcher: Matcher, texts: Sequence[str]) -> Vectors:
        """The vectors of texts as a matcher reads them, texts × width."""
        return self._meanings([matcher.reader.read(text) for text in texts])

    def _meanings(self, read: Sequence[Sequence[str]]) -> Vectors:
        if self._vectors is None or not read:
            return np.zeros((len(read), 0), dtype=np.float32)
        return self._vectors.of([" ".join(words) for words in read])

    def _whole(self, examples: Sequence[Example]) -> tuple[str, Matcher]:
        last = self._last
        if last is None or last[0] is not examples:
            key = self._key(examples)
            with self._learning:
                held = self._store.load(f"matcher-{key}") or self._fit(examples, key)[0]
            self._last = last = examples, key, self._matcher(held)
        return last[1:]

    def _learnt_of(self, base: Sequence[Example], key: str) -> Learnt:
        """What was learnt of a base; learnt anew, once, where its file is gone."""
        with self._learning:
            if self._learnt is not None and self._learnt[0] == key:
                return self._learnt[1]
            return Learnt.load(self._store.load(f"learnt-{key}") or self._fit(base, key)[1])

    def _key(self, examples: Sequence[Example]) -> str:
        digest = hashlib.sha256((self._encoder.id if self._encoder else "-").encode())
        for source in sorted(Path(__file__).parent.glob("*.py")):
            # A matcher that another version of this package made is made anew.
            digest.update(source.read_bytes())
        digest.update(json.dumps([(one.text, one.playbook, one.fold) for one in examples]).encode())
        return digest.hexdigest()[:24]

    def _matcher(self, held: Arrays) -> Matcher:
        classes = tuple(held["classes"].tolist())
        owners = held["owners"]
        phrases = {printed: classes[number] for printed, number in zip(held["prints"].tolist(), owners, strict=True)}
        head = None
        if held["weights"].size:
            points = held["points"].astype(np.float32)
            head = Head(points, held["weights"], nobody_of(classes), *held["measured"].tolist())
        return Matcher(classes, Reader(Language.load(held)), self._encoder, held["rarity"], head, phrases)

    def _fit(self, examples: Sequence[Example], key: str) -> tuple[Arrays, Arrays, Arrays]:
        """The matcher, what was learnt, and what was left out, as arrays that are kept under the key."""
        reader = Reader.of(example.text for example in examples)
        classes = sorted({example.playbook for example in examples})
        numbers = {name: number for number, name in enumerate(classes)}
        owners = np.array([numbers[example.playbook] for example in examples], dtype=np.intp)
        read = [reader.read(example.text) for example in examples]
        rows = [counted(words) for words in read]
        rare = rarity(rows)
        found: Arrays = {
            "classes": np.array(classes, dtype=str),
            "prints": np.array([fingerprint(words) for words in read], dtype=str),
            "owners": owners,
            "weights": np.zeros((0, 0), dtype=np.float32),
            "rarity": rare,
            **reader.language.dump(),
        }
        learnt: Arrays = {}
        left_out: Arrays = {}
        if len(classes) > 1:
            meanings = self._meanings(read)

            def of(some: NDArray[np.intp]) -> NDArray[np.float32]:
                return np.stack([features(meanings[number], weighed(rows[number], rare)) for number in some.tolist()])

            fitted = fit(Learning(of, meanings, owners, folds(examples), nobody_of(classes)))
            head, learnt = fitted.head, fitted.learnt.dump()
            found |= {"weights": head.weights, "points": head.points.astype(np.float16)}
            found["measured"] = np.array([head.sharpness, head.ground, head.bar])
            chances = fitted.left_out.astype(np.float16)
            left_out = {"classes": found["classes"], "measured": fitted.measured, "chances": chances}
            kept = self._store.save(f"learnt-{key}", learnt)
            # 50 MB that stay in memory only where there is no folder for them.
            self._learnt = None if kept else (key, fitted.learnt)
            self._store.save(f"left-out-{key}", left_out)
        self._store.save(f"matcher-{key}", found)
        return found, learnt, left_out


def _changed(examples: Sequence[Example], base: Sequence[Example]) -> list[tuple[str, str, int]]:
    """The texts of each playbook that there are more or fewer of than in the base, and how many, in one order."""
    counts = Counter((one.text, one.playbook) for one in examples)
    counts.subtract((one.text, one.playbook) for one in base)
    return sorted((*pair, count) for pair, count in counts.items() if count)


def folds(examples: Sequence[Example]) -> list[NDArray[np.intp]]:
    """Rows that are left out together: whole voices, with every fifth of the phrases that have none."""
    voices = {voice: number for number, voice in enumerate(sorted({example.fold for example in examples} - {""}))}
    parts = [voices.get(example.fold, number) % FOLDS for number, example in enumerate(examples)]
    return [np.flatnonzero(np.array(parts) == part) for part in sorted(set(parts))]
