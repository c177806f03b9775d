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


def compare(meanings: Matrix) -> Matrix:
    """What is compared of some vectors, each of unit length."""
    compared = meanings[:, :COMPARED]
    found: Matrix = compared / np.maximum(np.linalg.norm(compared, axis=1, keepdims=True), 1e-9)
    return found


def group(meanings: Matrix, owners: Numbers, classes: int) -> Nearest:
    """Phrases of every class, out of the vector and the class of each: all, or `MOST` of many."""
    order = np.argsort(owners, kind="stable")
    parts = pairwise(np.searchsorted(owners[order], np.arange(classes + 1)).tolist())
    return Nearest(tuple(compare(meanings[_spaced(order[start:end])]) for start, end in parts))


def _spaced(rows: Numbers) -> Numbers:
    """The first `OWN` rows, which are the playbook's own phrases, and evenly spaced ones of the rest."""
    rest = rows[OWN:]
    return np.concatenate([rows[:OWN], rest[:: -(-len(rest) // (MOST - OWN)) or 1]])
