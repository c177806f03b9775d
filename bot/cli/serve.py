"""`cuecard serve`: the bot behind a public address, or over Socket Mode without one."""

import logging
import socket
import threading
from collections.abc import Callable
from functools import partial
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

import click
from granian._granian import SocketHolder
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.mp import MPServer
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackApiError, SlackClientError

from bot import logs
from bot.cli.figures_folder import figures_folder
from bot.cli.listening import BACKLOG, Listening, connections, listen, offer
from bot.cli.pages import serve_pages
from bot.cli.ready import require_ready, require_slack
from bot.cli.stop import PATIENCE, asked_to_stop, leave
from bot.operating import Operating, said
from bot.progress import note
from bot.serving import build_kept, build_slack
from bot.settings import Settings, SettingsError
from bot.wiring import Bot, build_bot
from bot.wsgi import build

log = logging.getLogger(__name__)
HEAD = 5000
"""Milliseconds in which the head of a request must be here, from the moment of the connection."""
BUFFER = 32_768
"""Bytes of a head, and of a body that nobody has asked for yet."""


@click.command()
@click.option("--socket", "over_socket", is_flag=True, help="Use Socket Mode: no public address needed.")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Web processes; not for --socket."
)
@click.option("--replace", is_flag=True, help="Take the place of the Cuecard on this port, and refuse nobody.")
def serve(*, over_socket: bool, workers: int, replace: bool) -> None:
    """Run the bot for Slack, until it is stopped.

    `cuecard doctor` says what is missing, `cuecard migrate` makes the database.

    \b
    Behind a public address; Slack posts to https://<yours>/slack/events:
      SLACK_BOT_TOKEN=xoxb-… SLACK_SIGNING_SECRET=… cuecard serve
    A newer one in the place of one that runs, without refusing anybody:
      SLACK_BOT_TOKEN=xoxb-… SLACK_SIGNING_SECRET=… cuecard serve --replace
    Without one; Cuecard calls Slack:
      SLACK_BOT_TOKEN=xoxb-… SLACK_APP_TOKEN=xapp-… cuecard serve --socket
    """
    settings = Settings.from_env()
    logs.begin(settings.log)
    require_ready(settings, over_socket=over_socket)
    if over_socket:
        require_slack(settings)
        connect(build_bot(settings, note).over(build_kept(settings), real=True), settings)
        return
    meeting = settings.cache / f"serve-{settings.port}.sock"
    with figures_folder():
        code = _web(settings, workers, listen(settings.port, meeting, replace=replace), meeting)
    leave(code)


def connect(bot: Bot, settings: Settings) -> None:
    """Answer over Socket Mode until asked to stop. Raises SettingsError where Slack does not let the bot in."""
    bot.warm()
    operating = Operating(settings)
    kept = bot.kept or build_kept(settings)
    app = build_slack(bot, settings, operating.over(bot, kept), operating.figures)
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
    log.info(said(bot, settings))
    asked_to_stop(PATIENCE).wait()
    line.close()


class _Web(MPServer):
    """Granian over a socket that listens already: all processes accept from one queue, which outlives each of them."""

    def __init__(self, listening: socket.socket, workers: int) -> None:
        self._listening = listening
        address, port = listening.getsockname()[:2]
        super().__init__(
            "bot.wsgi:build",
            address=address,
            port=port,
            interface=Interfaces.RSGI,
            http=HTTPModes.http1,
            http1_settings=HTTP1Settings(header_read_timeout=HEAD, keep_alive=False, max_buffer_size=BUFFER),
            websockets=False,
            workers=workers,
            backlog=BACKLOG,
            backpressure=connections(),
            workers_kill_timeout=PATIENCE,
            log_access=False,
            log_dictconfig=logs.for_granian(),
        )

    def _init_shared_socket(self) -> None:
        holder: Any = SocketHolder
        self._sso = self._listening
        self._shd = holder(self._listening.fileno(), False, BACKLOG)  # noqa: FBT003 - no path


class _Look(threading.Thread):
    """What Slack says of the token, asked beside, so that a Slack that hangs keeps nobody from the port."""

    def __init__(self, settings: Settings, end: Callable[[], object]) -> None:
        """`end` is called where Slack will not take the token; `refused` then says so."""
        super().__init__(name="look", daemon=True)
        self._settings = settings
        self._end = end
        self.refused: SettingsError | None = None

    def run(self) -> None:
        """Look."""
        try:
            require_slack(self._settings)
        except SettingsError as error:
            self.refused = error
            self._end()


def _web(settings: Settings, workers: int, listening: Listening, meeting: Path) -> int:
    """Serve until asked to stop; the code to end with. Raises SettingsError where Slack will not take the token."""
    # A queue has a lock, which a process that is killed may take along; so short a write needs none.
    heard, told = Pipe(duplex=False)
    server = _Web(listening.socket, workers)
    opening = partial(build, told.send, beside=listening.line is None)
    look = _Look(settings, server.signal_handler_interrupt)
    look.start()

    def follow() -> None:
        served = heard.recv()
        # One that never stood would not stand the second time, and has said why.
        server.respawn_failed_workers = True
        look.join()
        if look.refused:
            return
        if listening.line:
            listening.take_place()
            opening.keywords["beside"] = True
            offer(listening.socket, meeting, server.signal_handler_interrupt)
        while True:
            log.info(served)
            served = heard.recv()

    if not listening.line:
        offer(listening.socket, meeting, server.signal_handler_interrupt)
    threading.Thread(target=follow, name="stood", daemon=True).start()
    code = 0
    try:
        server.serve(target_loader=opening, wrap_loader=False)
    except SystemExit as ended:
        code = int(ended.code or 0)
    if look.refused:
        raise look.refused
    return code
