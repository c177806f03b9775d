"""How well playbooks fit a situation."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Decision(StrEnum):
    """One card, a choice of up to three, or none."""

    GUIDANCE = "guidance"
    CHOICE = "choice"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Match:
    """A playbook with the probability, from 0 to 1, that it is the right one."""

    playbook: str
    probability: float


class Seen(NamedTuple):
    """The probabilities of the playbooks that may fit: as `learnt`, and as `told` by the very words of a phrase."""

    learnt: Mapping[str, float]
    told: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best matches of one situation, best first, and what they amount to."""

    decision: Decision
    matches: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What one example was answered while it, and all of its fold, was left out of what was learnt.

    `best` has the `probability`; `place` is where its own playbook came among all (1 = first); `danger` is the
    probability of any safety card.
    """

    text: str
    playbook: str
    fold: str
    best: str
    probability: float
    place: int
    danger: float
