"""Answers beside the acknowledgement: Slack ignores the body of a press's acknowledgement, so they are sent apart."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from bot.domain.asker import Asker
from bot.slack.client import Line
from bot.slack.fault import Faults
from bot.slack.parts import Block, modal
from bot.slack.reach import Reach
from bot.slack.sending import Sending
from bot.slack.where import Where

THREADS = 16
"""Answers under way at once: each waits for one POST to Slack."""
LOST = "Slack may not have shown you my answer. If you do not see it, ask again with `/cue`."

Message = dict[str, Any]
Drawn = TypeVar("Drawn")


class Answers:
    """Sends answers to where the button was, after the press was acknowledged.

    Bolt's own lazy listeners copy the whole request and share five threads with its acknowledgements.
    """

    def __init__(self, faults: Faults, reach: Reach, line: Line) -> None:
        self._faults = faults
        self._reach = reach
        self._line = line
        self._client = line.client()
        self._sending = Sending(faults, reach, "answer", THREADS)
        self._urgent = Sending(faults, reach, "urgent", THREADS)

    def replace(self, where: Where, answer: Callable[[], Message]) -> None:
        """Put an answer in place of the message that held the button."""
        drawn: list[Message] = []

        def sent() -> None:
            if not drawn:
                drawn.extend(self._drawn(where, answer))
            for message in drawn:
                self._put(where, message)

        # Where Slack was silent, the answer may stand there already: a word about it goes another way.
        self._sending.send(Where(where.asker), sent, lost=lambda _: LOST)

    def say(self, where: Where, sentence: Callable[[], str]) -> None:
        """Tell a sentence beside the button in the first way that Slack takes; it keeps no other answer waiting."""

        def said() -> None:
            for text in self._drawn(where, sentence):
                self._urgent.tell(where, text)

        self._urgent.send(where, said)

    def _drawn(self, where: Where, draw: Callable[[], Drawn]) -> list[Drawn]:
        found: list[Drawn] = []
        with self._faults.told(where.asker, partial(self._reach.tell, where)):
            found.append(draw())
        return found

    def _put(self, where: Where, message: Message) -> None:
        if where.form:
            self._client.views_update(view_id=where.form, view=show_in_form(where.asker, message))
        else:
            self._line.post(where.url, {**message, "response_type": "ephemeral", "replace_original": True})


def show_in_form(asker: Asker, message: Message) -> Block:
    """A message as a page of its own, for somebody who asked outside a conversation."""
    return modal("Cuecard", message["blocks"], kept=json.dumps({"channel": asker.channel}))
