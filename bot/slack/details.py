"""“Fill in the blanks”: a form that asks for the facts a card still lacks, and the card with them."""

import dataclasses
import json
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.domain.answer import Guidance
from bot.rendering.wording import escape
from bot.services.ask import Ask, Wanted
from bot.slack.answers import Answers, show_in_form
from bot.slack.beside import Beside
from bot.slack.message import Messages
from bot.slack.parts import Block, answers, context, modal, question, typed
from bot.slack.state import State, StateError, clean_fact, load_state
from bot.slack.where import Where, kept, where_of

CALLBACK = "details"
_LONGEST = 60


class Details:
    """The form and what comes back from it."""

    def __init__(self, ask: Ask, messages: Messages, answers: Answers, beside: Beside) -> None:
        self._ask = ask
        self._messages = messages
        self._answers = answers
        self._beside = beside

    def listen(self, app: App) -> None:
        """Register with Bolt."""
        app.action("tell")(self.open)
        app.view(CALLBACK)(self.fill)

    def open(self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
        """Open the form; it keeps where to put the answer, since a submission has no address of its own."""
        ack()
        where = where_of(body)
        asker = where.asker

        def opened() -> Block:
            try:
                state = load_state(str(action.get("value", "")))
            except StateError:
                return show_in_form(asker, self._messages.draw(asker, self._ask.menu(asker)))
            reply = self._ask.card(asker, _wanted(state), state.danger)
            asks = reply.content.asks if isinstance(reply.content, Guidance) else {}
            if not asks:
                return show_in_form(asker, self._messages.draw(asker, reply))
            held = {"state": state.dump(), "url": where.url, "form": where.form, "channel": asker.channel}
            return draw_form(dict(asks), reply.safety_line, json.dumps(held, ensure_ascii=False))

        self._beside.show(body, client, opened)

    def fill(self, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        """Put the card, with what was told, in place of the one that held the button."""
        ack()
        held, asker = kept(view), where_of(body).asker

        def filled() -> dict[str, Any]:
            try:
                state = load_state(held.get("state", ""))
            except StateError:
                return self._messages.draw(asker, self._ask.menu(asker))
            written = {name: str(text or "") for name, text in answers(view).items()}
            told = {name: fact for name, text in written.items() if (fact := clean_fact(text))}
            wanted = _wanted(dataclasses.replace(state, known={**state.known, **told}))
            return self._messages.draw(asker, self._ask.fill(asker, wanted, written.values(), state.danger))

        self._answers.replace(Where(asker, held.get("url", ""), held.get("form", "")), filled)


def _wanted(state: State) -> Wanted:
    return Wanted(state.playbook, state.rung, state.known, state.others)


def draw_form(asks: dict[str, str], safety_line: str, kept: str) -> dict[str, Any]:
    """The modal with one optional input a question; `kept` travels in its private metadata."""
    questions = (question(name, ask, typed("told", longest=_LONGEST), optional=True) for name, ask in asks.items())
    blocks = [*questions, context(f"🛟 {escape(safety_line)}")]
    title, submit = "Fill in the blanks", "Show the card"
    return modal(title, blocks, callback=CALLBACK, submit=submit, close="Back", kept=kept)
