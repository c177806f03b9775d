"""A matcher with a few phrases more or fewer, learnt in an instant."""

import dataclasses
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from bot.matching.learnt import Learnt
from bot.matching.matcher import Matcher, fingerprint, nobody_of
from bot.matching.rows import Row

EMPHASIS = 10.0
"""How many lines of the base a phrase that was added to it weighs, so that one phrase is felt among hundreds."""


@dataclass(frozen=True, slots=True)
class Change:
    """A phrase as it is read, that a playbook which stays has `count` times more, or fewer where it is below 0."""

    row: Row
    playbook: str
    count: int


def amend(matcher: Matcher, learnt: Learnt, changes: Sequence[Change], playbooks: Collection[str]) -> Matcher:
    """The matcher with some phrases changed, for the `playbooks` that have any left.

    What a playbook that is gone was learnt from stays known as what no other is like.
    """
    head, known = matcher.head, matcher.classes
    assert head is not None
    everything = (*known, *sorted({*playbooks} - {*known}))
    learnt = learnt.widened(len(everything))
    if changes:
        owners = np.array([everything.index(change.playbook) for change in changes], dtype=np.intp)
        rows = np.stack([change.row.features() for change in changes])
        counts = [change.count * (EMPHASIS if change.count > 0 else 1.0) for change in changes]
        learnt = learnt.changed(head.placed(rows), owners, np.array(counts, dtype=np.float32))
    left = [number for number, name in enumerate(everything) if name in playbooks]
    classes = tuple(everything[number] for number in left)
    weights = learnt.weights(nobody_of(everything))[:, left]
    amended = dataclasses.replace(head, weights=weights, nobody=nobody_of(classes))
    return dataclasses.replace(matcher, classes=classes, head=amended, phrases=_phrases(matcher, changes, playbooks))


def _phrases(matcher: Matcher, changes: Sequence[Change], playbooks: Collection[str]) -> dict[str, str]:
    found = {printed: playbook for printed, playbook in matcher.phrases.items() if playbook in playbooks}
    for change in changes:
        printed = fingerprint(change.row.words)
        if change.count > 0:
            found[printed] = change.playbook
        elif found.get(printed) == change.playbook:
            del found[printed]
    return found
