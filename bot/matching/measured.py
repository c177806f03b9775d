"""How examples fared while their fold was left out."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.domain.match import LeftOut
from bot.domain.reserved import SAFETY_CARDS
from bot.matching.matcher import NOBODY


def read_left_out(
    told: Sequence[tuple[str, str, str]], classes: Sequence[str], chances: NDArray[np.float64]
) -> list[LeftOut]:
    """One LeftOut for each (text, playbook, fold) and its row of probabilities by class."""
    named = np.array([name not in NOBODY for name in classes])
    safety = chances[:, np.isin(classes, SAFETY_CARDS)].sum(axis=1)
    found = []
    for (text, playbook, fold), row, danger in zip(told, chances, safety, strict=True):
        own, best = classes.index(playbook), int(row.argmax())
        before = (row > row[own]) & (named | ~named[own])
        # A playbook off the shortlist has no chance at all, as have many others.
        place = 1 + int(before.sum()) if row[own] > 0 else len(classes)
        found.append(LeftOut(text, playbook, fold, classes[best], float(row[best]), place, float(danger)))
    return found
