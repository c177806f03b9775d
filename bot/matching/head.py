"""Features to probabilities: ridge regression on one-hot targets, solved at once, calibrated on what it did not see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[Any]
Numbers = NDArray[np.intp]

RIDGE = 2.0
WRONG = 0.025
"""The share of situations that may get a confident wrong card, as measured on phrases left out."""
_SHARPNESS = tuple(np.geomspace(2.0, 60.0, 40))
_BARS = tuple(np.arange(0.30, 0.96, 0.01))


@dataclass(frozen=True, slots=True)
class Head:
    """Weights (features × classes), the sharpness of the softmax, and the bar above which one card is shown."""

    weights: Matrix
    sharpness: float
    bar: float

    def chances(self, features: Matrix) -> NDArray[np.float64]:
        """Features (rows × columns) to probabilities (rows × classes) that sum to 1."""
        return softmax(features @ self.weights, self.sharpness)


def softmax(scores: Matrix, sharpness: float) -> NDArray[np.float64]:
    """Row-wise softmax of `sharpness` × scores, in double precision."""
    raised = sharpness * (scores - scores.max(axis=1, keepdims=True)).astype(np.float64)
    weights = np.exp(raised)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def fit(features: Matrix, owners: Numbers, folds: Sequence[Numbers], nobody: Sequence[int]) -> tuple[Head, Matrix]:
    """Fit a head.

    `owners` holds the class of each row, `folds` the rows that are left out together, `nobody` the classes that stand
    for "nothing fits". Returns the head and the scores that each row got while its fold was left out (rows × classes).
    """
    classes = int(owners.max()) + 1
    weight = _balanced(owners, classes)
    targets = np.zeros((len(owners), classes), dtype=np.float32)
    targets[np.arange(len(owners)), owners] = 1.0
    weighted = features * weight[:, None]
    gram, pulled = features.T @ weighted, weighted.T @ targets
    left_out = np.zeros_like(targets)
    for rows in folds:
        own = weighted[rows]
        rest = gram - features[rows].T @ own, pulled - own.T @ targets[rows]
        left_out[rows] = features[rows] @ _solve(*rest)
    sharpness = _sharpest(left_out, owners)
    bar = _clear_bar(softmax(left_out, sharpness), owners, nobody)
    return Head(_solve(gram, pulled), sharpness, bar), left_out


def _balanced(owners: Numbers, classes: int) -> Matrix:
    """A weight for each row, so that a class of many rows does not outweigh the others: one over the root of its size."""
    counts = np.maximum(np.bincount(owners, minlength=classes), 1)
    return np.sqrt(counts.mean() / counts).astype(np.float32)[owners]


def _solve(gram: Matrix, pulled: Matrix) -> Matrix:
    lifted = gram + RIDGE * np.eye(len(gram), dtype=np.float32)
    solved: Matrix = np.linalg.solve(lifted, pulled).astype(np.float32)
    return solved


def _sharpest(scores: Matrix, owners: Numbers) -> float:
    """The sharpness that makes the left-out rows likeliest (temperature scaling, Guo et al. 2017)."""

    def loss(sharpness: float) -> float:
        chances = softmax(scores, sharpness)[np.arange(len(owners)), owners]
        return float(-np.log(np.maximum(chances, 1e-12)).mean())

    return float(min(_SHARPNESS, key=loss))


def _clear_bar(chances: NDArray[np.float64], owners: Numbers, nobody: Sequence[int]) -> float:
    """The lowest bar at which at most `WRONG` of all left-out rows get a card that is not theirs."""
    best, top = chances.argmax(axis=1), chances.max(axis=1)
    wrong = (best != owners) & ~np.isin(best, list(nobody))
    for bar in _BARS:
        if (wrong & (top >= bar)).mean() <= WRONG:
            return float(bar)
    return float(_BARS[-1])
