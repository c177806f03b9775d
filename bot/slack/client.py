"""The one place where Slack's clients are built: how long a call may take, and to which addresses answers may go."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.services.figures import NOBODY, Figures
from bot.slack.trouble import Untaken
from bot.slack.web import SlackWeb

TIMEOUT = 3
"""Seconds to connect, and to read: as long as a trigger of Slack's lives."""


@dataclass(frozen=True, slots=True)
class Line:
    """The line to Slack: its Web API at `api`, and the addresses that it hands out for answers.

    `figures` count what Slack did not do.
    """

    api: str
    token: str
    figures: Figures = NOBODY

    def client(self, token: str | None = None) -> WebClient:
        """A client with the app's token, or with the one given; what fails is not tried again by itself."""
        # slack_sdk's own retries sleep in the thread that asks, and would hold up a server that is to stop.
        wanted = self.token if token is None else token
        return SlackWeb(self.figures, token=wanted or None, timeout=TIMEOUT, base_url=self.api, retry_handlers=[])

    def is_slacks(self, url: str) -> bool:
        """Whether an address is one of Slack's for answers: https://hooks.slack.com/…, or of the server at `api`."""
        try:
            asked, here = urlsplit(url), urlsplit(self.api)
            hooks = asked.scheme == "https" and asked.netloc == f"hooks.{here.netloc}"
        except ValueError:
            return False
        # A stand-in for Slack answers at one address for everything.
        stands_in = here.hostname != "slack.com" and (asked.scheme, asked.netloc) == (here.scheme, here.netloc)
        return url.isascii() and url.isprintable() and (hooks or stands_in)

    def post(self, url: str, message: dict[str, Any]) -> None:
        """Post to an address for answers. Raises Untaken, also where the address is not Slack's."""
        if not self.is_slacks(url):
            raise Untaken("not_an_address_of_slacks")
        sent = WebhookClient(url, timeout=TIMEOUT, retry_handlers=[]).send_dict(message)
        if sent.status_code != HTTPStatus.OK:
            raise Untaken(f"http_{sent.status_code}", sent.status_code, sent.headers)
