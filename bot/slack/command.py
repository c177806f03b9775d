"""`/cue` with a situation, alone, and with `help`: the reply travels in the acknowledgement itself."""

import logging
import time
from typing import Any

from slack_bolt import Ack, App

from bot.domain.situation import Situation
from bot.rendering.frames import COMMAND
from bot.services.ask import Ask
from bot.slack.fault import Faults
from bot.slack.message import Messages

log = logging.getLogger(__name__)
HELP = {"help", "-h", "--help", "?"}


class Command:
    """The slash command."""

    def __init__(self, ask: Ask, messages: Messages, faults: Faults) -> None:
        self._ask = ask
        self._messages = messages
        self._faults = faults

    def listen(self, app: App) -> None:
        """Register with Bolt."""
        app.command(COMMAND)(self.answer)

    def answer(self, ack: Ack, command: dict[str, Any]) -> None:
        """Answer within the acknowledgement."""
        with self._faults.told(lambda text: ack(response_type="ephemeral", text=text)):
            started = time.perf_counter()
            text = str(command.get("text") or "")
            if text.strip().lower() in HELP:
                reply = self._ask.menu(manual=True)
            else:
                situation = Situation(text, command.get("user_id", ""), command.get("team_id", ""))
                reply, ranking = self._ask.ask(situation)
                best = ranking.matches[0] if ranking.matches else None
                milliseconds = 1000 * (time.perf_counter() - started)
                log.info(
                    "%s %s p=%.2f danger=%s %.1f ms",
                    ranking.decision,
                    best.playbook if best else "-",
                    best.probability if best else 0.0,
                    reply.danger.id if reply.danger else "-",
                    milliseconds,
                )
            ack(response_type="ephemeral", **self._messages.draw(reply))
