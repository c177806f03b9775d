"""Which playbook fits: BM25 over every phrase, turned into probabilities that are fitted on the phrases themselves."""

from collections.abc import Iterable, Mapping

import bm25s
import numpy as np
from numpy.typing import NDArray

from bot.domain.match import Decision, Match, Ranking
from bot.matching.reading import tokens

Scores = NDArray[np.float64]
SHOWN = 8
CLEAR = 0.55
CLOSE = 0.12
_FITTED_ON = 200
_TEMPERATURES = (2.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0)


class Matcher:
    """A shelf of playbooks, compiled once to answer many times. Safe to share between threads."""

    def __init__(self, phrases: Mapping[str, Iterable[str]], nothing: Iterable[str] = ()) -> None:
        """Compile phrases by playbook id; `nothing` holds situations that no playbook covers."""
        pairs = [(name, phrase) for name, group in phrases.items() for phrase in group]
        pairs += [("", phrase) for phrase in nothing]
        self._ids = sorted({name for name, _ in pairs})
        numbers = {name: number for number, name in enumerate(self._ids)}
        self._owners = np.array([numbers[name] for name, _ in pairs], dtype=np.intp)
        self._texts = [phrase for _, phrase in pairs]
        read = [tokens(phrase) or [" "] for phrase in self._texts]
        self._index = bm25s.BM25(method="lucene") if pairs else None
        if self._index:
            self._index.index(read, show_progress=False)
        self._own = np.array([self._similarity(words)[number] for number, words in enumerate(read)])
        self._sharpness = self._fit(read)

    def rank(self, text: str) -> Ranking:
        """The best playbooks for one situation with their probabilities, and what they amount to."""
        words = tokens(text)
        if not self._index or not words:
            return Ranking(Decision.UNKNOWN)
        scores = self._by_playbook(self._normal(self._similarity(words)))
        if not scores.any():
            return Ranking(Decision.UNKNOWN)
        chances = self._chances(scores, self._sharpness)
        order = np.lexsort((np.arange(len(chances)), -chances))
        best = [Match(self._ids[number], round(float(chances[number]), 6)) for number in order[: SHOWN + 1]]
        return Ranking(_decide(best), tuple(match for match in best if match.playbook)[:SHOWN])

    def neighbours(self, above: float) -> Iterable[tuple[str, str, str, str]]:
        """Pairs of phrases of two playbooks that are nearly the same: (id, phrase, other id, other phrase)."""
        for number, text in enumerate(self._texts):
            alike = self._similarity(tokens(text)) / np.maximum(self._own[number], self._own)
            for other in np.flatnonzero(alike[:number] >= above):
                if self._owners[other] != self._owners[number]:
                    yield self._ids[self._owners[number]], text, self._ids[self._owners[other]], self._texts[other]

    def _similarity(self, words: list[str]) -> Scores:
        assert self._index is not None
        known = [word for word in words if word in self._index.vocab_dict]
        if not known:
            return np.zeros(len(self._texts))
        return np.asarray(self._index.get_scores(known), dtype=np.float64)

    def _normal(self, scores: Scores) -> Scores:
        return np.asarray(scores / np.maximum(self._own, scores.max() or 1.0))

    def _by_playbook(self, scores: Scores) -> Scores:
        best = np.zeros(len(self._ids))
        np.maximum.at(best, self._owners, scores)
        return best

    @staticmethod
    def _chances(scores: Scores, sharpness: float) -> Scores:
        weights = np.exp(sharpness * (scores - scores.max()))
        return np.asarray(weights / weights.sum())

    def _fit(self, read: list[list[str]]) -> float:
        """The sharpness of the softmax that makes left-out phrases most likely."""
        sample = np.random.default_rng(0).permutation(len(read))[:_FITTED_ON]
        left_out = []
        for number in sample:
            scores = self._similarity(read[number])
            scores[number] = 0.0
            left_out.append((self._by_playbook(self._normal(scores)), self._owners[number]))
        losses = [
            sum(-np.log(self._chances(scores, sharpness)[owner] + 1e-9) for scores, owner in left_out)
            for sharpness in _TEMPERATURES
        ]
        return _TEMPERATURES[int(np.argmin(losses))]


def _decide(best: list[Match]) -> Decision:
    if not best[0].playbook and best[0].probability >= CLEAR:
        return Decision.UNKNOWN
    if best[0].playbook and best[0].probability >= CLEAR:
        return Decision.GUIDANCE
    named = [match for match in best if match.playbook]
    return Decision.CHOICE if named and named[0].probability >= CLOSE else Decision.UNKNOWN
