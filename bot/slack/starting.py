"""What people read while Cuecard is starting: danger by its words alone, and else that it takes a moment."""

import re
from typing import Any

from slack_bolt import Ack, App

from bot.domain.situation import Situation
from bot.rendering.frames import COMMAND
from bot.services.ask import Ask
from bot.slack.answers import Answers
from bot.slack.message import Messages
from bot.slack.parts import page
from bot.slack.where import where_of

_ANY = re.compile("")
TITLE = "Cuecard"


class Starting:
    """Every surface at once, until the playbooks are learnt."""

    def __init__(self, ask: Ask, messages: Messages, answers: Answers, sentence: str) -> None:
        """`sentence` is what a form and a press say, in Slack's marks."""
        self._ask = ask
        self._sentence = sentence
        self._messages = messages
        self._answers = answers

    def listen(self, app: App) -> None:
        """Register with Bolt."""
        app.command(COMMAND)(self.answer)
        app.action(_ANY)(self.press)
        app.view(_ANY)(self.submit)
        app.view_closed(_ANY)(self.pass_over)
        app.event(_ANY)(self.pass_over)
        app.options(_ANY)(self.suggest)

    def answer(self, ack: Ack, command: dict[str, Any]) -> None:
        """Answer a question within the acknowledgement."""
        text, person, workspace, channel = (
            str(command.get(name) or "") for name in ("text", "user_id", "team_id", "channel_id")
        )
        situation = Situation(text, person, workspace, channel)
        reply = self._ask.unlearnt(situation)
        ack(response_type="ephemeral", **self._messages.draw(situation.asker, reply))

    def press(self, ack: Ack, body: dict[str, Any]) -> None:
        """Acknowledge a press, and say beside the card that it takes a moment."""
        ack()
        where = where_of(body)
        self._answers.say(where, lambda: self._sentence)

    def submit(self, ack: Ack) -> None:
        """Say so on top of a form, so that what was typed still stands below."""
        ack(response_action="push", view=page(TITLE, self._sentence))

    def suggest(self, ack: Ack) -> None:
        """Suggest nothing."""
        ack(options=[])

    def pass_over(self, ack: Ack) -> None:
        """Acknowledge what nobody waits for."""
        ack()
