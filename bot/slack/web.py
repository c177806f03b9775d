"""Slack's Web API, as this app calls it: what fails is counted by Slack's own word for why."""

import re
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from bot.services.figures import Figures

UNREACHABLE = "unreachable"
"""Our own word for a Slack that does not answer in time."""
_CODE = re.compile(r"[a-z][a-z0-9_]{0,60}", re.ASCII)


class SlackWeb(WebClient):
    """slack_sdk's client, heard."""

    def __init__(self, figures: Figures, **more: Any) -> None:
        """`more` are slack_sdk's own arguments."""
        super().__init__(**more)
        self._figures = figures

    def api_call(self, api_method: str, **more: Any) -> SlackResponse:
        """Call a method. Raises SlackClientError and OSError, as slack_sdk does."""
        try:
            return super().api_call(api_method, **more)
        except (SlackClientError, OSError) as error:
            self._figures.slack_refused(api_method, why(error))
            raise


def why(error: Exception) -> str:
    """Slack's code for what it refused; a word of our own where it gave none. Holds nothing of what was sent."""
    if isinstance(error, SlackApiError):
        code = str(error.response.get("error", ""))
        # Of an answer that is no JSON, slack_sdk puts the beginning here.
        return code if _CODE.fullmatch(code) else f"http_{error.response.status_code}"
    return UNREACHABLE if isinstance(error, OSError) else type(error).__name__
