"""The duty channel, and the button that calls the boss there."""

import logging
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.domain.asker import Asker
from bot.domain.call import Call
from bot.rendering.wording import escape
from bot.services.call import CallBoss, may_call
from bot.services.figures import NOBODY, Figures
from bot.services.ports import NotTold
from bot.services.shelf import ShelfAt
from bot.services.who_may import NotAllowed
from bot.slack.answers import Answers
from bot.slack.parts import moment
from bot.slack.team import OwnTeam
from bot.slack.trouble import TROUBLE, UNREACHABLE, code_of, note
from bot.slack.where import where_of

log = logging.getLogger(__name__)
_INVITE = "type /invite @Cuecard in that channel"
NOT_LOOKED = "missing_scope"
"""Slack's word where the app has no permission to look, or to post."""
_MEND = {
    "not_in_channel": f"Cuecard is not in it: {_INVITE}",
    "channel_not_found": f"there is no such channel, or it is private and Cuecard is not in it: {_INVITE}, or check "
    "CUECARD_DUTY_CHANNEL, which holds its id",
    "is_archived": "it is archived: name another in CUECARD_DUTY_CHANNEL",
    NOT_LOOKED: "a permission is missing: bring your app's manifest up to date, and install it again",
    UNREACHABLE: "Slack cannot be reached: check the network and any proxy",
}


def mend(code: str) -> str:
    """What is wrong with the duty channel, and what to do about it, for a word of Slack's."""
    return f"Calls for the boss do not reach the duty channel ({code}): {_MEND.get(code, 'ask whoever keeps Slack')}."


class DutyChannel:
    """The channel that the boss on duty watches, and whether the last post or look got through."""

    def __init__(self, client: WebClient, channel: str, figures: Figures = NOBODY) -> None:
        self._client = client
        self._channel = channel
        self._figures = figures
        self._trouble = ""

    @property
    def trouble(self) -> str:
        """Slack's word for why the last post or look did not get through; empty where it did, or nobody looked yet."""
        return self._trouble

    def look(self) -> str:
        """Look whether the app is in the channel; Slack's word for why posts would not get through, empty if they do.

        Without the permission to look, what was known before stays known.
        """
        try:
            found = self._client.conversations_info(channel=self._channel)["channel"]
        except TROUBLE as error:
            code = code_of(error)
        else:
            code = "is_archived" if found.get("is_archived") else "" if found.get("is_member") else "not_in_channel"
        if code != NOT_LOOKED:
            self._know(code)
        return code

    def _know(self, code: str) -> None:
        before, self._trouble = self._trouble, code
        if code and code != before:
            log.warning(mend(code))
        elif before and not code:
            log.warning("The duty channel works again.")

    def tell(self, call: Call, title: str) -> None:
        """Post a call. Raises NotTold when Slack does not take it."""
        where = f" at *{escape(call.site)}*" if call.site else ""
        ask = "" if call.site else " I do not know at which site: ask them."
        text = f"🚨 <@{call.person}> asks for you now{where}: *{escape(title)}* ({call.at:%H:%M} UTC).{ask}"
        try:
            self._client.chat_postMessage(channel=self._channel, text=text, unfurl_links=False, unfurl_media=False)
        except TROUBLE as error:
            note("a call for the boss", error)
            self._figures.called(told=False)
            self._know(code_of(error))
            raise NotTold from None
        self._figures.called(told=True)
        self._know("")


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
            return f"Slack did not take it. {ring}{' I keep trying for an hour.' if called.kept else ''}"
        if called.since:
            return f"I have told the {boss} already: your call of {moment(called.since)} stands. Nobody there? {ring}"
        return f"I have told the {boss}."
