"""Libraries to matchers: what travels with Cuecard is loaded, what differs from it learnt at once, the rest kept."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from bot.domain.match import LeftOut
from bot.matching.amend import Change, amend
from bot.matching.encoder import Encoder, Told, Vectors, unheard
from bot.matching.example import Example, changed, digest, dump, load
from bot.matching.features import HASHED
from bot.matching.learn import Lesson, learn, open_matcher
from bot.matching.learnt import Learnt
from bot.matching.matcher import Matcher
from bot.matching.measured import read_left_out
from bot.matching.rows import Row, Rows
from bot.matching.store import Arrays, Nowhere, Store, unpack
from bot.matching.vectors import KIND, PhraseVectors

EDITION = "2"
"""Raised whenever the same examples would give another matcher, so that none of an older kind is taken up."""
CHUNK = 1024
"""Texts that are weighed at once."""
AMENDED = 0.1
"""How many phrases may be added to a base, as a share of it, before a library is learnt as a whole."""
Weighed = TypeVar("Weighed")


class Compiler:
    """Compiles libraries, with one encoder and the same two stores for all of them."""

    def __init__(
        self, encoder: Encoder | None, cache: Store, told: Told = unheard, shipped: Store | None = None
    ) -> None:
        """Without an encoder, words and letters alone decide; `told` hears how far a long encoding has come.

        `shipped` holds what travels with Cuecard.
        """
        # The products are small: several threads would wait for one another longer than they work.
        threadpool_limits(1, user_api="blas")
        self._encoder = encoder
        self._cache = cache
        self._shipped: Store = shipped or Nowhere()
        self._vectors = PhraseVectors(encoder, (self._shipped, cache), told) if encoder else None
        self._rows = Rows(self._meanings)
        self._last: tuple[Sequence[Example], str, Matcher] | None = None
        self._learnt: tuple[str, Learnt] | None = None
        self._learning = threading.Lock()

    def base(self, examples: Sequence[Example]) -> Sequence[Example]:
        """What a library is best learnt over: the shipped examples, where it adds little to them, else its own."""
        held = self._shipped.load("base", self._identity)
        base = load(held) if held else []
        return examples if base == examples or not _adds_little(changed(examples, base), base) else base

    def compile(self, examples: Sequence[Example], base: Sequence[Example] = ()) -> Matcher:
        """A matcher over examples. The same examples over the same base give the same matcher.

        With a base to which they add little, only the difference is learnt, in an instant; how words are read and how
        sure a score makes us stays as it was measured on the base.
        """
        different = changed(examples, base) if base and base is not examples else []
        if not base or not _adds_little(different, base):
            return self._whole(examples)[1]
        key, matcher = self._whole(base)
        if matcher.head is None:
            return self._whole(examples)[1]
        if not different:
            return matcher
        left = {one.playbook for one in examples}
        # The lines of a playbook that is gone as a whole stay known as what no other playbook is like.
        different = [change for change in different if change[1] in left]
        learnt = self._learnt_of(base, key, matcher.head.points)
        rows = self._rows.of(matcher, [text for text, _, _ in different])
        changes = [Change(row, playbook, count) for row, (_, playbook, count) in zip(rows, different, strict=True)]
        return amend(matcher, learnt, changes, left)

    def left_out(self, examples: Sequence[Example]) -> list[LeftOut]:
        """How examples fared while their fold was left out: what certainty was measured on."""
        key = self._key(examples)
        held = self._load("left-out", key) or self._learn(examples, key).left_out
        if not held:
            return []
        chosen = [examples[number] for number in held["measured"].tolist()]
        told = [(one.text, one.playbook, one.fold) for one in chosen]
        return read_left_out(told, unpack(held["classes"]), held["chances"].astype(np.float64))

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

    def ship(self, examples: Sequence[Example], tests: Sequence[str], store: Store) -> None:
        """Learn examples, and put into a store all that is to travel with Cuecard.

        `tests` are the texts that every edit is held against, beside the phrases themselves.
        """
        key = self._key(examples)
        lesson = self._learn(examples, key)
        store.save("base", self._identity, dump(examples))
        store.save("matcher", key, lesson.matcher)
        store.save("learnt", key, lesson.learnt)
        store.save("left-out", key, lesson.left_out)
        if self._vectors and self._encoder:
            reader = open_matcher(lesson.matcher, self._encoder).reader
            often = [*(one.text for one in examples if not one.fold), *tests]
            store.save(KIND, self._encoder.id, self._vectors.dump([" ".join(reader.read(text)) for text in often]))

    @property
    def _identity(self) -> str:
        """Says which encoder, and which edition of what learns, something belongs to."""
        return self._key([])

    def _key(self, examples: Sequence[Example]) -> str:
        return digest(examples, EDITION, self._encoder.id if self._encoder else "", str(HASHED))

    def _meanings(self, read: Sequence[Sequence[str]]) -> Vectors:
        if self._vectors is None or not read:
            return np.zeros((len(read), 0), dtype=np.float32)
        return self._vectors.of([" ".join(words) for words in read])

    def _whole(self, examples: Sequence[Example]) -> tuple[str, Matcher]:
        last = self._last
        if last is None or last[0] is not examples:
            key = self._key(examples)
            with self._learning:
                matcher = self._kept(key) or open_matcher(self._learn(examples, key).matcher, self._encoder)
            self._last = last = examples, key, matcher
        return last[1:]

    def _kept(self, key: str) -> Matcher | None:
        """The matcher of a key; None where there is none, or none that can be used."""
        with suppress(KeyError, ValueError, IndexError):
            return open_matcher(self._load("matcher", key) or {}, self._encoder)
        return None

    def _learnt_of(self, base: Sequence[Example], key: str, points: NDArray[np.float32]) -> Learnt:
        """What was learnt of a base over its landmarks; learnt anew, once, where its file cannot be used."""
        with self._learning:
            if self._learnt is None or self._learnt[0] != key:
                learnt = None
                with suppress(KeyError, ValueError):
                    learnt = Learnt.load(self._load("learnt", key) or {}, points)
                self._learnt = key, learnt or Learnt.load(self._learn(base, key).learnt, points)
            return self._learnt[1]

    def _load(self, kind: str, key: str) -> Arrays | None:
        return self._shipped.load(kind, key) or self._cache.load(kind, key)

    def _learn(self, examples: Sequence[Example], key: str) -> Lesson:
        lesson = learn(examples, self._meanings)
        self._cache.save("matcher", key, lesson.matcher)
        self._cache.save("left-out", key, lesson.left_out)
        if not self._cache.save("learnt", key, lesson.learnt) and lesson.learnt:
            # Where there is no folder for it, it stays in memory: 60 MB.
            self._learnt = key, Learnt.load(lesson.learnt, lesson.matcher["points"].astype(np.float32))
        return lesson


def _adds_little(different: Sequence[tuple[str, str, int]], base: Sequence[Example]) -> bool:
    return sum(max(count, 0) for _, _, count in different) <= AMENDED * len(base)
