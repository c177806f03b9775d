"""What to say and do in one kind of situation, as a manager wrote it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.sector import Sector


class Rung(StrEnum):
    """How far the talk has gone: the same line, said more firmly."""

    FIRST = "first"
    FIRM = "firm"
    FINAL = "final"

    @property
    def next(self) -> "Rung | None":
        """The rung above this one; None above the last, where the boss takes over."""
        rungs = list(Rung)
        above = rungs.index(self) + 1
        return rungs[above] if above < len(rungs) else None


class Level(StrEnum):
    """When the boss takes over."""

    NO = "no"
    IF = "if"
    TELL = "tell"
    NOW = "now"
    EMERGENCY = "emergency"


class Find(StrEnum):
    """What kind of fact is looked for in a situation."""

    PERSON = "person"
    DAY = "day"
    TIME = "time"
    AMOUNT = "amount"
    ORDER = "order"


class Listener(StrEnum):
    """Who hears the line."""

    CUSTOMER = "customer"
    COLLEAGUE = "colleague"
    YOURSELF = "yourself"
    OFFENDER = "offender"


@dataclass(frozen=True, slots=True)
class Detail:
    """A named fact: found in the situation where `find` says how, else asked for."""

    ask: str
    find: Find | None = None


@dataclass(frozen=True, slots=True)
class Say:
    """The three rungs, each a wording."""

    first: str
    firm: str
    final: str
    to: Listener = Listener.CUSTOMER

    def on(self, rung: Rung) -> str:
        """The wording of one rung."""
        return {Rung.FIRST: self.first, Rung.FIRM: self.firm, Rung.FINAL: self.final}[rung]


@dataclass(frozen=True, slots=True)
class Never:
    """What not to do, and the reason."""

    do: str
    because: str


@dataclass(frozen=True, slots=True)
class Boss:
    """Who takes over and when; `who` None means the site's usual boss."""

    level: Level
    when: str = ""
    who: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """Who answers for the words, and until when they count as fresh."""

    owner: str
    approved: date | None
    every: timedelta
    jurisdiction: str = "any"


@dataclass(frozen=True, slots=True)
class OwnTest:
    """A situation that must land on its playbook, and words that must be in the card."""

    situation: str
    says: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """Ways in which people describe one thing: a playbook, a safety card, or what nothing covers."""

    id: str
    title: str
    phrases: tuple[str, ...]
    sectors: tuple[Sector, ...] = ()
    tests: tuple[OwnTest, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook(Phrases):
    """One kind of situation with everything its card shows; id is the file name."""

    details: Mapping[str, Detail]
    say: Say
    posture: str
    steps: tuple[str, ...]
    never: tuple[Never, ...]
    boss: Boss
    review: Review
    next: str | None = None

    def told(self, known: Mapping[str, str]) -> dict[str, str]:
        """The details by name, out of what is known by name or by kind; a fact found once fills one detail."""
        spent: set[str] = set()
        found = {}
        for name, detail in self.details.items():
            kind = detail.find.value if detail.find else ""
            if name in known:
                found[name] = known[name]
            elif kind in known and kind not in spent:
                spent.add(kind)
                found[name] = known[kind]
        return found

    def wordings(self) -> Iterator[tuple[str, str]]:
        """Every wording with the field it stands in, in the order of the card."""
        for rung in Rung:
            yield f"say.{rung}", self.say.on(rung)
        yield "posture", self.posture
        for number, step in enumerate(self.steps):
            yield f"steps.{number}", step
        for number, never in enumerate(self.never):
            yield f"never.{number}.do", never.do
            yield f"never.{number}.because", never.because
        yield "boss.when", self.boss.when
        if self.boss.who is not None:
            yield "boss.who", self.boss.who
