"""What people asked and found nothing for: told to the managers by their askers, without a name, and kept for them."""

import dataclasses
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.domain.answer import Reply
from bot.domain.asker import Asker
from bot.domain.gap import Gap, GapState
from bot.domain.situation import Situation
from bot.matching.redact import redact
from bot.services.ask import Ask
from bot.services.grouping import Grouping
from bot.services.limit import Limit
from bot.services.ports import Gaps
from bot.services.shelf import ShelfAt
from bot.services.who_may import NotAllowed, WhoMay

TOLD = 5
"""Situations that one person may tell in a minute."""
LONGEST = 400
"""Characters of a situation that are offered to be told."""


@dataclass(frozen=True, slots=True)
class Group:
    """Gaps that mean the same, the oldest first."""

    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Grouped:
    """The open gaps in groups, and how many are not in one yet."""

    groups: tuple[Group, ...]
    left: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a situation somebody wanted to tell: kept; else other words to look at, or danger to see first."""

    kept: str = ""
    instead: str = ""
    danger: Reply | None = None


def offered(text: str) -> str:
    """A situation as it would be kept."""
    return redact(text)[:LONGEST].rstrip()


def with_missing(reply: Reply, text: str) -> Reply:
    """A reply with the situation that its asker may tell a manager; as it is where there is danger."""
    return reply if reply.danger else dataclasses.replace(reply, missing=offered(text))


def _day(at: datetime) -> datetime:
    # Noon of London is the same day nearly everywhere.
    return at.astimezone(UTC).replace(hour=12, minute=0, second=0, microsecond=0)


class TellGap:
    """An asker tells that something is missing. Nothing is kept but the words they saw and agreed to."""

    def __init__(
        self,
        gaps: Gaps,
        ask: Ask,
        at: ShelfAt,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        limit: Limit | None = None,
    ) -> None:
        self._gaps = gaps
        self._ask = ask
        self._at = at
        self._now = now
        self._limit = limit or Limit(TOLD)

    def tell(self, asker: Asker, text: str, seen: str) -> Told:
        """Keep a text, where it is what the asker saw last or holds nothing personal.

        Danger is never kept, whatever was typed over it; and no text from which more must go is kept unseen. Raises
        NotKept, and NotAllowed for somebody without a workspace, and for who tells too many.
        """
        reply, _ = self._ask.ask(Situation(text, asker.person, asker.workspace, asker.channel))
        if reply.danger:
            return Told(danger=reply)
        clean = offered(text)
        if not clean or clean not in (seen, text.strip()):
            return Told(instead=clean)
        if not asker.workspace:
            raise NotAllowed("I do not know your workspace, so nothing was kept. Ask from a channel of yours.")
        self._limit.check((asker.workspace, asker.person), "situations")
        site = self._at(asker).site
        self._gaps.add(Gap(id=uuid.uuid4().hex, workspace=asker.workspace, site=site, text=clean, at=_day(self._now())))
        return Told(kept=clean)


class OpenGaps:
    """The open gaps, for managers. All raise NotAllowed and NotKept."""

    def __init__(self, gaps: Gaps, at: ShelfAt, who: WhoMay) -> None:
        self._gaps = gaps
        self._at = at
        self._who = who
        self._grouping: dict[str, Grouping] = {}

    def groups(self, asker: Asker) -> Grouped:
        """The open gaps, those that mean the same together, the most frequent first; of many, those that are ready."""
        self._who.check_edit(asker.workspace, asker.person)
        found = {gap.id: gap for gap in sorted(self._gaps.open(asker.workspace), key=lambda gap: (gap.at, gap.id))}
        grouping = self._grouping.setdefault(asker.workspace, Grouping())
        named, left = grouping.groups(self._at(asker).matcher, {name: gap.text for name, gap in found.items()})
        groups = (Group(tuple(found[name] for name in group if name in found)) for group in named)
        return Grouped(tuple(group for group in groups if group.gaps), left)

    def count(self, asker: Asker) -> int:
        """How many are open."""
        self._who.check_edit(asker.workspace, asker.person)
        return self._gaps.count(asker.workspace)

    def close(self, asker: Asker, gaps: Sequence[str]) -> None:
        """Close some; those that are gone stay gone."""
        self._who.check_edit(asker.workspace, asker.person)
        for gap in gaps:
            self._gaps.close(asker.workspace, gap, GapState.CLOSED)
