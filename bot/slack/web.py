"""Slack's Web API, as this app calls it: what fails is counted by Slack's own word for why."""

from typing import Any

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.services.figures import Figures
from bot.slack.trouble import TROUBLE, code_of


class SlackWeb(WebClient):
    """slack_sdk's client, heard."""

    def __init__(self, figures: Figures, **more: Any) -> None:
        """`more` are slack_sdk's own arguments."""
        super().__init__(**more)
        self._figures = figures

    def api_call(self, api_method: str, **more: Any) -> SlackResponse:
        """Call a method. Raises what TROUBLE names, as slack_sdk does."""
        try:
            return super().api_call(api_method, **more)
        except TROUBLE as error:
            self._figures.slack_refused(api_method, code_of(error))
            raise
