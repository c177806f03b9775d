"""Fits a head to a library, and measures on what was left out how sure it may be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.certainty import Scored, calibrate, clear_bar, find_ground
from bot.matching.head import Head, Sums, balanced, placed, shortlist, softmax
from bot.matching.landmarks import choose, whitening
from bot.matching.learnt import Learnt, whitened

Matrix = NDArray[Any]
Numbers = NDArray[np.intp]
CHUNK = 4096
"""Rows whose features are held at once."""
MEASURED = 20_000_000
"""Rows × classes of the left-out scores; of a larger library, evenly spaced rows are measured."""


@dataclass(frozen=True, slots=True)
class Learning:
    """A library as rows: `features` gives those of some, `meanings` their first columns; rows of a fold go together."""

    features: Callable[[Numbers], Matrix]
    meanings: Matrix
    owners: Numbers
    folds: Sequence[Numbers]
    nobody: Numbers

    @property
    def classes(self) -> int:
        """How many classes there are."""
        return int(self.owners.max()) + 1


@dataclass(frozen=True, slots=True)
class Fitted:
    """The head, what was learnt, and the left-out probabilities (rows × classes) of the rows that were `measured`."""

    head: Head
    learnt: Learnt
    measured: Numbers
    left_out: Matrix


def fit(rows: Learning) -> Fitted:
    """Fit a head to rows of at least two classes."""
    points = rows.meanings[choose(rows.owners)] if rows.meanings.size else rows.meanings[:0]
    white = whitening(points)
    balance = balanced(rows.owners, rows.classes)

    def features(some: Numbers) -> Matrix:
        return whitened(placed(rows.features(some), points), white)

    parts = [_sums(rows, features, fold, balance) for fold in rows.folds]
    whole = reduce(Sums.with_part, parts)
    step = -(-len(rows.owners) * rows.classes // MEASURED)
    measured = np.arange(0, len(rows.owners), step)
    scores = np.full((len(rows.owners), rows.classes), -np.inf, dtype=np.float32)[::step]
    for fold, part in zip(rows.folds, parts, strict=True):
        wanted = fold[fold % step == 0]
        weights = whole.without(part).solve()
        for start in range(0, len(wanted), CHUNK):
            some = wanted[start : start + CHUNK]
            scores[some // step] = _shortlisted(features(some) @ weights, rows.nobody)
    scored = Scored(scores, rows.owners[measured], rows.nobody)
    ground = find_ground(scored)
    lift, sharpness = calibrate(scored, ground)
    scored = scored.lifted(lift)
    chances = softmax(scored.scores, sharpness, ground)
    learnt = Learnt.of(whole, white, balance, lift)
    head = Head(points, learnt.weights(rows.nobody), rows.nobody, sharpness, ground, clear_bar(chances, scored))
    return Fitted(head, learnt, measured, chances)


def _sums(rows: Learning, features: Callable[[Numbers], Matrix], fold: Numbers, balance: Matrix) -> Sums:
    found = Sums.empty(features(fold[:1]).shape[1], rows.classes)
    for start in range(0, len(fold), CHUNK):
        some = fold[start : start + CHUNK]
        found.add(features(some), rows.owners[some], balance[rows.owners[some]])
    return found


def _shortlisted(scores: Matrix, nobody: Numbers) -> Matrix:
    """Scores, but minus infinity off each row's shortlist."""
    found = np.full_like(scores, -np.inf)
    chosen = shortlist(scores, nobody)
    np.put_along_axis(found, chosen, np.take_along_axis(scores, chosen, axis=1), axis=1)
    return found
