"""Who acted in Slack, and where their answer belongs."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.asker import Asker


@dataclass(frozen=True, slots=True)
class Where:
    """Who acted, and what takes the answer: a response URL, or the form that holds the button.

    `trigger` opens one more form, once and within three seconds.
    """

    asker: Asker
    url: str = ""
    form: str = ""
    trigger: str = ""


def where_of(body: Mapping[str, Any]) -> Where:
    """Read a payload of Slack's. What it left out is empty."""
    view = body.get("view") or {}
    asker = Asker(_id(body, "team"), _id(body, "user"), _id(body, "channel") or kept(view).get("channel", ""))
    form = str(view.get("id", "")) if view.get("type") == "modal" else ""
    return Where(asker, str(body.get("response_url") or ""), form, str(body.get("trigger_id") or ""))


def kept(view: Mapping[str, Any]) -> dict[str, str]:
    """What a form keeps in its private metadata: texts by name; nothing where it keeps something else."""
    try:
        found = json.loads(view.get("private_metadata") or "{}")
    except (ValueError, RecursionError):
        return {}
    return {name: str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def _id(body: Mapping[str, Any], part: str) -> str:
    return str((body.get(part) or {}).get("id", ""))
