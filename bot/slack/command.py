"""`/cue` with a situation, alone, and with one of its few words: the reply travels in the acknowledgement itself."""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.domain.answer import Reply
from bot.domain.asker import Asker
from bot.domain.match import Match, Ranking
from bot.domain.situation import Situation
from bot.rendering.frames import COMMAND
from bot.services.ask import Ask
from bot.services.call import ABOUT_ONESELF
from bot.services.gaps import with_missing
from bot.slack.beside import Beside
from bot.slack.fault import Faults
from bot.slack.message import Messages
from bot.slack.parts import Block
from bot.slack.where import where_of

log = logging.getLogger(__name__)
HELP = {"help", "-h", "--help", "?"}
Form = Callable[[Asker], Block]
"""Draws a form for somebody. Raises NotAllowed and NotKept."""


class Command:
    """The slash command."""

    def __init__(self, ask: Ask, messages: Messages, faults: Faults, beside: Beside, forms: Mapping[str, Form]) -> None:
        """`forms` open by their word, typed alone: anything longer is a situation."""
        self._ask = ask
        self._messages = messages
        self._faults = faults
        self._beside = beside
        self._forms = forms

    def listen(self, app: App) -> None:
        """Register with Bolt."""
        app.command(COMMAND)(self.answer)

    def answer(self, ack: Ack, command: dict[str, Any], client: WebClient) -> None:
        """Answer within the acknowledgement, or open a form after it."""
        situation = _read(command)
        with self._faults.told(situation.asker, lambda text: ack(response_type="ephemeral", text=text)):
            started = time.perf_counter()
            word = situation.text.strip().lower()
            if form := self._forms.get(word):
                ack()
                where = where_of(command)
                self._beside.open(where, client, lambda: form(where.asker))
                return
            if word in HELP:
                reply = self._ask.menu(situation.asker, manual=True)
            else:
                reply, ranking = self._ask.ask(situation)
                _note(ranking, reply, 1000 * (time.perf_counter() - started))
                reply = with_missing(reply, situation.text)
            ack(response_type="ephemeral", **self._messages.draw(situation.asker, reply))


def _read(command: dict[str, Any]) -> Situation:
    asker = where_of(command).asker
    return Situation(str(command.get("text") or ""), asker.person, asker.workspace, asker.channel)


def _note(ranking: Ranking, reply: Reply, milliseconds: float) -> None:
    """One line on how it was answered; none at all on what may be about the asker."""
    best = ranking.matches[0] if ranking.matches else Match("-", 0.0)
    danger = reply.danger.id if reply.danger else "-"
    if ABOUT_ONESELF.isdisjoint((best.playbook, danger)):
        noted = (ranking.decision, best.playbook, best.probability, danger, milliseconds)
        log.info("%s %s p=%.2f danger=%s %.1f ms", *noted)
