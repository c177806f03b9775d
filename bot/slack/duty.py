"""The duty channel, and the button that calls the boss there."""

from typing import Any

from slack_bolt import App, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.domain.call import Call
from bot.rendering.wording import escape
from bot.services.call import CallBoss, may_call
from bot.services.ports import NotTold
from bot.services.shelf import CurrentShelf
from bot.slack.act import acknowledge
from bot.slack.fault import Faults


class DutyChannel:
    """The channel that the boss on duty watches."""

    def __init__(self, client: WebClient, channel: str) -> None:
        self._client = client
        self._channel = channel

    def tell(self, call: Call, title: str) -> None:
        """Post a call. Raises NotTold when Slack does not take it."""
        text = f"🚨 <@{call.person}> asks for you now: *{escape(title)}* ({call.at:%H:%M} UTC)."
        try:
            self._client.chat_postMessage(channel=self._channel, text=text, unfurl_links=False, unfurl_media=False)
        except (SlackClientError, OSError):
            raise NotTold from None


class CallButton:
    """The tap on a safety card that calls the boss."""

    def __init__(self, boss: CallBoss, shelf: CurrentShelf, faults: Faults) -> None:
        self._boss = boss
        self._shelf = shelf
        self._faults = faults

    def listen(self, app: App) -> None:
        """Register with Bolt."""
        app.action("call")(ack=acknowledge, lazy=[self.call])

    def call(self, body: dict[str, Any], action: dict[str, Any], respond: Respond) -> None:
        """Keep the call, tell the boss, and say which of the two worked."""
        with self._faults.told(lambda text: respond(text=text, replace_original=False, response_type="ephemeral")):
            playbook = str(action.get("value", ""))
            if not may_call(playbook):
                return
            workspace = str((body.get("team") or {}).get("id", ""))
            told = self._boss.call(workspace, str(body["user"]["id"]), playbook)
            policy = self._shelf().policy
            boss, duty = escape(policy.who_is_told), policy.duty_phone
            text = (
                f"I have told the {boss}."
                if told
                else f"Slack did not take it. Ring the {boss}: {duty}. I keep trying."
            )
            respond(text=text, replace_original=False, response_type="ephemeral")
