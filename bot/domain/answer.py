"""What a person is shown: Guidance, a Choice or Unknown, below a safety card where there is danger."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.playbook import Level, Listener, Rung
from bot.domain.sector import Sector


@dataclass(frozen=True, slots=True)
class Titled:
    """A playbook's id and title: what a button shows."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One playbook, rendered: plain words, nothing of Slack."""

    id: str
    title: str
    lines: Mapping[Rung, str]
    to: Listener
    posture: str
    steps: tuple[str, ...]
    never: tuple[tuple[str, str], ...]
    boss: str
    level: Level
    next: Titled | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Guidance:
    """One card fits, on one rung (None: past the last, fetch the boss).

    `known` are the facts of the situation by kind or name, `asks` the questions still open by detail, `others` the
    ids that come next.
    """

    card: Card
    rung: Rung | None = Rung.FIRST
    known: Mapping[str, str] = field(default_factory=dict)
    asks: Mapping[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Up to three cards to choose from, the facts known so far, and the ids that come next."""

    options: tuple[Titled, ...]
    known: Mapping[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing fits, or no longer."""

    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Unset:
    """The asker's site has no numbers of its own yet, so that nothing but safety cards is shown."""


@dataclass(frozen=True, slots=True)
class Unlearnt:
    """Nothing is learnt yet: Cuecard has just been started, so that nothing but danger is found."""


Answer = Guidance | Choice | Unknown | Unset | Unlearnt


@dataclass(frozen=True, slots=True)
class Listing:
    """What stands under one sector of the menu, for somebody who cannot type now."""

    sector: Sector
    options: tuple[Titled, ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """The sectors to tap; with `manual` also what Cuecard is and how to ask it."""

    sectors: tuple[Sector, ...]
    manual: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """Everything one reply shows: danger first, then the answer, and always the safety line.

    `sites` are those to choose from, where it is not known at which of them the asker works; `missing` is the
    situation as it may be told to a manager, redacted: it travels in the reply's buttons alone, never beside danger.
    """

    content: Answer | Listing | Menu
    safety_line: str
    danger: Card | None = None
    sites: tuple[Titled, ...] = ()
    missing: str = ""
