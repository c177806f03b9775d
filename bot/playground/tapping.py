"""Somebody taps: buttons and menus below messages, in forms and on Home; shortcuts; and the Home tab itself."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from bot.playground import payloads
from bot.playground.courier import Courier
from bot.playground.inputs import find_element, read_values, tapped
from bot.playground.messages import Message
from bot.playground.payloads import Payload, Tap
from bot.playground.refused import ApiError
from bot.playground.said import Said, channel_of, user_of
from bot.playground.signed import Answered, Late
from bot.playground.views import View
from bot.playground.web_api import WebApi
from bot.playground.workspace import Channel, User

Held = Mapping[str, Any]
GONE = "This is no longer there; look at the newest answer."
SILENT = "Cuecard did not answer within three seconds (operation_timeout); try it again."
_OPTIONS = 100


class Tapping:
    """What people tap."""

    def __init__(self, api: WebApi, courier: Courier) -> None:
        self._api = api
        self._courier = courier

    def press(self, user: str, container: Held, action: Held, values: Any) -> None:
        """Tap an element of a message or a view. Raises Said where it is not there or nobody answers."""
        person = user_of(user)
        block_id, action_id = str(action.get("block_id", "")), str(action.get("action_id", ""))
        if container.get("type") == "view":
            view = find_view(self._api, person, str(container.get("id", "")))
            entry = self._entry(view.content["blocks"], (block_id, action_id), action)
            with self._api.slack.bell:
                view = self._api.slack.views.fill(view, read_values(view.content["blocks"], values))
            payload = payloads.press_on_view(self._tap(person), view, entry)
        else:
            channel, message = self._message(person, container)
            entry = self._entry(message.blocks, (block_id, action_id), action)
            payload = payloads.press_on_message(self._tap(person, channel, message), channel, message, entry)
        self._deliver(payload, action_id)

    def options(self, user: str, view: str, names: tuple[str, str], value: str) -> dict[str, Any]:
        """What the app suggests for what was typed; `names` are the block's and the element's id. Raises Said."""
        person = user_of(user)
        found = find_view(self._api, person, view)
        if find_element(found.content["blocks"], *names) is None:
            raise Said(GONE)
        answered = self._deliver(payloads.suggestion(person, found, names, value), names[1])
        try:
            suggested = json.loads(answered.body or "{}")
        except ValueError:
            raise Said("Cuecard's suggestions are not of Slack's form; look at the exchange.") from None
        return {name: suggested.get(name, [])[:_OPTIONS] for name in ("options", "option_groups") if name in suggested}

    def shortcut(self, user: str, callback: str, container: Held | None = None) -> None:
        """Choose a shortcut, of a message where one is given. Raises Said."""
        person = user_of(user)
        if container is None:
            self._deliver(payloads.shortcut(self._tap(person), callback, f"{self._api.slack.clock()}"), callback)
            return
        channel, message = self._message(person, container)
        if message.only_for:
            raise Said("Slack offers no shortcuts on messages that only you see.")
        tap = self._tap(person, channel, message)
        self._deliver(payloads.message_shortcut(tap, callback, channel, message), callback)

    def home(self, user: str) -> None:
        """Open the app's Home. Raises Said when the app does not answer."""
        person = user_of(user)
        with self._api.slack.bell.still:
            home = self._api.slack.views.home(person.id)
        try:
            self._courier.event(payloads.home_opened(person, home, self._api.slack.clock()))
        except Late:
            raise Said(SILENT) from None

    def _deliver(self, payload: Payload, name: str) -> Answered:
        try:
            answered = self._courier.interaction(payload, name)
        except Late:
            raise Said(SILENT) from None
        if answered.status != HTTPStatus.OK:
            raise Said(f"Cuecard does nothing here yet (it answered {answered.status}); look at the exchange.")
        return answered

    def _entry(self, blocks: Any, names: tuple[str, str], given: Held) -> Payload:
        element = find_element(blocks, *names)
        if element is None:
            raise Said(GONE)
        return tapped(element, names[0], given, f"{self._api.slack.clock():.6f}")

    def _tap(self, person: User, channel: Channel | None = None, message: Message | None = None) -> Tap:
        url = self._api.new_address(person.id, channel.id, message.ts) if channel and message else ""
        return Tap(person, self._api.new_trigger(person.id), url)

    def _message(self, person: User, container: Held) -> tuple[Channel, Message]:
        channel = channel_of(person, str(container.get("channel", "")))
        with self._api.slack.bell.still:
            message = self._api.slack.messages.find(channel.id, str(container.get("id", "")))
        if message is None or message.only_for not in ("", person.id):
            raise Said(GONE)
        return channel, message


def find_view(api: WebApi, person: User, view: str) -> View:
    """An open view of this person. Raises Said."""
    try:
        with api.slack.bell.still:
            found = api.slack.views.find(view)
    except ApiError:
        raise Said(GONE) from None
    if found.user != person.id:
        raise Said(GONE)
    return found
