"""Who acted in Slack, and where their answer belongs."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain.asker import Asker
from bot.slack.parts import fields


@dataclass(frozen=True, slots=True)
class Where:
    """Who acted, and what takes the answer: a response URL, the form that holds the button, or Home.

    `trigger` opens one more form, once and within three seconds; `view` is the form or Home as it stood.
    """

    asker: Asker
    url: str = ""
    form: str = ""
    trigger: str = ""
    view: Mapping[str, Any] = field(default_factory=dict)

    def later(self) -> "Where":
        """The same once the trigger was used."""
        return replace(self, trigger="")


def where_of(body: Mapping[str, Any]) -> Where:
    """Read a payload of Slack's. What it left out, or wrote in another form, is empty."""
    view = fields(body.get("view"))
    asker = Asker(team_of(body), _whom(body, "user"), _whom(body, "channel") or kept(view).get("channel", ""))
    form = str(view.get("id") or "") if view.get("type") == "modal" else ""
    return Where(asker, str(body.get("response_url") or ""), form, str(body.get("trigger_id") or ""), view)


def team_of(body: Mapping[str, Any]) -> str:
    """The workspace that somebody acts in; empty where Slack does not say.

    An app that was installed for a whole organisation gets no team: then a person's own workspace counts.
    """
    own = fields(body.get("user")).get("team_id")
    return _whom(body, "team") or (own if isinstance(own, str) else "")


def kept(view: Mapping[str, Any]) -> dict[str, str]:
    """What a form keeps in its private metadata: texts by name; nothing where it keeps something else."""
    try:
        found = json.loads(view.get("private_metadata") or "{}")
    except (ValueError, TypeError, RecursionError):
        return {}
    return {name: str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def _whom(body: Mapping[str, Any], name: str) -> str:
    """An id: commands and events have it beside the rest, everything else in a part of its own."""
    found = fields(body.get(name)).get("id") or body.get(f"{name}_id")
    return found if isinstance(found, str) else ""
