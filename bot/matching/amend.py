"""A matcher with a few phrases more or fewer, learnt in an instant."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.head import Head
from bot.matching.learnt import Learnt
from bot.matching.matcher import Matcher, fingerprint, nobody_of
from bot.matching.nearest import Nearest, compare
from bot.matching.rows import Row

Matrix = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Change:
    """A phrase as it is read, that a playbook has `count` times more, or fewer where it is below 0."""

    row: Row
    playbook: str
    count: int


def amend(matcher: Matcher, head: Head, learnt: Learnt, changes: Sequence[Change]) -> Matcher:
    """The matcher with some phrases changed; playbooks that have no phrase left are gone from it."""
    known = matcher.classes
    everything = (*known, *sorted({change.playbook for change in changes} - {*known}))
    owners = np.array([everything.index(change.playbook) for change in changes], dtype=np.intp)
    rows = np.stack([change.row.features() for change in changes])
    counts = np.array([change.count for change in changes], dtype=np.float32)
    learnt = learnt.widened(len(everything)).changed(rows, owners, counts)
    empty = head.nearest.groups[0][:0]
    groups = [*head.nearest.groups, *([empty] * (len(everything) - len(known)))]
    for change, owner in zip(changes, owners.tolist(), strict=True):
        groups[owner] = _regrouped(groups[owner], change)
    left = [number for number, group in enumerate(groups) if len(group)]
    classes = tuple(everything[number] for number in left)
    weights = learnt.weights(nobody_of(everything))[:, left]
    nearest = Nearest(tuple(groups[number] for number in left))
    amended = dataclasses.replace(head, weights=weights, nearest=nearest, nobody=nobody_of(classes))
    return dataclasses.replace(matcher, classes=classes, head=amended, phrases=_phrases(matcher, changes))


def _regrouped(group: Matrix, change: Change) -> Matrix:
    phrase = compare(change.row.meaning[None].astype(np.float32))
    if change.count > 0:
        return np.concatenate([group, np.repeat(phrase, change.count, axis=0)])
    same = np.flatnonzero(np.isclose(group, phrase, atol=1e-6).all(axis=1))[: -change.count]
    kept: Matrix = np.delete(group, same, axis=0)
    return kept


def _phrases(matcher: Matcher, changes: Sequence[Change]) -> dict[str, str]:
    found = dict(matcher.phrases)
    for change in changes:
        printed = fingerprint(change.row.words)
        if change.count > 0:
            found[printed] = change.playbook
        elif found.get(printed) == change.playbook:
            del found[printed]
    return found
