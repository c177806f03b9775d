"""What was learnt of a library, so that a few changed phrases can be learnt in an instant.

A row more or less changes the inverse of the regression's sums by a term of rank one, so that the weights for a changed
library follow from the old ones without solving anew (the Woodbury identity: Hager 1989).
"""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from bot.matching.head import RIDGE, Sums, pull
from bot.matching.store import Arrays

Matrix = NDArray[Any]
Numbers = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Learnt:
    """The inverse of the sums (features × features), the regression and centres by class, and each class's weight."""

    inverse: Matrix
    regression: Matrix
    centres: Matrix
    balance: Matrix
    lift: float

    @classmethod
    def of(cls, sums: Sums, balance: Matrix, lift: float) -> Self:
        """Everything of the sums over all rows."""
        lifted = sums.gram + RIDGE * np.eye(len(sums.gram), dtype=np.float32)
        inverse = np.linalg.inv(lifted).astype(np.float32)
        return cls(inverse, inverse @ sums.pulled, sums.centres, balance, lift)

    @classmethod
    def load(cls, held: Arrays) -> Self:
        """What was dumped."""
        return cls(held["inverse"], held["regression"], held["centres"], held["balance"], float(held["lift"]))

    def dump(self) -> Arrays:
        """Everything as arrays."""
        held = {"inverse": self.inverse, "regression": self.regression, "centres": self.centres}
        return {**held, "balance": self.balance, "lift": np.array(self.lift)}

    def weights(self, nobody: Numbers) -> Matrix:
        """Features × classes, as a head weighs them."""
        found = pull(self.regression, self.centres)
        found[-1, nobody] += self.lift
        return found

    def widened(self, classes: int) -> Self:
        """The same with room for `classes` classes; new ones weigh as an average one."""
        more = classes - len(self.balance)
        regression, centres = (np.pad(matrix, ((0, 0), (0, more))) for matrix in (self.regression, self.centres))
        return type(self)(
            self.inverse, regression, centres, np.pad(self.balance, (0, more), constant_values=1.0), self.lift
        )

    def changed(self, rows: Matrix, owners: Numbers, signs: Matrix) -> Self:
        """What is learnt with some rows of features more (sign 1) or fewer (sign -1)."""
        weights = signs * self.balance[owners]
        targets = np.zeros((len(rows), len(self.balance)), dtype=np.float32)
        targets[np.arange(len(rows)), owners] = weights
        spread = self.inverse @ rows.T
        regression = self.regression + spread @ targets
        inner = np.diag(1.0 / weights) + rows @ spread
        regression -= spread @ np.linalg.solve(inner, rows @ regression)
        centres = self.centres.copy()
        np.add.at(centres.T, owners, signs[:, None] * rows[:, : len(centres)])
        return type(self)(self.inverse, regression.astype(np.float32), centres, self.balance, self.lift)
