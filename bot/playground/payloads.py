"""The requests that Slack makes of an app, as it writes them: commands, taps, forms, suggestions, shortcuts, events."""

import secrets
from dataclasses import dataclass
from typing import Any

from bot.playground.messages import Message
from bot.playground.views import View
from bot.playground.workspace import APP, APP_USER, DOMAIN, TEAM, Channel, User

DEAD = "verification-tokens-are-dead"
Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tap:
    """Who tapped, and the trigger id and response URL (empty: none) that came of it."""

    user: User
    trigger: str
    url: str = ""


def command(tap: Tap, channel: Channel, name: str, text: str) -> dict[str, str]:
    """The form of a slash command."""
    return {
        "token": DEAD,
        "team_id": TEAM,
        "team_domain": DOMAIN,
        "channel_id": channel.id,
        "channel_name": "directmessage" if channel.id == tap.user.dm else channel.name,
        "user_id": tap.user.id,
        "user_name": tap.user.name.lower(),
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": tap.url,
        "trigger_id": tap.trigger,
    }


def press_on_message(tap: Tap, channel: Channel, message: Message, action: Payload) -> Payload:
    """A tap below a message; an ephemeral message does not travel with it, as in Slack."""
    ephemeral = bool(message.only_for)
    place = {"type": "message", "message_ts": message.ts, "channel_id": channel.id, "is_ephemeral": ephemeral}
    held = {} if ephemeral else {"message": message.shown()}
    more = {"channel": {"id": channel.id, "name": channel.name}, "response_url": tap.url, "state": {"values": {}}}
    return {**_common("block_actions", tap), "container": place, **held, **more, "actions": [action]}


def press_on_view(tap: Tap, view: View, action: Payload) -> Payload:
    """A tap in a form or on Home."""
    place = {"type": "view", "view_id": view.id}
    return {**_common("block_actions", tap), "container": place, "view": view.shown(), "actions": [action]}


def submission(tap: Tap, view: View) -> Payload:
    """A form that was sent off."""
    return {**_common("view_submission", tap), "view": view.shown(), "response_urls": []}


def closing(user: User, view: View, *, cleared: bool) -> Payload:
    """A form that was closed; `cleared` with all that were open."""
    return {**_common("view_closed", Tap(user, "")), "view": view.shown(), "is_cleared": cleared}


def suggestion(user: User, view: View, names: tuple[str, str], value: str) -> Payload:
    """Somebody types into a menu whose options the app gives; `names` are its block's and its own id."""
    block, action = names
    asked = {"block_id": block, "action_id": action, "value": value}
    place = {"type": "view", "view_id": view.id}
    return {**_common("block_suggestion", Tap(user, "")), "container": place, "view": view.shown(), **asked}


def shortcut(tap: Tap, callback: str, at: str) -> Payload:
    """A shortcut from Slack's own menu."""
    return {**_common("shortcut", tap), "callback_id": callback, "action_ts": at}


def message_shortcut(tap: Tap, callback: str, channel: Channel, message: Message) -> Payload:
    """A shortcut from a message's own menu."""
    where = {"channel": {"id": channel.id, "name": channel.name}, "response_url": tap.url, "message_ts": message.ts}
    held = {"callback_id": callback, "action_ts": message.ts, "message": message.shown()}
    return {**_common("message_action", tap), **where, **held}


def home_opened(user: User, home: View | None, at: float) -> Payload:
    """The event of somebody who opens the app's Home."""
    event: Payload = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": user.dm,
        "tab": "home",
        "event_ts": f"{at}",
    }
    if home is not None:
        event["view"] = home.shown()
    return {
        "token": DEAD,
        "team_id": TEAM,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": int(at),
        "authorizations": [{"team_id": TEAM, "user_id": APP_USER, "is_bot": True, "is_enterprise_install": False}],
    }


def verification() -> Payload:
    """What Slack asks of a new address, to see whether an app answers there."""
    return {"token": DEAD, "type": "url_verification", "challenge": secrets.token_hex(16)}


def _common(kind: str, tap: Tap) -> Payload:
    user = {"id": tap.user.id, "username": tap.user.name.lower(), "name": tap.user.name.lower(), "team_id": TEAM}
    found: Payload = {
        "type": kind,
        "user": user,
        "api_app_id": APP,
        "token": DEAD,
        "team": {"id": TEAM, "domain": DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
    }
    return {**found, "trigger_id": tap.trigger} if tap.trigger else found
