"""The duty channel, and the button that calls the boss there."""

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.domain.asker import Asker
from bot.domain.call import Call
from bot.rendering.wording import escape
from bot.services.call import CallBoss, may_call
from bot.services.ports import NotTold
from bot.services.shelf import ShelfAt
from bot.services.who_may import NotAllowed
from bot.slack.answers import Answers
from bot.slack.parts import moment
from bot.slack.team import OwnTeam
from bot.slack.trouble import TROUBLE, note
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
        except TROUBLE as error:
            note("a call for the boss", error)
            raise NotTold from None


class CallButton:
    """The tap on a safety card that calls the boss."""

    def __init__(self, boss: CallBoss, at: ShelfAt, answers: Answers, own: OwnTeam) -> None:
        self._boss = boss
        self._at = at
        self._answers = answers
        self._own = own

    def listen(self, app: App) -> None:
        """Register with Bolt."""
        app.action("call")(self.press)

    def press(self, ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Call the boss, and say what became of it."""
        ack()
        where, playbook = where_of(body), str(action.get("value", ""))
        if may_call(playbook):
            self._answers.say(where, lambda: self._said(where.asker, playbook))

    def _said(self, asker: Asker, playbook: str) -> str:
        policy = self._at(asker).policy
        boss, ring = escape(policy.who_is_told), f"Ring the {escape(policy.who_is_told)}: {policy.duty_phone}."
        try:
            self._own.check(asker.workspace)
        except NotAllowed:
            return f"I cannot reach anybody through Slack right now, so I have told nobody. {ring}"
        called = self._boss.call(asker, playbook)
        if not called.told:
            return f"Slack did not take it. {ring}{' I keep trying.' if called.kept else ''}"
        if called.since:
            return f"I have told the {boss} already: your call of {moment(called.since)} stands. Nobody there? {ring}"
        return f"I have told the {boss}."
