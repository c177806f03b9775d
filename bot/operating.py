"""What runs beside the answers in every process that serves: figures, probes, calls told again, what is old deleted."""

import logging
from contextlib import suppress
from importlib.metadata import version

from bot.metrics import Metrics
from bot.probes import probes
from bot.services.call import CallBoss
from bot.services.ports import Kept, NotKept
from bot.services.readiness import STARTING, Readiness, readiness
from bot.services.telling import keep_telling
from bot.serving import build_calls
from bot.settings import Settings
from bot.storage.database import shown
from bot.wiring import Bot, keep_fresh, keep_tidy

log = logging.getLogger(__name__)


class Operating:
    """One process as its operator sees it: `figures` and `pages` are there at once, the bot later."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.figures = Metrics(settings.figures)
        self.pages = probes(self._stands, self.figures)
        self._bot: Bot | None = None
        self._calls: CallBoss | None = None

    def over(self, bot: Bot, kept: Kept) -> CallBoss | None:
        """Follow what changes, tidy what is kept and tell calls again from now on; the calls."""
        settings = self.settings
        self._calls = build_calls(bot, kept, settings, self.figures)
        self._bot = bot
        for problem in bot.problems:
            log.warning("left out: %s", problem)
        keep_fresh(bot.shelves, settings)
        keep_tidy(kept, settings.keep_days)
        if self._calls:
            keep_telling(self._calls, _again)
        return self._calls

    def _stands(self) -> Readiness:
        return readiness(self._bot.shelves, self._calls) if self._bot else STARTING


def said(bot: Bot, settings: Settings) -> str:
    """What is served, in a sentence without secrets: the version, the playbooks, where things are kept and told."""
    known: list[str] = []
    with suppress(NotKept):
        known = sorted(bot.kept.changes.workspaces()) if bot.kept else []
    found = [
        f"{len(bot.shelves.as_shipped.cards)} playbooks from {settings.playbooks}",
        f"database {shown(settings.database_url)}",
        f"duty channel {settings.duty_channel or 'not set'}",
        f"workspace {', '.join(known)}" if known else "no workspace has changed anything yet",
        *(["safety cards alone, until the numbers of a site are known"] if bot.shelves.safety_only else []),
    ]
    return f"Cuecard {version('cuecard')} serves {'; '.join(found)}."


def _again(told: int) -> None:
    if told:
        log.info("told again: %d", told)
