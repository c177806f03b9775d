"""What the Home tab shows, together."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.asker import Asker
from bot.services.gaps import OpenGaps
from bot.services.overview import Overview
from bot.services.ports import NotKept
from bot.services.shelf import ShelfAt
from bot.services.sites import WorkSites
from bot.services.who_may import WhoMay


@dataclass(frozen=True, slots=True)
class Front:
    """The services behind the Home tab; `trouble` is why the duty channel does not work, in a word of Slack's."""

    at: ShelfAt
    who: WhoMay
    overview: Overview
    gaps: OpenGaps
    sites: WorkSites
    trouble: Callable[[], str] = str

    def keeps_a_site(self, asker: Asker) -> bool:
        """Whether somebody keeps one site and nothing else; False without a database."""
        try:
            return self.sites.keeps_one(asker)
        except NotKept:
            return False

    def may_edit(self, asker: Asker) -> bool:
        """Whether somebody sees what managers see."""
        return self.who.may_edit(asker.workspace, asker.person)
