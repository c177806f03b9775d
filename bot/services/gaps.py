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
from bot.matching.likeness import Likeness
from bot.matching.redact import as_phrase, redact
from bot.services.ask import Ask
from bot.services.ports import Gaps
from bot.services.shelf import ShelfAt
from bot.services.who_may import WhoMay

LONGEST = 400
"""Characters of a situation that are offered to be told."""


@dataclass(frozen=True, slots=True)
class Group:
    """Gaps that mean the same, the oldest first."""

    gaps: tuple[Gap, ...]


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
        self, gaps: Gaps, ask: Ask, at: ShelfAt, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._gaps = gaps
        self._ask = ask
        self._at = at
        self._now = now

    def tell(self, asker: Asker, text: str, seen: str) -> Told:
        """Keep a text, where it is what the asker saw last or holds nothing personal. Raises NotKept.

        Danger is never kept, whatever was typed over it; and no text from which more must go is kept unseen.
        """
        reply, _ = self._ask.ask(Situation(text, asker.person, asker.workspace, asker.channel))
        if reply.danger:
            return Told(danger=reply)
        clean = offered(text)
        if not clean or clean not in (seen, text.strip()):
            return Told(instead=clean)
        site = self._at(asker).site
        self._gaps.add(Gap(id=uuid.uuid4().hex, workspace=asker.workspace, site=site, text=clean, at=_day(self._now())))
        return Told(kept=clean)


class OpenGaps:
    """The open gaps, for managers. All raise NotAllowed and NotKept."""

    def __init__(self, gaps: Gaps, at: ShelfAt, who: WhoMay) -> None:
        self._gaps = gaps
        self._at = at
        self._who = who
        self._likeness = Likeness()

    def groups(self, asker: Asker) -> tuple[Group, ...]:
        """The open gaps, those that mean the same together, the most frequent first."""
        self._who.check_edit(asker.workspace, asker.person)
        found = sorted(self._gaps.open(asker.workspace), key=lambda gap: (gap.at, gap.id))
        places = self._likeness.groups(self._at(asker).matcher, [as_phrase(gap.text) for gap in found])
        return tuple(Group(tuple(found[place] for place in group)) for group in places)

    def count(self, asker: Asker) -> int:
        """How many are open."""
        self._who.check_edit(asker.workspace, asker.person)
        return self._gaps.count(asker.workspace)

    def close(self, asker: Asker, gaps: Sequence[str]) -> None:
        """Close some; those that are gone stay gone."""
        self._who.check_edit(asker.workspace, asker.person)
        for gap in gaps:
            self._gaps.close(asker.workspace, gap, GapState.CLOSED)
