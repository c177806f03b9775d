"""The buttons: a firmer line, another card, the menu. Each answer takes the place of the one before."""

import contextlib
import dataclasses
import re
from typing import Any

from slack_bolt import Ack, App

from bot.domain.answer import Reply
from bot.domain.asker import Asker
from bot.domain.sector import Sector
from bot.services.ask import Ask, Wanted
from bot.slack.answers import Answers
from bot.slack.message import Messages
from bot.slack.state import StateError, load_state
from bot.slack.where import where_of

_ACTIONS = re.compile(r"^(?:firmer|grow|others|none|menu|pick:\d+|sector:\w+)$")


class Act:
    """Button presses."""

    def __init__(self, ask: Ask, messages: Messages, answers: Answers) -> None:
        self._ask = ask
        self._messages = messages
        self._answers = answers

    def listen(self, app: App) -> None:
        """Register with Bolt."""
        app.action(_ACTIONS)(self.press)

    def press(self, ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Acknowledge a press, and put its answer in place of the message that held the button."""
        ack()
        tapped, value = str(action.get("action_id", "")), str(action.get("value", ""))
        where = where_of(body)
        asker = where.asker
        self._answers.replace(where, lambda: self._messages.draw(asker, self._told(asker, tapped, value)))

    def _told(self, asker: Asker, tapped: str, value: str) -> Reply:
        """The reply, with what may be told to a manager carried on."""
        reply = self._reply(asker, tapped, value)
        with contextlib.suppress(StateError):
            return reply if reply.danger else dataclasses.replace(reply, missing=load_state(value).text)
        return reply

    def _reply(self, asker: Asker, tapped: str, value: str) -> Reply:
        action, _, name = tapped.partition(":")
        try:
            state = load_state(value)
            sector = Sector(name) if action == "sector" else None
        except (StateError, ValueError):
            return self._ask.menu(asker)
        if sector:
            return self._ask.sector(asker, sector, state.danger)
        if action == "others":
            return self._ask.others(asker, state.known, state.others, state.danger)
        if action in ("none", "menu"):
            return (self._ask.none if action == "none" else self._ask.menu)(asker, state.danger)
        return self._ask.card(asker, Wanted(state.playbook, state.rung, state.known, state.others), state.danger)
