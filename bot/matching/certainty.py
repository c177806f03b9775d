"""How sure a score makes us: measured on phrases and voices that were left out of what was learnt."""

import dataclasses
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.head import softmax

Matrix = NDArray[Any]
Numbers = NDArray[np.intp]

WRONG = 0.02
"""The share of situations that may get a confident wrong card, as measured on phrases left out."""
STRANGE, STRANGE_ALONE = 0.05, 0.3
"""The share of left-out phrases that score their own playbook below the ground: stranger than most that we know.

The ground lies higher where a library has no list of what nothing fits, so that it alone tells what is unknown.
"""
_SHARPNESS = tuple(np.geomspace(2.0, 40.0, 25))
_LIFTS = tuple(np.arange(0.0, 0.45, 0.05))
_BARS = tuple(np.arange(0.30, 0.96, 0.01))


@dataclass(frozen=True, slots=True)
class Scored:
    """Left-out rows: the classes on each shortlist with their scores (rows × shortlist), owners, "nothing fits"."""

    classes: Numbers
    scores: Matrix
    owners: Numbers
    nobody: Numbers

    def lifted(self, lift: float) -> "Scored":
        """The same with the classes of "nothing fits" scored higher."""
        raised = self.scores + np.float32(lift) * np.isin(self.classes, self.nobody)
        return dataclasses.replace(self, scores=raised)

    def own(self, found: Matrix, otherwise: float) -> Matrix:
        """Of a matrix like `scores`, the entry of each row's own class; another value where it is not on the list."""
        there = self.classes == self.owners[:, None]
        own: Matrix = np.where(there.any(axis=1), found[np.arange(len(found)), there.argmax(axis=1)], otherwise)
        return own

    def spread(self, found: Matrix, count: int) -> Matrix:
        """A matrix like `scores` with a column for every one of `count` classes, zero off the shortlist."""
        whole = np.zeros((len(found), count))
        np.put_along_axis(whole, self.classes, found, axis=1)
        return whole


def find_ground(scored: Scored) -> float:
    """The score below which a situation is stranger than almost all that were left out."""
    own = scored.own(scored.scores, -np.inf)
    return float(np.quantile(own[np.isfinite(own)], STRANGE if len(scored.nobody) else STRANGE_ALONE))


def calibrate(scored: Scored, ground: float) -> tuple[float, float]:
    """The lift of "nothing fits" and the sharpness that make left-out rows likeliest (Guo et al. 2017)."""

    def loss(lift: float, sharpness: float) -> float:
        chances = scored.own(softmax(scored.lifted(lift).scores, sharpness, ground), 0.0)
        return -float(np.mean(np.log(np.maximum(chances, 1e-4))))

    sharpness = min(_SHARPNESS, key=lambda sharpness: loss(0.0, sharpness))
    if not len(scored.nobody):
        return 0.0, float(sharpness)
    lift = min(_LIFTS, key=lambda lift: loss(lift, sharpness))
    return float(lift), float(min(_SHARPNESS, key=lambda sharpness: loss(lift, sharpness)))


def clear_bar(chances: NDArray[np.float64], scored: Scored) -> float:
    """The lowest bar at which at most `WRONG` of all left-out rows get a card that is not theirs."""
    best = np.take_along_axis(scored.classes, chances.argmax(axis=1)[:, None], axis=1)[:, 0]
    top = chances.max(axis=1)
    wrong = (best != scored.owners) & ~np.isin(best, scored.nobody)
    for bar in _BARS:
        if (wrong & (top >= bar)).mean() <= WRONG:
            return float(bar)
    return float(_BARS[-1])
