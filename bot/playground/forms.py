"""The Web API's calls about views: forms and Home tabs."""

from typing import Any

from bot.playground.limits import check_view
from bot.playground.refused import ApiError
from bot.playground.stand_in import Slack
from bot.playground.workspace import find_user

Held = dict[str, Any]


def open_view(slack: Slack, held: Held) -> Held:
    """views.open."""
    view = check_view(held.get("view"), "modal")
    user = slack.triggers.spend(str(held.get("trigger_id", "")))
    return {"view": slack.views.open(user, view).shown()}


def push_view(slack: Slack, held: Held) -> Held:
    """views.push."""
    view = check_view(held.get("view"), "modal")
    user = slack.triggers.spend(str(held.get("trigger_id", "")))
    return {"view": slack.views.push(user, view).shown()}


def update_view(slack: Slack, held: Held) -> Held:
    """views.update."""
    found = slack.views.find(str(held.get("view_id") or ""), str(held.get("external_id") or ""))
    view = check_view(held.get("view"), str(found.content["type"]))
    return {"view": slack.views.update(found, view, str(held.get("hash") or "")).shown()}


def publish_view(slack: Slack, held: Held) -> Held:
    """views.publish."""
    user = find_user(str(held.get("user_id", "")))
    if user is None:
        raise ApiError("invalid_arguments", "invalid `user_id`")
    view = check_view(held.get("view"), "home")
    return {"view": slack.views.publish(user.id, view, str(held.get("hash") or "")).shown()}
