"""The Web API's calls about people and channels, and about the app itself."""

from typing import Any

from bot.playground.refused import ApiError
from bot.playground.stand_in import Slack
from bot.playground.workspace import (
    APP_BOT,
    APP_NAME,
    APP_USER,
    CHANNELS,
    TEAM,
    TEAM_NAME,
    USERS,
    Channel,
    Kind,
    User,
    find_channel,
    find_user,
)

Held = dict[str, Any]
_KINDS = {Kind.CHANNEL: "public_channel", Kind.PRIVATE: "private_channel", Kind.DM: "im"}


def auth_test(_slack: Slack, _held: Held) -> Held:
    """auth.test."""
    return {"team_id": TEAM, "team": TEAM_NAME, "user_id": APP_USER, "user": "cuecard", "bot_id": APP_BOT}


def user_info(_slack: Slack, held: Held) -> Held:
    """users.info."""
    user = find_user(str(held.get("user", "")))
    if user is None:
        raise ApiError("user_not_found")
    return {"user": _user(user)}


def user_list(_slack: Slack, _held: Held) -> Held:
    """users.list, in one page."""
    return {"members": [_user(user) for user in USERS], "response_metadata": {"next_cursor": ""}}


def open_conversation(_slack: Slack, held: Held) -> Held:
    """conversations.open: the direct messages between the app and one person."""
    users = str(held.get("users") or "")
    if not users:
        raise ApiError("users_list_not_supplied")
    user = find_user(users)
    if user is None:
        raise ApiError("user_not_found")
    return {"channel": {"id": user.dm}}


def conversation_info(_slack: Slack, held: Held) -> Held:
    """conversations.info."""
    channel = find_channel(str(held.get("channel", "")))
    if channel is None or not _seen(channel):
        raise ApiError("channel_not_found")
    return {"channel": _channel(channel)}


def conversation_list(_slack: Slack, held: Held) -> Held:
    """conversations.list: public channels unless `types` names others."""
    wanted = str(held.get("types") or "public_channel").split(",")
    found = [_channel(channel) for channel in CHANNELS if _seen(channel) and _KINDS[channel.kind] in wanted]
    return {"channels": found, "response_metadata": {"next_cursor": ""}}


def _seen(channel: Channel) -> bool:
    return channel.kind is Kind.CHANNEL or APP_USER in channel.members


def _user(user: User) -> Held:
    flags = {"is_admin": user.is_owner, "is_owner": user.is_owner, "is_primary_owner": user.is_owner, "is_bot": False}
    profile = {"display_name": user.name, "real_name": user.name}
    return {"id": user.id, "team_id": TEAM, "name": user.name.lower(), "deleted": False, **flags, "profile": profile}


def _channel(channel: Channel) -> Held:
    kind = {"is_channel": channel.kind is not Kind.DM, "is_im": channel.kind is Kind.DM}
    inside = {"is_private": channel.kind is not Kind.CHANNEL, "is_member": APP_USER in channel.members}
    name = channel.name if channel.kind is not Kind.DM else APP_NAME
    return {"id": channel.id, "name": name, "is_archived": False, **kind, **inside}
