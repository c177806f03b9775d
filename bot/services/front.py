"""What the Home tab shows, together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.domain.asker import Asker
from bot.services.gaps import OpenGaps
from bot.services.overview import Overview
from bot.services.ports import Events, NotKept
from bot.services.shelf import ShelfAt
from bot.services.sites import WorkSites
from bot.services.who_may import WhoMay

ID = 64
"""Characters of an event's id that count; Slack's have about a dozen."""


@dataclass(frozen=True, slots=True)
class Front:
    """The services behind the Home tab; `trouble` is why the duty channel does not work, in a word of Slack's."""

    at: ShelfAt
    who: WhoMay
    overview: Overview
    gaps: OpenGaps
    sites: WorkSites
    events: Events
    trouble: Callable[[], str] = str
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def is_first(self, asker: Asker, event: str) -> bool:
        """Whether an event comes for the first time; True where that cannot be known, since Home is shown again."""
        try:
            return not event or self.events.first(asker.workspace, event[:ID], self.now())
        except NotKept:
            return True

    def keeps_a_site(self, asker: Asker) -> bool:
        """Whether somebody keeps one site and nothing else; False without a database."""
        try:
            return self.sites.keeps_one(asker)
        except NotKept:
            return False

    def may_edit(self, asker: Asker) -> bool:
        """Whether somebody sees what managers see."""
        return self.who.may_edit(asker.workspace, asker.person)

    def surely_may_edit(self, asker: Asker) -> bool:
        """The same. Raises NotLookedUp where it cannot be known."""
        return self.who.surely_may(asker.workspace, asker.person)
