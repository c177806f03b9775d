"""Features to probabilities: ridge regression, pulled towards each playbook's centre, calibrated on what it left out.

Ridge regression on one-hot targets is solved at once, whatever the number of playbooks, and a fold is left out by
taking its share off the sums. Centres help where a playbook has few phrases. Both are linear, so that one matrix holds
them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[Any]
Numbers = NDArray[np.intp]

RIDGE = 1.0
PULL = 0.5
"""How much nearness to a centre counts beside the regression."""
WRONG = 0.02
"""The share of situations that may get a confident wrong card, as measured on phrases left out."""
STRANGE = 0.05
"""The share of left-out phrases that score their own playbook below the ground: stranger than almost all we know."""
_SHARPNESS = tuple(np.geomspace(2.0, 40.0, 25))
_LIFTS = tuple(np.arange(0.0, 0.45, 0.05))
_BARS = tuple(np.arange(0.30, 0.96, 0.01))


@dataclass(frozen=True, slots=True)
class Head:
    """Weights (features × classes), the sharpness and ground of the softmax, and the bar above which one card shows."""

    weights: Matrix
    sharpness: float
    ground: float
    bar: float

    def chances(self, features: Matrix) -> NDArray[np.float64]:
        """Features (rows × columns) to probabilities (rows × classes); what they lack to 1 fits no class at all."""
        return softmax(features @ self.weights, self.sharpness, self.ground)


def softmax(scores: Matrix, sharpness: float, ground: float) -> NDArray[np.float64]:
    """Row-wise softmax of `sharpness` × scores beside a class of the constant score `ground`, which is left out."""
    level = np.maximum(scores.max(axis=1, keepdims=True), ground)
    weights = np.exp(sharpness * (scores - level).astype(np.float64))
    rest = np.exp(sharpness * (ground - level).astype(np.float64))
    return np.asarray(weights / (weights.sum(axis=1, keepdims=True) + rest))


@dataclass(slots=True)
class _Sums:
    """What the regression and the centres need to know of some rows; sums of parts add up to those of the whole."""

    gram: Matrix
    pulled: Matrix
    centres: Matrix

    def without(self, part: "_Sums") -> "_Sums":
        return _Sums(self.gram - part.gram, self.pulled - part.pulled, self.centres - part.centres)

    def weights(self) -> Matrix:
        lifted = self.gram + RIDGE * np.eye(len(self.gram), dtype=np.float32)
        found: Matrix = np.linalg.solve(lifted, self.pulled).astype(np.float32)
        lengths = np.maximum(np.linalg.norm(self.centres, axis=0, keepdims=True), 1e-9)
        found[: len(self.centres)] += PULL * self.centres / lengths
        return found


def fit(
    features: Matrix, owners: Numbers, folds: Sequence[Numbers], nobody: Sequence[int], width: int
) -> tuple[Head, Matrix]:
    """Fit a head.

    `owners` holds the class of each row, `folds` the rows that are left out together, `nobody` the classes that stand
    for "nothing fits", `width` the number of columns, from the left, that hold meaning; the last column is constant.
    Returns the head and the scores that each row got while its fold was left out (rows × classes).
    """
    targets = np.zeros((len(owners), int(owners.max()) + 1), dtype=np.float32)
    targets[np.arange(len(owners)), owners] = 1.0
    weight = _balanced(owners, targets.shape[1])[:, None]

    def sums(rows: Numbers | slice) -> _Sums:
        own, aims = features[rows], targets[rows]
        weighted = own * weight[rows]
        return _Sums(own.T @ weighted, weighted.T @ aims, own[:, :width].T @ aims)

    whole = sums(slice(None))
    left_out = np.zeros_like(targets)
    for rows in folds:
        left_out[rows] = features[rows] @ whole.without(sums(rows)).weights()
    ground = float(np.quantile(left_out[np.arange(len(owners)), owners], STRANGE))
    lift, sharpness = _calibrate(left_out, owners, nobody, ground)
    left_out[:, nobody] += lift
    weights = whole.weights()
    weights[-1, nobody] += lift
    bar = _clear_bar(softmax(left_out, sharpness, ground), owners, nobody)
    return Head(weights, sharpness, ground, bar), left_out


def _balanced(owners: Numbers, classes: int) -> Matrix:
    """A weight for each row, one over the root of its class's size, so that large classes do not outweigh the rest."""
    counts = np.maximum(np.bincount(owners, minlength=classes), 1)
    weights: Matrix = np.sqrt(counts.mean() / counts).astype(np.float32)[owners]
    return weights


def _calibrate(scores: Matrix, owners: Numbers, nobody: Sequence[int], ground: float) -> tuple[float, float]:
    """The lift of "nothing fits" and the sharpness that make left-out rows likeliest (Guo et al. 2017)."""

    def loss(pair: tuple[float, float]) -> float:
        lifted = scores.copy()
        lifted[:, nobody] += pair[0]
        chances = softmax(lifted, pair[1], ground)[np.arange(len(owners)), owners]
        return -float(np.mean(np.log(np.maximum(chances, 1e-12))))

    sharpness = min(_SHARPNESS, key=lambda sharpness: loss((0.0, sharpness)))
    if not nobody:
        return 0.0, float(sharpness)
    lift = min(_LIFTS, key=lambda lift: loss((lift, sharpness)))
    return float(lift), float(min(_SHARPNESS, key=lambda sharpness: loss((lift, sharpness))))


def _clear_bar(chances: NDArray[np.float64], owners: Numbers, nobody: Sequence[int]) -> float:
    """The lowest bar at which at most `WRONG` of all left-out rows get a card that is not theirs."""
    best, top = chances.argmax(axis=1), chances.max(axis=1)
    wrong = (best != owners) & ~np.isin(best, list(nobody))
    for bar in _BARS:
        if (wrong & (top >= bar)).mean() <= WRONG:
            return float(bar)
    return float(_BARS[-1])
