"""Fits a head to a library, and measures on what was left out how sure it may be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.certainty import Scored, calibrate, clear_bar, find_ground
from bot.matching.head import NEAR, Head, Sums, balanced, shortlist, softmax
from bot.matching.learnt import Learnt
from bot.matching.nearest import compare, group

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
    columns: int

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
    balance = balanced(rows.owners, rows.classes)
    parts = [_sums(rows, fold, balance) for fold in rows.folds]
    whole = Sums.empty(rows.columns, rows.meanings.shape[1], rows.classes)
    for part in parts:
        whole = whole.with_part(part)
    step = -(-len(rows.owners) * rows.classes // MEASURED)
    measured = np.arange(0, len(rows.owners), step)
    scores = np.full((len(rows.owners), rows.classes), -np.inf, dtype=np.float32)[::step]
    for fold, part in zip(rows.folds, parts, strict=True):
        wanted = fold[fold % step == 0]
        if len(wanted):
            scores[wanted // step] = _left_out(rows, wanted, fold, whole.without(part).solve())
    scored = Scored(scores, rows.owners[measured], rows.nobody)
    ground = find_ground(scored)
    lift, sharpness = calibrate(scored, ground)
    scored = scored.lifted(lift)
    chances = softmax(scored.scores, sharpness, ground)
    learnt = Learnt.of(whole, balance, lift)
    nearest = group(rows.meanings, rows.owners, rows.classes)
    head = Head(learnt.weights(rows.nobody), nearest, rows.nobody, sharpness, ground, clear_bar(chances, scored))
    return Fitted(head, learnt, measured, chances)


def _sums(rows: Learning, fold: Numbers, balance: Matrix) -> Sums:
    found = Sums.empty(rows.columns, rows.meanings.shape[1], rows.classes)
    for start in range(0, len(fold), CHUNK):
        some = fold[start : start + CHUNK]
        found.add(rows.features(some), rows.owners[some], balance[rows.owners[some]])
    return found


def _left_out(rows: Learning, wanted: Numbers, fold: Numbers, weights: Matrix) -> Matrix:
    """The scores of some rows of a fold by what the rest has taught; minus infinity off each row's shortlist."""
    linear = np.concatenate(
        [rows.features(wanted[start : start + CHUNK]) @ weights for start in range(0, len(wanted), CHUNK)]
    )
    near = np.full_like(linear, -np.inf)
    np.put_along_axis(near, shortlist(linear, rows.nobody), 0.0, axis=1)
    rest = np.setdiff1d(np.arange(len(rows.owners)), fold)
    others = group(rows.meanings[rest], rows.owners[rest], rows.classes)
    for number, phrases in enumerate(others.groups):
        close = np.flatnonzero(near[:, number] == 0.0)
        if len(close) and phrases.size:
            near[close, number] = NEAR * (compare(rows.meanings[wanted[close]]) @ phrases.T).max(axis=1)
    found: Matrix = linear + near
    return found
