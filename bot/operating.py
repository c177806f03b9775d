"""What runs beside the answers in every process that serves: figures, probes, calls told again, the first line said."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.metrics import Metrics
from bot.probes import Page, probes
from bot.services.call import CallBoss
from bot.services.readiness import readiness
from bot.services.telling import keep_telling
from bot.serving import build_calls, build_kept
from bot.settings import Settings
from bot.wiring import Bot, keep_fresh

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Operated:
    """What the app is built with, and what may be read of it."""

    figures: Metrics
    calls: CallBoss | None
    pages: Mapping[str, Page]


def operate(bot: Bot, settings: Settings) -> Operated:
    """Say what is served, follow what changes, and tell calls again from now on. Raises DatabaseError."""
    figures = Metrics(settings.figures)
    calls = build_calls(bot, bot.kept or build_kept(settings), settings, figures)
    for problem in bot.problems:
        log.warning("left out: %s", problem)
    log.info(said(bot, settings))
    keep_fresh(bot.shelves, settings.playbooks)
    if calls:
        keep_telling(calls, _again)
    return Operated(figures, calls, probes(lambda: readiness(bot.shelves, calls), figures))


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
