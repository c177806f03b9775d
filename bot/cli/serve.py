"""`cuecard serve`: the bot behind a public address, or over Socket Mode without one."""

import logging
from typing import Any

import click
from granian.constants import Interfaces
from granian.server import Server
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.cli.bot import open_bot
from bot.domain.policy import Policy
from bot.domain.problem import Refused
from bot.domain.site import Site
from bot.library.load import load_library
from bot.services.at_site import OVERRULED
from bot.services.ports import Kept, NotKept
from bot.settings import Settings, SettingsError
from bot.storage.database import DatabaseError, connect
from bot.storage.schema import is_current
from bot.wiring import build_kept, build_slack, keep_fresh

log = logging.getLogger(__name__)


@click.command()
@click.option("--socket", is_flag=True, help="Use Socket Mode: no public address needed.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Web processes.")
def serve(*, socket: bool, workers: int) -> None:
    """Run the bot for Slack.

    \b
    Behind a public address:  SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET; Slack posts to /slack/events
    Without one:              SLACK_BOT_TOKEN, SLACK_APP_TOKEN; cuecard serve --socket
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    settings = Settings.from_env()
    _require(settings, socket=socket)
    if stored_sites(build_kept(settings)):
        log.warning(OVERRULED)
    else:
        refuse_fiction(read_policy(settings))
    _require_tables(settings)
    if socket:
        bot = open_bot().over(build_kept(settings), real=True)
        bot.warm()
        keep_fresh(bot.shelves, settings.playbooks)
        line: Any = SocketModeHandler(build_slack(bot, settings), settings.app_token)
        line.start()
        return
    server = Server(
        "bot.wsgi:build",
        factory=True,
        address="0.0.0.0",  # noqa: S104 - hosts route to it
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=8,
        log_access=False,
    )
    server.serve()


def _require(settings: Settings, *, socket: bool) -> None:
    if not settings.bot_token.startswith("xoxb-"):
        raise SettingsError("Set SLACK_BOT_TOKEN to the token that starts with xoxb- (OAuth & Permissions).")
    if socket and not settings.app_token.startswith("xapp-"):
        raise SettingsError("Set SLACK_APP_TOKEN to the token that starts with xapp- (Basic Information).")
    if not socket and not settings.signing_secret:
        raise SettingsError("Set SLACK_SIGNING_SECRET (Basic Information → App Credentials), or use --socket.")


def _require_tables(settings: Settings) -> None:
    engine = connect(settings.database_url)
    try:
        ready = is_current(engine)
    except DatabaseError as error:
        log.warning(
            "%s Until it answers, only safety cards are shown, without numbers, and nothing can be changed.", error
        )
        return
    if not ready:
        raise SettingsError("The database is not ready; run `cuecard migrate` first.")


def read_policy(settings: Settings) -> Policy:
    """The workplace's policy alone: the web processes read the rest. Raises Refused."""
    library, problems = load_library(settings.playbooks)
    if library is None:
        raise Refused(problems)
    return library.policy


def stored_sites(kept: Kept) -> list[Site]:
    """Every site that is stored, none while the database does not answer; made-up numbers of theirs are not shown."""
    try:
        return [site for workspace in kept.changes.workspaces() for site in kept.sites.all(workspace)]
    except NotKept:
        return []


def refuse_fiction(policy: Policy) -> None:
    """Raise SettingsError while the policy holds the demo's made-up numbers."""
    if made_up := policy.fictional_numbers():
        raise SettingsError(
            f"Put your own {', '.join(made_up)} into policy.yaml first: nobody answers the demo's 555 01xx numbers."
        )
