"""Who acted in Slack, and where their answer belongs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.asker import Asker


@dataclass(frozen=True, slots=True)
class Where:
    """Who acted, and the response URL that takes the answer."""

    asker: Asker
    url: str = ""


def where_of(body: Mapping[str, Any]) -> Where:
    """Read a press's payload. What Slack left out is empty."""
    asker = Asker(_id(body, "team"), _id(body, "user"), _id(body, "channel"))
    return Where(asker, str(body.get("response_url", "")))


def _id(body: Mapping[str, Any], part: str) -> str:
    return str((body.get(part) or {}).get("id", ""))
