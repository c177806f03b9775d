"""How near a situation comes to the nearest single phrase of each playbook."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[Any]
Numbers = NDArray[np.intp]
COMPARED = 384
"""Columns of a vector that are compared, from the left: the last layer of the encoder that ships."""
MOST, OWN = 160, 80
"""Phrases of a class that are compared, few enough to stay in the processor's cache; the first ones always are."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """Unit vectors of phrases, one matrix (phrases × columns compared) a class."""

    groups: tuple[Matrix, ...]

    def cosines(self, meaning: Matrix, classes: Iterable[int]) -> Matrix:
        """For each of some classes, the cosine of a vector and the nearest phrase; 0 for a class without phrases."""
        compared = compare(meaning[None])[0]
        found = [group @ compared for group in (self.groups[number] for number in classes)]
        return np.array([cosines.max() if cosines.size else 0.0 for cosines in found], dtype=np.float32)

    def many(self, meanings: Matrix, classes: Matrix) -> Matrix:
        """The same for many vectors, each with the classes in its row of a matrix."""
        compared = compare(meanings)
        found = np.zeros(classes.shape, dtype=np.float32)
        for number, group in enumerate(self.groups):
            rows, places = np.nonzero(classes == number)
            if len(rows) and group.size:
                found[rows, places] = (compared[rows] @ group.T).max(axis=1)
        return found


def compare(meanings: Matrix) -> Matrix:
    """What is compared of some vectors, each of unit length."""
    compared = meanings[:, :COMPARED]
    found: Matrix = compared / np.maximum(np.linalg.norm(compared, axis=1, keepdims=True), 1e-9)
    return found


def group(meanings: Matrix, owners: Numbers, classes: int) -> Nearest:
    """Phrases of every class, out of the vector and the class of each: all, or `MOST` of many."""
    return Nearest(tuple(compare(meanings[rows]) for rows in chosen(owners, classes)))


def chosen(owners: Numbers, classes: int) -> list[Numbers]:
    """The rows of every class that are compared."""
    order = np.argsort(owners, kind="stable")
    parts = pairwise(np.searchsorted(owners[order], np.arange(classes + 1)).tolist())
    return [_spaced(order[start:end]) for start, end in parts]


def _spaced(rows: Numbers) -> Numbers:
    """The first `OWN` rows, which are the playbook's own phrases, and evenly spaced ones of the rest."""
    rest = rows[OWN:]
    return np.concatenate([rows[:OWN], rest[:: -(-len(rest) // (MOST - OWN)) or 1]])
