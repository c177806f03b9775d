"""Somebody types into a channel: a command goes to the app, anything else stands there for all to read."""

from http import HTTPStatus

from bot.playground.courier import Courier, read_ack
from bot.playground.payloads import Tap, command
from bot.playground.refused import ApiError
from bot.playground.said import Said, channel_of, user_of
from bot.playground.signed import Answered, Late
from bot.playground.web_api import WebApi
from bot.playground.workspace import Channel, User
from bot.rendering.wording import escape

COMMAND = "/cue"
LONGEST = 8_000
"""Characters that a person may type at once."""


class TypingIn:
    """What people type."""

    def __init__(self, api: WebApi, courier: Courier) -> None:
        self._api = api
        self._courier = courier

    def type(self, user: str, channel: str, text: str) -> None:
        """Send what was typed. Raises Said where it cannot be sent."""
        person = user_of(user)
        place = channel_of(person, channel)
        if not text.strip():
            raise Said("Type something first, as “/cue customer asked me out”.")
        if len(text) > LONGEST:
            raise Said(f"Shorten this to {LONGEST:,} characters; Slack would not take it.")
        name, _, rest = text.strip().partition(" ")
        if name == COMMAND:
            self._command(person, place, rest.strip())
        elif name.startswith("/"):
            self._bot_says(person, place, f"{name} is not a valid command. Here is one that is: {COMMAND}")
        else:
            with self._api.slack.bell:
                self._api.slack.say(place.id, person.id, escape(text))

    def _command(self, person: User, place: Channel, text: str) -> None:
        url = self._api.new_address(person.id, place.id)
        tap = Tap(person, self._api.new_trigger(person.id), url)
        try:
            answered = self._courier.command(command(tap, place, COMMAND, text))
        except Late:
            self._bot_says(person, place, f'{COMMAND} failed with the error "operation_timeout"')
            return
        self._show(person, place, answered, f"{COMMAND} {text}".strip())

    def _show(self, person: User, place: Channel, answered: Answered, typed: str) -> None:
        """Post what the acknowledgement carries; to the asker alone unless it says otherwise."""
        if answered.status != HTTPStatus.OK:
            self._bot_says(person, place, f'{COMMAND} failed with the error "dispatch_failed"')
            return
        ack = read_ack(answered)
        if not ack:
            return
        everybody = ack.get("response_type") == "in_channel"
        try:
            with self._api.slack.bell:
                if everybody:
                    self._api.slack.say(place.id, person.id, escape(typed))
                self._api.slack.post(place.id, ack, "" if everybody else person.id)
        except ApiError as refused:
            self._bot_says(person, place, f'{COMMAND} failed with the error "{refused.code}"')

    def _bot_says(self, person: User, place: Channel, text: str) -> None:
        with self._api.slack.bell:
            self._api.slack.slackbot(person.id, place.id, text)
