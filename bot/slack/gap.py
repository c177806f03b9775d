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
from bot.slack.beside import Beside
from bot.slack.message import Messages
from bot.slack.parts import Block, answers, context, modal, question, section, typed
from bot.slack.state import StateError, load_state
from bot.slack.team import OwnTeam
from bot.slack.where import kept, where_of

CALLBACK, ACTION, TITLE = "gap", "gap", "Tell my manager"
_WHAT = (
    "These words, the site and the day are kept for your managers, and nothing else: not your name, not who asked. "
    "I have taken out names, numbers and addresses; look whether any are left."
)
_MORE = "I took out more. Look through it and send it again, or change it."
_KEPT = "*Thank you.* Your managers see these words, and nobody sees whose they are:"


class GapForm:
    """The button below an answer that does not fit, and its form."""

    def __init__(self, gaps: TellGap, at: ShelfAt, messages: Messages, beside: Beside, own: OwnTeam) -> None:
        self._gaps = gaps
        self._at = at
        self._messages = messages
        self._beside = beside
        self._own = own

    def listen(self, app: App) -> None:
        """Register with Bolt."""
        app.action(ACTION)(self.open)
        app.view(CALLBACK)(self.tell)

    def open(self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
        """Open the form with what the button carries."""
        ack()
        asker = where_of(body).asker
        try:
            text = load_state(str(action.get("value", ""))).text
        except StateError:
            text = ""
        self._beside.show(body, client, lambda: self._form(asker, text))

    def tell(self, ack: Ack, body: dict[str, Any], view: Mapping[str, Any], client: WebClient) -> None:
        """Keep the words; or show danger, or the words as they would be kept."""
        asker, text = where_of(body).asker, str(answers(view).get("text") or "")

        def told() -> Block:
            self._own.check(asker.workspace)
            found = self._gaps.tell(asker, text, kept(view).get("seen", ""))
            if found.danger:
                return show_in_form(asker, self._messages.draw(asker, found.danger))
            return self._thanks(asker, found.kept) if found.kept else self._form(asker, found.instead, _MORE)

        self._beside.settle(ack, body, client, told)

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
