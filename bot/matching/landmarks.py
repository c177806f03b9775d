"""Meaning as nearness to landmarks: phrases of the library, spread over its playbooks.

Ridge regression on nearness is kernel ridge regression: exact where every phrase is a landmark, else by the method of
Nyström (Williams & Seeger 2001).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[Any]
Numbers = NDArray[np.intp]

LANDMARKS = 1536
"""Phrases that may be landmarks: few enough to be compared with in a millisecond."""
STEEPNESS = 4.0
"""How fast nearness falls with the cosine."""
_BLUR = 1e-3
"""Added to what a landmark is to itself, so that two alike can be told apart."""


def nearness(meanings: Matrix, points: Matrix) -> Matrix:
    """Of unit vectors (n × width) and landmarks (m × width) the n × m values exp(steepness × (cosine - 1))."""
    found: Matrix = np.exp(STEEPNESS * (meanings @ points.T - 1.0), dtype=np.float32)
    return found


def choose(owners: Numbers, room: int = LANDMARKS, least: int = 0) -> Numbers:
    """All rows, or as many of every class as there is room for but no fewer than `least`, evenly spaced."""
    if len(owners) <= room:
        return np.arange(len(owners))
    sizes = np.bincount(owners)
    share = max(least, *(each for each in range(room + 1) if np.minimum(sizes, each).sum() <= room))
    if not share:
        return _spaced(np.arange(len(owners)), room)
    order = np.argsort(owners, kind="stable")
    groups = np.split(order, np.cumsum(sizes)[:-1])
    return np.concatenate([_spaced(rows, share) for rows in groups])


def whitening(points: Matrix) -> Matrix:
    """The m × m matrix that nearness is multiplied by, so that a plain ridge penalty is the kernel's own."""
    alike = nearness(points, points).astype(np.float64) + _BLUR * np.eye(len(points))
    found: Matrix = np.linalg.inv(np.linalg.cholesky(alike)).T.astype(np.float32)
    return found


def _spaced(rows: Numbers, count: int) -> Numbers:
    return rows[np.linspace(0, len(rows) - 1, min(count, len(rows))).astype(np.intp)]
