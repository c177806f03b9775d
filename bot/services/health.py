"""How well a library finds itself: what to expect of its answers, and which playbooks are in each other's way.

Everything is measured on the library alone: each phrase while its part of the phrases, each situation while its whole
voice, was left out of what was learnt.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.match import LeftOut
from bot.domain.reserved import ALARMING_BUT_HARMLESS, NOTHING_FITS, SAFETY_CARDS

FEW = 20
"""Phrases below which a playbook is found by luck."""
WEAK = 0.7
"""The share of its phrases that a playbook must find first."""
NOBODY = (NOTHING_FITS, ALARMING_BUT_HARMLESS)


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of about the same probability: how many, their mean probability, and the share that was right."""

    count: int
    expected: float
    right: float


@dataclass(frozen=True, slots=True)
class Thief:
    """A playbook that takes another's phrases, with the phrases."""

    playbook: str
    taker: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Health:
    """Shares from 0 to 1 of what was left out; `playbooks` maps an id to (phrases, share found first)."""

    first: float
    among_three: float
    sure: float
    sure_and_wrong: float
    none_but_sure: float
    calibration_error: float
    bins: tuple[Bin, ...]
    thieves: tuple[Thief, ...]
    playbooks: dict[str, tuple[int, float]]

    def weak(self) -> list[str]:
        """One sentence on each playbook that is hard to find."""
        found = []
        for name, (count, share) in sorted(self.playbooks.items(), key=lambda item: item[1][1]):
            if count < FEW:
                found.append(f"{name} has {count} phrases; write at least {FEW}, from different scenes.")
            elif share < WEAK:
                found.append(f"{name} finds {share:.0%} of its own; write phrases from scenes that it lacks.")
        return found


def measure(rows: Sequence[LeftOut], bar: float) -> Health:
    """The health of a library whose matcher shows one card from `bar` upwards."""
    named = [row for row in rows if row.playbook not in NOBODY]
    nobody = [row for row in rows if row.playbook in NOBODY]
    sure = [row for row in named if row.probability >= bar and row.best not in NOBODY]
    bins = _bins([row for row in rows if row.best not in NOBODY])
    shown = sum(found.count for found in bins) or 1
    groups: dict[str, list[LeftOut]] = defaultdict(list)
    for row in named:
        groups[row.playbook].append(row)
    return Health(
        first=_share(row.place == 1 for row in named),
        among_three=_share(row.place <= 3 for row in named),  # noqa: PLR2004 - a choice offers three
        sure=len(sure) / max(len(named), 1),
        sure_and_wrong=sum(row.best != row.playbook for row in sure) / max(len(named), 1),
        none_but_sure=_share(row.probability >= bar and row.best not in NOBODY for row in nobody),
        calibration_error=sum(found.count * abs(found.expected - found.right) for found in bins) / shown,
        bins=bins,
        thieves=_thieves(named),
        playbooks={name: (len(group), _share(row.place == 1 for row in group)) for name, group in groups.items()},
    )


def _share(hits: Iterable[bool]) -> float:
    found = list(hits)
    return sum(found) / len(found) if found else 0.0


def _bins(rows: Iterable[LeftOut]) -> tuple[Bin, ...]:
    tenths: dict[int, list[LeftOut]] = defaultdict(list)
    for row in rows:
        tenths[min(9, int(10 * row.probability))].append(row)
    return tuple(
        Bin(
            len(group),
            sum(row.probability for row in group) / len(group),
            _share(row.best == row.playbook for row in group),
        )
        for _, group in sorted(tenths.items())
    )


def _thieves(rows: Iterable[LeftOut]) -> tuple[Thief, ...]:
    taken: dict[tuple[str, str], list[LeftOut]] = defaultdict(list)
    for row in rows:
        if row.best != row.playbook and row.best not in NOBODY:
            taken[row.playbook, row.best].append(row)
    worst = sorted(taken.items(), key=lambda item: (-len(item[1]), item[0]))
    surest = {pair: sorted(group, key=lambda row: -row.probability) for pair, group in worst}
    return tuple(Thief(*pair, tuple(row.text for row in surest[pair])) for pair, _ in worst)


@dataclass(frozen=True, slots=True)
class Watch:
    """One line of the safety table: what kind of situations, how many, and how many raised a safety card."""

    kind: str
    count: int
    by_words: float
    by_either: float


def watch(rows: Iterable[LeftOut], words: Counter[str], bar: float) -> list[Watch]:
    """What the safety pass catches and raises in vain.

    `words` counts 1 for each text in which the lexicon finds danger; `bar` is the least probability of danger at which
    meaning raises a card.
    """
    groups: dict[str, list[LeftOut]] = {card: [] for card in SAFETY_CARDS}
    groups |= {"no danger: an ordinary card": [], "no danger: nothing fits": [], "no danger: alarming words": []}
    lists = {NOTHING_FITS: "no danger: nothing fits", ALARMING_BUT_HARMLESS: "no danger: alarming words"}
    for row in rows:
        kind = row.playbook if row.playbook in SAFETY_CARDS else lists.get(row.playbook, "no danger: an ordinary card")
        groups[kind].append(row)
    return [
        Watch(
            kind,
            len(group),
            _share(bool(words[row.text]) for row in group),
            _share(bool(words[row.text]) or row.danger >= bar for row in group),
        )
        for kind, group in groups.items()
    ]
