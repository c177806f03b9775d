"""The Bolt app: one set of listeners, reached over HTTP and over Socket Mode alike."""

import logging
from collections.abc import Callable, Iterable
from typing import Protocol

from slack_bolt import App, BoltContext, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.logger.messages import warning_client_prioritized_and_token_skipped

from bot.logs import numbered
from bot.services.survive import place_of
from bot.slack.client import Line
from bot.slack.team import NO_RETRY

log = logging.getLogger(__name__)


class Listener(Protocol):
    """One surface: what people type, tap or submit."""

    def listen(self, app: App) -> None:
        """Register with Bolt."""


def build_app(listeners: Iterable[Listener], line: Line) -> App:
    """The app with every listener, on the line to Slack.

    Requests were verified at the door, and Socket Mode's come over Slack's own line.
    """
    logging.getLogger("slack_bolt").setLevel(logging.WARNING)
    logging.getLogger("slack_bolt.App").addFilter(_is_news)

    def authorize() -> AuthorizeResult:
        # The token is our own, so that no question waits for Slack's auth.test.
        return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=line.token)

    app = _Numbered(
        client=line.client(""),
        authorize=authorize,
        request_verification_enabled=False,
        process_before_response=True,
    )
    app.error(_failed)
    own = line.client()

    def hand_on(context: BoltContext, next_: Callable[[], BoltResponse]) -> BoltResponse:
        # Bolt would make a plain client for each request.
        context["client"] = own
        return next_()

    app.use(hand_on)
    for listener in listeners:
        listener.listen(app)
    return app


class _Numbered(App):
    """Gives each request, over HTTP and Socket Mode alike, a number for the log."""

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Answer one request."""
        with numbered():
            return super().dispatch(req)


def _failed(error: Exception) -> BoltResponse:
    if "slack_bolt" in place_of(error) and isinstance(error, (AttributeError, LookupError, TypeError, ValueError)):
        # Bolt reads into a body before it looks at its form.
        log.warning("a request is not of Slack's form")
        return BoltResponse(status=400, headers=NO_RETRY)
    # Bolt itself would log the message, and that may hold what was typed.
    log.error("a listener failed: %s at %s", type(error).__name__, place_of(error))
    # An event that Slack sent again would only fail again.
    return BoltResponse(status=500, headers=NO_RETRY)


def _is_news(record: logging.LogRecord) -> bool:
    # Bolt reads SLACK_BOT_TOKEN by itself, and warns that it will not use it.
    return record.msg != warning_client_prioritized_and_token_skipped()
