"""`cuecard serve --socket`: answers over Slack's own line, and shows the probes on a port of its own."""

import logging
from typing import Any

from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.cli.pages import serve_pages
from bot.cli.stop import asked_to_stop
from bot.operating import operate
from bot.progress import note
from bot.serving import build_kept, build_slack
from bot.settings import Settings, SettingsError
from bot.wiring import Bot, build_bot

log = logging.getLogger(__name__)


def listen(settings: Settings) -> None:
    """Build the bot and answer until asked to stop. Raises Refused, SettingsError and DatabaseError."""
    answer(build_bot(settings, note).over(build_kept(settings), real=True), settings)


def answer(bot: Bot, settings: Settings) -> None:
    """Answer over Socket Mode until asked to stop. Raises SettingsError where Slack does not let the bot in."""
    bot.warm()
    operated = operate(bot, settings)
    line: Any = SocketModeHandler(build_slack(bot, settings, operated.calls, operated.figures), settings.app_token)
    try:
        line.connect()
    except SlackApiError as error:
        why = error.response["error"]
        raise SettingsError(
            f"Slack refuses SLACK_APP_TOKEN ({why}); copy it again from Basic Information → App-Level Tokens."
        ) from None
    except (SlackClientError, OSError):
        raise SettingsError("Slack cannot be reached; check the network and any proxy.") from None
    serve_pages(operated.pages, settings.port)
    log.info("Connected to Slack.")
    asked_to_stop().wait()
    line.close()
