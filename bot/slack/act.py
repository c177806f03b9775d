"""The buttons: a firmer line, another card, the menu. Each answer takes the place of the one before."""

import re
from typing import TYPE_CHECKING, Any

from slack_bolt import Ack, App, Respond

from bot.domain.answer import Reply
from bot.domain.sector import Sector
from bot.services.ask import Ask
from bot.slack.fault import Faults
from bot.slack.message import Messages
from bot.slack.state import StateError, load_state

if TYPE_CHECKING:
    from collections.abc import Callable

_ACTIONS = re.compile(r"firmer|grow|others|none|menu|pick:\d+|sector:\w+")


class Act:
    """Button presses."""

    def __init__(self, ask: Ask, messages: Messages, faults: Faults) -> None:
        self._ask = ask
        self._messages = messages
        self._faults = faults

    def listen(self, app: App) -> None:
        """Register with Bolt. Slack ignores the body of this acknowledgement, so the answer is posted beside it."""
        app.action(_ACTIONS)(ack=acknowledge, lazy=[self.replace])

    def replace(self, action: dict[str, Any], respond: Respond) -> None:
        """Put the answer to one press in place of the message that held the button."""
        with self._faults.told(lambda text: respond(text=text, replace_original=False, response_type="ephemeral")):
            reply = self._reply(str(action.get("action_id", "")).partition(":")[0], str(action.get("value", "")))
            respond(replace_original=True, response_type="ephemeral", **self._messages.draw(reply))

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


def acknowledge(ack: Ack) -> None:
    """Tell Slack that the press arrived."""
    ack()
