"""Everything that one person sees of the workspace, for the page to draw."""

from typing import Any

from bot.playground.messages import SLACKBOT, Message
from bot.playground.stand_in import Slack
from bot.playground.tour import TOUR
from bot.playground.workspace import APP_NAME, APP_USER, CHANNELS, USERS, User

SHOWN = 100
"""Messages of a channel that the page draws."""
_NAMES = {user.id: user.name for user in USERS} | {APP_USER: APP_NAME, SLACKBOT: "Playground"}
_BOTS = (APP_USER, SLACKBOT)


def snapshot(slack: Slack, user: User) -> dict[str, Any]:
    """The workspace in a person's eyes. Hold the bell still meanwhile."""
    channels = [channel for channel in CHANNELS if user.id in channel.members]
    home = slack.views.home(user.id)
    return {
        "user": user.id,
        "users": [{"id": one.id, "name": one.name, "role": one.role, "title": one.title} for one in USERS],
        "channels": [
            {
                "id": one.id,
                "name": one.name,
                "kind": one.kind,
                "topic": one.topic,
                "app": APP_USER in one.members and one.kind == "dm",
                "unread": slack.messages.unread(user.id, one.id),
            }
            for one in channels
        ],
        "messages": {
            one.id: [_message(message) for message in slack.messages.seen_by(user.id, one.id)[-SHOWN:]]
            for one in channels
        },
        "modals": [view.shown() for view in slack.views.stack(user.id)],
        "home": home.shown() if home else None,
        "exchanges": slack.exchanges.lines(),
        "tour": list(TOUR),
    }


def _message(message: Message) -> dict[str, Any]:
    return {
        "id": message.ts,
        "ts": message.ts,
        "who": {"id": message.author, "name": _NAMES[message.author], "bot": message.author in _BOTS},
        "ephemeral": bool(message.only_for),
        "text": message.text,
        "blocks": list(message.blocks),
        "edited": message.edited,
        "deleted": message.deleted,
    }
