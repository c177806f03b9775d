"""`cuecard playground`: Cuecard in a browser, in a small workspace that is not Slack."""

import webbrowser
from pathlib import Path

import click

from bot.cli.bot import playbooks_option, settings_for
from bot.cli.stop import asked_to_stop
from bot.playground.guard import is_loopback
from bot.playground.page_server import PageServer
from bot.playground.room import Playground
from bot.settings import MAX_PORT, SettingsError

TRIED = 20
"""Ports that are tried one after another."""


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, MAX_PORT),
    default=4000,
    show_default=True,
    help="Where to listen; where it is taken, the next free one.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--allow-remote", is_flag=True, help="Let other machines in; anyone who reaches it sees everything.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@playbooks_option
def playground(*, port: int, host: str, allow_remote: bool, no_browser: bool, playbooks: Path | None) -> None:
    """Try Cuecard in a browser, in a made-up workplace.

    No Slack is needed, and nothing leaves this machine. Ctrl+C stops it.

    \b
    Examples:
      cuecard playground
      cuecard playground --playbooks ~/our-playbooks   with your own words
      cuecard playground --no-browser --port 8080      on a machine without a screen
    """
    if not is_loopback(host) and not allow_remote:
        raise SettingsError(
            f"The playground has no passwords, so it listens on this machine alone; "
            f"to let others in at {host} all the same, add --allow-remote."
        )
    room = Playground(settings_for(playbooks))
    server = open_server(room, host, port)
    stopped = asked_to_stop()
    server.serve()
    room.start()
    address = f"http://{f'[{host}]' if ':' in host else host}:{server.port}/"
    click.echo(f"Cuecard plays Slack at {address} (Ctrl+C stops it)")
    if not no_browser:
        webbrowser.open(address)
    stopped.wait()
    server.close()
    room.close()


def open_server(room: Playground, host: str, port: int) -> PageServer:
    """A server on the first free port from `port` on. Raises SettingsError where there is none."""
    for tried in range(port, min(port + TRIED, MAX_PORT + 1)):
        try:
            return PageServer(room, host, tried)
        except OSError:
            continue
    raise SettingsError(f"Nothing can listen on {host} at port {port} or the next {TRIED}; name others with --port.")
