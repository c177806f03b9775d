"""What was learnt of a library, so that a few changed phrases can be learnt in an instant.

A row more or less changes the inverse of the regression's sums by a term of rank one, so that the weights for a changed
library follow from the old ones without solving anew (the Woodbury identity: Hager 1989).
"""

import dataclasses
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from bot.matching.head import Sums
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
    lift: float

    @classmethod
    def of(cls, sums: Sums, white: Matrix, balance: Matrix, lift: float) -> Self:
        """Everything of the sums over all rows, whitened."""
        inverse = np.linalg.inv(sums.lifted()).astype(np.float32)
        return cls(inverse, inverse @ sums.pulled, white, balance, lift)

    @classmethod
    def load(cls, held: Arrays) -> Self:
        """What was dumped."""
        return cls(held["inverse"], held["regression"], held["white"], held["balance"], float(held["lift"]))

    def dump(self) -> Arrays:
        """Everything as arrays."""
        held = {"inverse": self.inverse, "regression": self.regression, "white": self.white}
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
        """What is learnt with some rows of features more (counted above 0) or fewer (below)."""
        rows = whitened(rows, self.white)
        weights = counts * self.balance[owners]
        targets = np.zeros((len(rows), len(self.balance)), dtype=np.float32)
        targets[np.arange(len(rows)), owners] = weights
        spread = self.inverse @ rows.T
        regression = self.regression + spread @ targets
        inner = np.diag(1.0 / weights) + rows @ spread
        regression -= spread @ np.linalg.solve(inner, rows @ regression)
        return dataclasses.replace(self, regression=regression.astype(np.float32))


def whitened(rows: Matrix, white: Matrix) -> Matrix:
    """Rows of features whose nearness to the landmarks, which they begin with, is whitened."""
    landmarks = len(white)
    found: Matrix = np.hstack([rows[:, :landmarks] @ white, rows[:, landmarks:]])
    return found
