"""What was learnt of a library, so that a few changed phrases can be learnt in an instant.

A row more changes the inverse of the regression's sums by a term of rank one, so that the weights for a grown library
follow from the old ones without solving anew (the Woodbury identity: Hager 1989). A row that is taken away stays as
one that speaks for no class: what it was like is then known to be something else.
"""

import dataclasses
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from bot.matching.head import Sums, inverted
from bot.matching.landmarks import whitening
from bot.matching.store import Arrays

Matrix = NDArray[Any]
Numbers = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Learnt:
    """The inverse of the sums (features × features), the regression by class, and each class's weight.

    `white` is what nearness to the landmarks is multiplied by before it is learnt from.
    """

    inverse: Matrix
    regression: Matrix
    white: Matrix
    balance: Matrix
    lift: float = 0.0

    @classmethod
    def of(cls, sums: Sums, white: Matrix, balance: Matrix) -> Self:
        """Everything of the sums over all rows, whitened; the sums are used up."""
        inverse = inverted(sums.gram)
        regression = (inverse @ sums.pulled).astype(np.float32)
        return cls(inverse.astype(np.float32), regression, white, balance)

    @classmethod
    def load(cls, held: Arrays, points: Matrix) -> Self:
        """What was dumped, over the same landmarks. Raises ValueError where it is nothing of the kind."""
        regression, balance = held["regression"], held["balance"]
        size = len(regression)
        if regression.shape != (size, *balance.shape) or held["upper"].shape != (size * (size + 1) // 2,):
            raise ValueError("regression")
        inverse, at = np.empty((size, size), dtype=np.float32), 0
        for row in range(size):
            inverse[row, row:] = inverse[row:, row] = held["upper"][at : at + size - row]
            at += size - row
        return cls(inverse, regression, whitening(points), balance, float(held["lift"]))

    def dump(self) -> Arrays:
        """Everything as arrays; of the inverse one half, in half precision, which is enough to add rows by."""
        upper = [self.inverse[row, row:].astype(np.float16) for row in range(len(self.inverse))]
        held = {"upper": np.concatenate(upper), "regression": self.regression}
        return {**held, "balance": self.balance, "lift": np.array(self.lift)}

    def weights(self, nobody: Numbers) -> Matrix:
        """Features × classes, as a head weighs them."""
        landmarks = len(self.white)
        found: Matrix = np.concatenate([self.white @ self.regression[:landmarks], self.regression[landmarks:]])
        found[-1, nobody] += self.lift
        return found

    def widened(self, classes: int) -> Self:
        """The same with room for `classes` classes; new ones weigh as an average one."""
        more = classes - len(self.balance)
        regression = np.pad(self.regression, ((0, 0), (0, more)))
        balance = np.pad(self.balance, (0, more), constant_values=1.0)
        return dataclasses.replace(self, regression=regression, balance=balance)

    def changed(self, rows: Matrix, owners: Numbers, counts: Matrix) -> Self:
        """What is learnt with some rows of features more (counted above 0), or silent from now on (below)."""
        rows = whitened(rows, self.white)
        weights = counts * self.balance[owners]
        targets = np.zeros((len(rows), len(self.balance)), dtype=np.float32)
        targets[np.arange(len(rows)), owners] = weights
        spread = self.inverse @ rows.T
        regression = self.regression + spread @ targets
        more = counts > 0
        inner = np.diag(1.0 / weights[more]) + rows[more] @ spread[:, more]
        regression -= spread[:, more] @ np.linalg.solve(inner, rows[more] @ regression)
        return dataclasses.replace(self, regression=regression.astype(np.float32))


def whitened(rows: Matrix, white: Matrix) -> Matrix:
    """Rows of features whose nearness to the landmarks, which they begin with, is whitened."""
    landmarks = len(white)
    found: Matrix = np.hstack([rows[:, :landmarks] @ white, rows[:, landmarks:]])
    return found
