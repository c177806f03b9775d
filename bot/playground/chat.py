"""The Web API's calls about messages."""

from typing import Any

from bot.playground.messages import Message
from bot.playground.refused import ApiError
from bot.playground.stand_in import Slack
from bot.playground.workspace import APP_BOT, APP_USER, Channel, Kind, find_channel, find_user

Held = dict[str, Any]


def post_message(slack: Slack, held: Held) -> Held:
    """chat.postMessage."""
    channel = _joined(held)
    message = slack.post(channel.id, held)
    return {"channel": channel.id, "ts": message.ts, "message": {**message.shown(), "bot_id": APP_BOT}}


def post_ephemeral(slack: Slack, held: Held) -> Held:
    """chat.postEphemeral."""
    channel, user = _joined(held), find_user(str(held.get("user", "")))
    if user is None or user.id not in channel.members:
        raise ApiError("user_not_in_channel")
    return {"message_ts": slack.post(channel.id, held, user.id).ts}


def update(slack: Slack, held: Held) -> Held:
    """chat.update; an ephemeral message is not found, as in Slack."""
    message = _own(slack, held, "cant_update_message")
    changed = slack.post(message.channel, held, ts=message.ts)
    return {"channel": changed.channel, "ts": changed.ts, "text": changed.text, "message": changed.shown()}


def delete(slack: Slack, held: Held) -> Held:
    """chat.delete."""
    message = _own(slack, held, "cant_delete_message")
    slack.messages.delete(message)
    return {"channel": message.channel, "ts": message.ts}


def _joined(held: Held) -> Channel:
    channel = find_channel(str(held.get("channel", "")))
    if channel is None or (channel.kind is not Kind.CHANNEL and APP_USER not in channel.members):
        raise ApiError("channel_not_found")
    if APP_USER not in channel.members:
        raise ApiError("not_in_channel")
    return channel


def _own(slack: Slack, held: Held, refused: str) -> Message:
    channel = find_channel(str(held.get("channel", "")))
    if channel is None:
        raise ApiError("channel_not_found")
    message = slack.messages.find(channel.id, str(held.get("ts", "")))
    if message is None or message.only_for:
        raise ApiError("message_not_found")
    if message.author != APP_USER:
        raise ApiError(refused)
    return message
