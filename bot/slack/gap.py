"""“Tell my manager this is missing”: the asker sees the words that would be kept, may change them, and agrees."""

import json
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.domain.asker import Asker
from bot.rendering.wording import escape
from bot.safety.card import safety_line
from bot.services.gaps import LONGEST, TellGap
from bot.services.shelf import ShelfAt
from bot.slack.answers import show_in_form
from bot.slack.fault import Faults
from bot.slack.message import Messages
from bot.slack.parts import Block, answers, context, modal, page, question, section, typed
from bot.slack.state import StateError, load_state
from bot.slack.where import Where, kept, where_of

CALLBACK, ACTION, TITLE = "gap", "gap", "Tell my manager"
_WHAT = (
    "These words, the site and the day are kept for your managers, and nothing else: not your name, not who asked. "
    "I have taken out names, numbers and addresses; look whether any are left."
)
_MORE = "I took out more. Look through it and send it again, or change it."
_KEPT = "*Thank you.* Your managers see these words, and nobody sees whose they are:"


class GapForm:
    """The button below an answer that does not fit, and its form."""

    def __init__(self, gaps: TellGap, at: ShelfAt, messages: Messages, faults: Faults) -> None:
        self._gaps = gaps
        self._at = at
        self._messages = messages
        self._faults = faults

    def listen(self, app: App) -> None:
        """Register with Bolt."""
        app.action(ACTION)(self.open)
        app.view(CALLBACK)(self.tell)

    def open(self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
        """Open the form with what the button carries, before Slack's trigger is over."""
        where = where_of(body)
        with self._faults.told(where.asker, lambda text: _open(client, where, page(TITLE, text))):
            try:
                text = load_state(str(action.get("value", ""))).text
            except StateError:
                text = ""
            _open(client, where, self._form(where.asker, text))
        ack()

    def tell(self, ack: Ack, body: dict[str, Any], view: Mapping[str, Any]) -> None:
        """Keep the words, then acknowledge; or show danger, or the words as they would be kept."""
        asker = where_of(body).asker
        with self._faults.told(asker, lambda text: ack(response_action="update", view=page(TITLE, text))):
            told = self._gaps.tell(asker, str(answers(view)["text"] or ""), kept(view).get("seen", ""))
            if told.danger:
                shown = show_in_form(asker, self._messages.draw(asker, told.danger))
            elif told.kept:
                shown = self._thanks(asker, told.kept)
            else:
                shown = self._form(asker, told.instead, _MORE)
            ack(response_action="update", view=shown)

    def _form(self, asker: Asker, text: str, above: str = "") -> Block:
        # A new id for each text, since Slack keeps what was typed into an input of the same id.
        element = typed("text", text, longest=LONGEST, multiline=True)
        blocks = [
            *([section(above)] if above else []),
            question("text", "What were you looking for?", {**element, "action_id": f"text-{len(text)}"}),
            context(_WHAT),
            context(f"🛟 {self._safety(asker)}"),
        ]
        held = json.dumps({"channel": asker.channel, "seen": text}, ensure_ascii=False)
        return modal(TITLE, blocks, callback=CALLBACK, submit="Send", close="Do not send", kept=held)

    def _thanks(self, asker: Asker, words: str) -> Block:
        return modal(TITLE, [section(f"{_KEPT}\n> {escape(words)}"), context(f"🛟 {self._safety(asker)}")])

    def _safety(self, asker: Asker) -> str:
        return escape(safety_line(self._at(asker).policy))


def _open(client: WebClient, where: Where, view: Block) -> None:
    (client.views_push if where.form else client.views_open)(trigger_id=where.trigger, view=view)
