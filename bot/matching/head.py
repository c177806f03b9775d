"""Features to probabilities: ridge regression, pulled towards each playbook's centre and its nearest phrase.

Ridge regression on one-hot targets is solved at once, whatever the number of playbooks, and a fold is left out by
taking its share off the sums. Centres help where a playbook has few phrases; both are linear, so that one matrix holds
them. The nearest single phrase counts beside them: what resembles no phrase at all is more likely to fit nothing.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.nearest import Nearest

Matrix = NDArray[Any]
Numbers = NDArray[np.intp]

RIDGE = 0.3
PULL = 0.5
"""How much nearness to a centre counts beside the regression."""
NEAR = 1.2
"""How much the cosine of the nearest phrase counts beside the regression."""
SHORTLIST = 8
"""Classes that the regression puts first and that are looked at closely; all others get no chance."""


@dataclass(frozen=True, slots=True)
class Head:
    """What scores and settles a situation.

    `weights` are features × classes, of which the first rows weigh meaning and the last a constant; `nobody` are the
    classes that stand for "nothing fits"; `sharpness` and `ground` shape the softmax; one card shows from `bar` up.
    """

    weights: Matrix
    nearest: Nearest
    nobody: Numbers
    sharpness: float
    ground: float
    bar: float

    def chances(self, meaning: Matrix, columns: Numbers, values: Matrix) -> tuple[Numbers, NDArray[np.float64]]:
        """The classes that may fit a situation and their probabilities; what they lack to 1 fits no class at all.

        `meaning` is its vector, `columns` and `values` are those of its words and letters.
        """
        width = len(meaning)
        scores = meaning @ self.weights[:width] + values @ self.weights[width + columns]
        scores += self.weights[-1]
        chosen = shortlist(scores[None], self.nobody)[0]
        found = scores[chosen] + NEAR * self.nearest.cosines(meaning, chosen)
        return chosen, softmax(found[None], self.sharpness, self.ground)[0]

    def many(self, rows: Matrix, width: int) -> tuple[Matrix, NDArray[np.float64]]:
        """The same for many situations, as whole rows of features, of which the first `width` are the vector."""
        scores = rows @ self.weights
        chosen = shortlist(scores, self.nobody)
        found = np.take_along_axis(scores, chosen, axis=1) + NEAR * self.nearest.many(rows[:, :width], chosen)
        return chosen, softmax(found, self.sharpness, self.ground)


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
    """What the regression and the centres need to know of some rows; sums of parts add up to those of the whole."""

    gram: Matrix
    pulled: Matrix
    centres: Matrix

    @classmethod
    def empty(cls, columns: int, width: int, classes: int) -> "Sums":
        """The sums of no rows."""
        shapes = (columns, columns), (columns, classes), (width, classes)
        return cls(*(np.zeros(shape, dtype=np.float32) for shape in shapes))

    def add(self, rows: Matrix, owners: Numbers, weights: Matrix) -> None:
        """Count rows in: their features, the class of each, and its weight (below 0 takes a row away)."""
        weighted = rows * weights[:, None]
        self.gram += rows.T @ weighted
        width, signs = len(self.centres), np.sign(weights)
        for number in np.unique(owners):
            own = owners == number
            self.pulled[:, number] += weighted[own].sum(axis=0)
            self.centres[:, number] += signs[own] @ rows[own, :width]

    def with_part(self, part: "Sums") -> "Sums":
        """The sums of both."""
        return Sums(self.gram + part.gram, self.pulled + part.pulled, self.centres + part.centres)

    def without(self, part: "Sums") -> "Sums":
        """The sums of what is left when a part is taken away."""
        return Sums(self.gram - part.gram, self.pulled - part.pulled, self.centres - part.centres)

    def solve(self) -> Matrix:
        """The weights, features × classes."""
        lifted = self.gram + RIDGE * np.eye(len(self.gram), dtype=np.float32)
        return pull(np.linalg.solve(lifted, self.pulled), self.centres)


def pull(weights: Matrix, centres: Matrix) -> Matrix:
    """Regression weights (features × classes) with nearness to the centres (width × classes) added."""
    lengths = np.maximum(np.linalg.norm(centres, axis=0, keepdims=True), 1e-9)
    found: Matrix = weights.astype(np.float32)
    found[: len(centres)] += PULL * centres / lengths
    return found


def balanced(owners: Numbers, classes: int) -> Matrix:
    """A weight for each class, one over the root of its size, so that large classes do not outweigh the rest."""
    counts = np.maximum(np.bincount(owners, minlength=classes), 1)
    weights: Matrix = np.sqrt(counts.mean() / counts).astype(np.float32)
    return weights
