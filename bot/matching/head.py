"""Features to probabilities: ridge regression on nearness to landmarks beside words and letters.

Ridge regression on one-hot targets is solved at once, whatever the number of playbooks.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.landmarks import nearness

Matrix = NDArray[Any]
Numbers = NDArray[np.intp]

RIDGE = 0.2
SHORTLIST = 8
"""Classes that score best; all others get no chance."""


@dataclass(frozen=True, slots=True)
class Head:
    """What scores and settles a situation.

    `points` are landmarks × width; `weights` are features × classes, of which the first rows weigh nearness to the
    landmarks and the last a constant; `nobody` are the classes that stand for "nothing fits"; `sharpness` and `ground`
    shape the softmax; one card shows from `bar` up.
    """

    points: Matrix
    weights: Matrix
    nobody: Numbers
    sharpness: float
    ground: float
    bar: float

    def chances(self, meaning: Matrix, columns: Numbers, values: Matrix) -> tuple[Numbers, NDArray[np.float64]]:
        """The classes that may fit a situation and their probabilities; what they lack to 1 fits no class at all.

        `meaning` is its vector, `columns` and `values` are those of its words and letters.
        """
        landmarks = len(self.points)
        near = nearness(meaning[None], self.points)[0]
        scores = near @ self.weights[:landmarks] + values @ self.weights[landmarks + columns] + self.weights[-1]
        chosen = shortlist(scores[None], self.nobody)[0]
        return chosen, softmax(scores[None, chosen], self.sharpness, self.ground)[0]

    def many(self, rows: Matrix) -> tuple[Matrix, NDArray[np.float64]]:
        """The same for many situations, as whole rows of features."""
        scores = self.placed(rows) @ self.weights
        chosen = shortlist(scores, self.nobody)
        return chosen, softmax(np.take_along_axis(scores, chosen, axis=1), self.sharpness, self.ground)

    def placed(self, rows: Matrix) -> Matrix:
        """Whole rows of features, their vectors replaced by nearness to the landmarks."""
        return placed(rows, self.points)


def placed(rows: Matrix, points: Matrix) -> Matrix:
    """Rows of features that begin with a vector (n × width + rest), as nearness to the landmarks (n × m + rest)."""
    width = points.shape[1]
    found: Matrix = np.hstack([nearness(rows[:, :width], points), rows[:, width:]])
    return found


def shortlist(scores: Matrix, nobody: Numbers) -> Numbers:
    """For each row of scores the classes to look at: the best `SHORTLIST`, and those of "nothing fits", each once."""
    lifted = scores.copy()
    lifted[:, nobody] = np.inf
    count = min(SHORTLIST + len(nobody), scores.shape[1])
    return np.sort(np.argpartition(-lifted, count - 1, axis=1)[:, :count], axis=1)


def softmax(scores: Matrix, sharpness: float, ground: float) -> NDArray[np.float64]:
    """Row-wise softmax of `sharpness` × scores beside a class of the constant score `ground`, which is left out."""
    level = np.maximum(scores.max(axis=1, keepdims=True), ground)
    weights = np.exp(sharpness * (scores - level).astype(np.float64))
    rest = np.exp(sharpness * (ground - level).astype(np.float64))
    return np.asarray(weights / (weights.sum(axis=1, keepdims=True) + rest))


@dataclass(slots=True)
class Sums:
    """What the regression needs to know of all rows: products of features, and features summed by class.

    They are added up as 64-bit floats, since the last digits of 32-bit ones differ between processors.
    """

    gram: Matrix
    pulled: Matrix

    @classmethod
    def empty(cls, columns: int, classes: int) -> "Sums":
        """The sums of no rows."""
        return cls(np.zeros((columns, columns)), np.zeros((columns, classes)))

    def add(self, rows: Matrix, owners: Numbers, weights: Matrix) -> None:
        """Count rows in: their features, the class of each, and its weight."""
        weighted = rows * weights[:, None]
        self.gram += rows.T @ weighted
        for number in np.unique(owners):
            self.pulled[:, number] += weighted[owners == number].sum(axis=0, dtype=np.float64)


def inverted(gram: Matrix) -> Matrix:
    """The inverse of the sums of products with the ridge on them, in their place and by halves, to spare memory."""
    half = len(gram) // 2
    gram[np.diag_indices_from(gram)] += RIDGE
    corner = np.linalg.inv(gram[half:, half:])
    across = gram[:half, half:] @ corner
    first = np.linalg.inv(gram[:half, :half] - across @ gram[half:, :half])
    beside = -first @ across
    gram[:half, :half], gram[half:, half:] = first, corner - across.T @ beside
    gram[:half, half:], gram[half:, :half] = beside, beside.T
    return gram


def balanced(owners: Numbers, classes: int) -> Matrix:
    """A weight for each class, one over the root of its size, so that large classes do not outweigh the rest."""
    counts = np.maximum(np.bincount(owners, minlength=classes), 1)
    weights: Matrix = np.sqrt(counts.mean() / counts).astype(np.float32)
    return weights
