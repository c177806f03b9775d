"""`cuecard worker`: calls for the boss that did not get through are told again."""

import signal
import threading

import click

from bot.cli.bot import open_bot
from bot.settings import Settings, SettingsError
from bot.wiring import build_calls, build_kept

EVERY = 10.0
"""Seconds between two looks."""


@click.command()
@click.option("--once", is_flag=True, help="Look once and stop.")
def worker(*, once: bool) -> None:
    """Tell the boss of calls that Slack did not take at first."""
    settings = Settings.from_env()
    if not settings.bot_token or not settings.duty_channel:
        raise SettingsError("Set SLACK_BOT_TOKEN and CUECARD_DUTY_CHANNEL; without them there is nothing to tell.")
    calls = build_calls(open_bot(), build_kept(settings), settings)
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    while True:
        told = calls.tell_again()
        if told:
            click.echo(f"told again: {told}")
        if once or stopped.wait(EVERY):
            return
