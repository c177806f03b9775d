"""Slack, as far as one workspace goes: what was said, what is open, and what the app may do."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from bot.playground.addresses import Addresses
from bot.playground.bell import Bell
from bot.playground.exchanges import Exchanges
from bot.playground.limits import check_message
from bot.playground.messages import SLACKBOT, Message, Messages
from bot.playground.rates import Rates
from bot.playground.scopes import GRANTED
from bot.playground.triggers import SECONDS, Triggers
from bot.playground.views import Views
from bot.playground.workspace import APP_USER, TOKEN


class Slack:
    """The state of one workspace. Hold `bell` while you read or change it."""

    def __init__(
        self,
        token: str = TOKEN,
        scopes: tuple[str, ...] = GRANTED,
        clock: Callable[[], float] = time.time,
        seconds: float = SECONDS,
    ) -> None:
        """`token` is the only one that the Web API takes; `clock` gives Unix time; a trigger lives for `seconds`."""
        self.token = token
        self.scopes = scopes
        self.clock = clock
        self.bell = Bell()
        self.messages = Messages(clock)
        self.views = Views(clock)
        self.triggers = Triggers(clock, seconds)
        self.addresses = Addresses(clock)
        self.rates = Rates(clock)
        self.exchanges = Exchanges()

    def say(self, channel: str, author: str, text: str, only_for: str = "") -> Message:
        """Post plain text."""
        ts = self.messages.new_ts()
        return self.messages.post(Message(ts=ts, channel=channel, author=author, text=text, only_for=only_for))

    def slackbot(self, user: str, channel: str, text: str) -> None:
        """Slack's own voice, to one person."""
        self.say(channel, SLACKBOT, text, user)

    def post(self, channel: str, held: Mapping[str, Any], only_for: str = "", ts: str = "") -> Message:
        """The app's message, new or in place of the one of `ts`. Raises ApiError where Slack would not take it."""
        text, blocks = str(held.get("text") or ""), held.get("blocks") or []
        check_message(text, blocks)
        message = Message(
            ts=ts or self.messages.new_ts(),
            channel=channel,
            author=APP_USER,
            text=text,
            blocks=tuple(blocks),
            only_for=only_for,
            edited=bool(ts),
        )
        return self.messages.post(message)

    def answer(self, name: str, held: Mapping[str, Any]) -> None:
        """Take a message for a response URL. Raises ApiError where Slack would not."""
        address = self.addresses.find(name)
        original = self.messages.find(address.channel, address.message)
        if held.get("delete_original"):
            if original:
                self.messages.delete(original)
        elif held.get("replace_original") and original:
            # Who sees a message never changes once it stands.
            self.post(address.channel, held, original.only_for, original.ts)
        else:
            everybody = held.get("response_type") == "in_channel"
            self.post(address.channel, held, "" if everybody else address.user)
        address.posted.append(dict(held))
