"""Why a command was answered as it was, worked out anew when somebody looks; nothing of it is kept."""

from typing import Any
from urllib.parse import parse_qs

from bot.domain.asker import Asker
from bot.domain.situation import Situation
from bot.playground.exchanges import Exchange
from bot.services.explain import Candidate, explain
from bot.services.shelf import Shelf
from bot.slack.command import HELP
from bot.wiring import Bot


def why(bot: Bot, exchange: Exchange) -> dict[str, Any] | None:
    """What decided on the situation of a command; None where there was none, or a form was opened instead."""
    text = exchange.situation.strip()
    if not text or text.lower() in HELP or not exchange.answer:
        return None
    form = parse_qs(exchange.body)
    asker = Asker(*(form[name][0] for name in ("team_id", "user_id", "channel_id")))
    shelf, library = bot.shelves.at(asker), bot.shelves.library(asker.workspace)
    phrases = {entry.id: entry.phrases for entry in (*library.playbooks.values(), *library.phrases.values())}
    found = explain(shelf, bot.compiler, Situation(text), phrases)
    return {
        "read": found.read,
        "mended": found.mended,
        "candidates": [_candidate(shelf, one) for one in found.candidates],
        "words": found.words,
        "why": found.why,
        "danger": found.danger,
    }


def _candidate(shelf: Shelf, found: Candidate) -> dict[str, Any]:
    playbook, titled = found.match.playbook, shelf.titled(found.match.playbook)
    return {
        "playbook": playbook,
        "title": titled.title if titled else playbook,
        "probability": found.match.probability,
        "phrase": found.phrase,
        "cosine": round(found.cosine, 2),
    }
