"""The buttons: a firmer line, another card, the menu. Each answer takes the place of the one before."""

import re
from typing import TYPE_CHECKING, Any

from slack_bolt import Ack, App

from bot.domain.answer import Reply
from bot.domain.sector import Sector
from bot.services.ask import Ask
from bot.slack.answers import Answers
from bot.slack.message import Messages
from bot.slack.state import StateError, load_state

if TYPE_CHECKING:
    from collections.abc import Callable

_ACTIONS = re.compile(r"firmer|grow|others|none|menu|pick:\d+|sector:\w+")


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
        tapped, value = str(action.get("action_id", "")).partition(":")[0], str(action.get("value", ""))
        self._answers.replace(body["response_url"], lambda: self._messages.draw(self._reply(tapped, value)))

    def _reply(self, action: str, value: str) -> Reply:
        replies: dict[str, Callable[[str], Reply]] = {
            "firmer": self._card,
            "grow": self._card,
            "pick": self._card,
            "others": self._others,
            "none": lambda _: self._ask.none(),
            "menu": lambda _: self._ask.menu(),
            "sector": lambda name: self._ask.sector(Sector(name)),
        }
        try:
            return replies[action](value)
        except (StateError, ValueError):
            return self._ask.menu()

    def _card(self, value: str) -> Reply:
        state = load_state(value)
        return self._ask.card(state.playbook, state.rung, state.known, *state.others)

    def _others(self, value: str) -> Reply:
        state = load_state(value)
        return self._ask.others(state.known, *state.others)
