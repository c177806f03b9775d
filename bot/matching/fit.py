"""Fits a head to a library, and measures on what was left out how sure it may be."""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.certainty import Scored, calibrate, clear_bar, find_ground
from bot.matching.head import Head, Sums, balanced, placed, shortlist, softmax
from bot.matching.landmarks import choose, whitening
from bot.matching.learnt import Learnt, whitened

Matrix = NDArray[Any]
Numbers = NDArray[np.intp]
CHUNK = 2048
"""Rows whose features are held at once."""
MEASURED, MEASURED_SCORES = 12_000, 20_000_000
"""Rows, and rows × classes, that are left out; of a larger library, evenly spaced rows are."""


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

    learnt = Learnt.of(_sums(rows, features, balance), white, balance)
    step = -(-len(rows.owners) // min(MEASURED, MEASURED_SCORES // rows.classes))
    measured = np.arange(0, len(rows.owners), step)
    found: dict[int, tuple[Numbers, Matrix]] = {}
    for some in _blocks(rows.folds, step):
        scores = _left_out(rows, features(some), some, learnt)
        listed = shortlist(scores, rows.nobody)
        found |= zip(some.tolist(), zip(listed, np.take_along_axis(scores, listed, axis=1), strict=True), strict=True)
    listed, scores = (np.stack(part) for part in zip(*(found[row] for row in measured.tolist()), strict=True))
    scored = Scored(listed, scores, rows.owners[measured], rows.nobody)
    ground = find_ground(scored)
    lift, sharpness = calibrate(scored, ground)
    scored = scored.lifted(lift)
    chances = softmax(scored.scores, sharpness, ground)
    learnt = dataclasses.replace(learnt, lift=lift)
    head = Head(points, learnt.weights(rows.nobody), rows.nobody, sharpness, ground, clear_bar(chances, scored))
    return Fitted(head, learnt, measured, scored.spread(chances, rows.classes))


def _sums(rows: Learning, features: Callable[[Numbers], Matrix], balance: Matrix) -> Sums:
    found = None
    for start in range(0, len(rows.owners), CHUNK):
        some = np.arange(start, min(start + CHUNK, len(rows.owners)))
        these = features(some)
        found = found or Sums.empty(these.shape[1], rows.classes)
        found.add(these, rows.owners[some], balance[rows.owners[some]])
    assert found is not None
    return found


def _blocks(folds: Sequence[Numbers], step: int) -> Iterator[Numbers]:
    """The measured rows of each fold, those of a large one in parts."""
    for fold in folds:
        wanted = fold[fold % step == 0]
        for start in range(0, len(wanted), CHUNK):
            yield wanted[start : start + CHUNK]


def _left_out(rows: Learning, features: Matrix, some: Numbers, learnt: Learnt) -> Matrix:
    """The scores of some rows by what all others teach.

    For a ridge regression these follow from the whole: of rows that are left out together, the errors are
    (I - H)⁻¹ times those with them in, where H is their part of the matrix that takes targets to scores (Cook &
    Weisberg 1982).
    """
    owners = rows.owners[some]
    targets = np.zeros((len(some), rows.classes))
    targets[np.arange(len(some)), owners] = 1.0
    hat = (features @ learnt.inverse) @ features.T * learnt.balance[owners]
    missed = targets - features @ learnt.regression
    found: Matrix = targets - np.linalg.solve(np.eye(len(some)) - hat, missed)
    return found.astype(np.float32)
