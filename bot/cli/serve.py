"""`cuecard serve`: the bot behind a public address, or over Socket Mode without one."""

import logging
from importlib import import_module

import click
from granian.constants import Interfaces
from granian.server import Server

from bot import logs
from bot.cli.figures_folder import figures_folder
from bot.cli.ready import EVERYWHERE, require_ready, require_slack
from bot.settings import Settings

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
        # Web processes must not inherit what it loads: prometheus_client decides once whether figures are shared.
        import_module("bot.cli.listen").listen(settings)
    else:
        _web(settings, workers)


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
