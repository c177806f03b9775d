"""What runs beside the answers in every process that serves: figures, probes, calls told again, the first line said."""

import logging
from urllib.parse import urlsplit

from bot.metrics import Metrics
from bot.probes import probes
from bot.services.call import CallBoss
from bot.services.readiness import STARTING, Readiness, readiness
from bot.services.telling import keep_telling
from bot.serving import build_calls, build_kept
from bot.settings import Settings
from bot.wiring import Bot, keep_fresh

log = logging.getLogger(__name__)


class Operating:
    """One process as its operator sees it: `figures` and `pages` are there at once, the bot later."""

    def __init__(self, settings: Settings) -> None:
        self.figures = Metrics(settings.figures)
        self.pages = probes(self._stands, self.figures)
        self._settings = settings
        self._bot: Bot | None = None
        self._calls: CallBoss | None = None

    def over(self, bot: Bot) -> CallBoss | None:
        """Say what is served, follow what changes, tell calls again from now on; the calls. Raises DatabaseError."""
        settings = self._settings
        self._calls = build_calls(bot, bot.kept or build_kept(settings), settings, self.figures)
        self._bot = bot
        for problem in bot.problems:
            log.warning("left out: %s", problem)
        log.info(said(bot, settings))
        keep_fresh(bot.shelves, settings.playbooks)
        if self._calls:
            keep_telling(self._calls, _again)
        return self._calls

    def _stands(self) -> Readiness:
        return readiness(self._bot.shelves, self._calls) if self._bot else STARTING


def said(bot: Bot, settings: Settings) -> str:
    """What is served, in a sentence without secrets."""
    found = [
        f"{len(bot.shelves.as_shipped.cards)} playbooks of {settings.playbooks}",
        f"database {urlsplit(settings.database_url).scheme.partition('+')[0]}",
        f"duty channel {settings.duty_channel or 'not set'}",
        *(["safety cards alone, until the numbers of a site are known"] if bot.shelves.safety_only else []),
    ]
    return f"Serving: {'; '.join(found)}."


def _again(told: int) -> None:
    if told:
        log.info("told again: %d", told)
