"""The duty channel, and the button that calls the boss there."""

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.domain.asker import Asker
from bot.domain.call import Call
from bot.rendering.wording import escape
from bot.safety.card import safety_line
from bot.services.call import CallBoss, may_call
from bot.services.ports import NotTold
from bot.services.shelf import ShelfAt
from bot.slack.answers import Answers
from bot.slack.parts import section
from bot.slack.where import where_of


class DutyChannel:
    """The channel that the boss on duty watches."""

    def __init__(self, client: WebClient, channel: str) -> None:
        self._client = client
        self._channel = channel

    def tell(self, call: Call, title: str) -> None:
        """Post a call. Raises NotTold when Slack does not take it."""
        where = f" at *{escape(call.site)}*" if call.site else ""
        ask = "" if call.site else " I do not know at which site: ask them."
        text = f"🚨 <@{call.person}> asks for you now{where}: *{escape(title)}* ({call.at:%H:%M} UTC).{ask}"
        try:
            self._client.chat_postMessage(channel=self._channel, text=text, unfurl_links=False, unfurl_media=False)
        except (SlackClientError, OSError):
            raise NotTold from None


class CallButton:
    """The tap on a safety card that calls the boss."""

    def __init__(self, boss: CallBoss, at: ShelfAt, answers: Answers) -> None:
        self._boss = boss
        self._at = at
        self._answers = answers

    def listen(self, app: App) -> None:
        """Register with Bolt."""
        app.action("call")(self.press)

    def press(self, ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Keep the call, then acknowledge; tell the boss, and say which of the two worked."""
        playbook = str(action.get("value", ""))
        if not may_call(playbook):
            ack()
            return
        where = where_of(body)
        call, kept = self._boss.keep(where.asker, playbook)
        ack()
        self._answers.add(where, lambda: self._told(where.asker, call, kept=kept))

    def _told(self, asker: Asker, call: Call, *, kept: bool) -> dict[str, Any]:
        policy = self._at(asker).policy
        boss, duty = escape(policy.who_is_told), policy.duty_phone
        said = f"I have told the {boss}."
        if not self._boss.tell(call):
            said = f"Slack did not take it. Ring the {boss}: {duty}.{' I keep trying.' if kept else ''}"
        text = f"{said}\n{escape(safety_line(policy))}"
        return {"text": text, "blocks": [section(text)]}
