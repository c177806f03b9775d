"""`cuecard serve`: the bot behind a public address, or over Socket Mode without one."""

import logging
from typing import Any

import click
from granian.constants import Interfaces
from granian.server import Server
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackApiError, SlackClientError

from bot import logs
from bot.cli.figures_folder import figures_folder
from bot.cli.pages import serve_pages
from bot.cli.ready import EVERYWHERE, require_ready, require_slack
from bot.cli.stop import asked_to_stop
from bot.operating import Operating
from bot.progress import note
from bot.serving import build_kept, build_slack
from bot.settings import Settings, SettingsError
from bot.wiring import Bot, build_bot

log = logging.getLogger(__name__)


@click.command()
@click.option("--socket", is_flag=True, help="Use Socket Mode: no public address needed.")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Web processes; not for --socket."
)
def serve(*, socket: bool, workers: int) -> None:
    """Run the bot for Slack, until it is stopped.

    `cuecard doctor` says what is missing, `cuecard migrate` makes the database.

    \b
    Behind a public address; Slack posts to https://<yours>/slack/events:
      SLACK_BOT_TOKEN=xoxb-… SLACK_SIGNING_SECRET=… cuecard serve
    Without one; Cuecard calls Slack:
      SLACK_BOT_TOKEN=xoxb-… SLACK_APP_TOKEN=xapp-… cuecard serve --socket
    """
    settings = Settings.from_env()
    logs.begin(settings.log)
    require_ready(settings, over_socket=socket)
    require_slack(settings)
    if socket:
        listen(build_bot(settings, note).over(build_kept(settings), real=True), settings)
    else:
        _web(settings, workers)


def listen(bot: Bot, settings: Settings) -> None:
    """Answer over Socket Mode until asked to stop. Raises SettingsError where Slack does not let the bot in."""
    bot.warm()
    operating = Operating(settings)
    app = build_slack(bot, settings, operating.over(bot), operating.figures)
    line: Any = SocketModeHandler(app, settings.app_token)
    try:
        line.connect()
    except SlackApiError as error:
        why = error.response["error"]
        raise SettingsError(
            f"Slack refuses SLACK_APP_TOKEN ({why}); copy it again from Basic Information → App-Level Tokens."
        ) from None
    except (SlackClientError, OSError):
        raise SettingsError("Slack cannot be reached; check the network and any proxy.") from None
    serve_pages(operating.pages, settings.port)
    log.info("Connected to Slack.")
    asked_to_stop().wait()
    line.close()


def _web(settings: Settings, workers: int) -> None:
    logging.getLogger("_granian").addFilter(_is_news)
    server = Server(
        "bot.wsgi:build",
        factory=True,
        address=EVERYWHERE,
        port=settings.port,
        interface=Interfaces.WSGI,
        websockets=False,
        workers=workers,
        blocking_threads=8,
        log_access=False,
        log_dictconfig=logs.for_granian(),
    )
    with figures_folder():
        server.serve()


def _is_news(record: logging.LogRecord) -> bool:
    # Granian warns of more threads than cores; ours mostly wait for Slack.
    return "Python threads" not in record.getMessage()
