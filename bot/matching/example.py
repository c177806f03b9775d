"""What a library is learnt from: ways of describing its playbooks, and how two libraries differ in them."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.matching.store import Arrays, pack, unpack

FOLDS = 5


class Example(NamedTuple):
    """One way of describing a playbook; examples of one fold are left out together when certainty is measured."""

    text: str
    playbook: str
    fold: str = ""


def digest(examples: Sequence[Example], *more: str) -> str:
    """A key for what is made of examples, and of more that decides on it."""
    told = json.dumps([more, [tuple(one) for one in examples]])
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def changed(examples: Sequence[Example], base: Sequence[Example]) -> list[tuple[str, str, int]]:
    """The texts of each playbook that there are more or fewer of than in the base, and how many, in one order."""
    counts = Counter((one.text, one.playbook) for one in examples)
    counts.subtract((one.text, one.playbook) for one in base)
    return sorted((*pair, count) for pair, count in counts.items() if count)


def folds(examples: Sequence[Example]) -> list[NDArray[np.intp]]:
    """Rows that are left out together: whole voices, with every fifth of the phrases that have none."""
    voices = {voice: number for number, voice in enumerate(sorted({example.fold for example in examples} - {""}))}
    parts = [voices.get(example.fold, number) % FOLDS for number, example in enumerate(examples)]
    return [np.flatnonzero(np.array(parts) == part) for part in sorted(set(parts))]


def dump(examples: Sequence[Example]) -> Arrays:
    """Examples as arrays."""
    return {f"example_{name}": pack([getattr(one, name) for one in examples]) for name in Example._fields}


def load(held: Arrays) -> list[Example]:
    """The examples that were dumped."""
    return [Example(*told) for told in zip(*(unpack(held[f"example_{name}"]) for name in Example._fields), strict=True)]
