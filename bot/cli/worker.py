"""`cuecard worker`: calls for the boss that did not get through are told again."""

import logging

import click

from bot import logs
from bot.cli.bot import open_bot
from bot.cli.ready import require_bot_token, require_tables
from bot.cli.stop import PATIENCE, asked_to_stop
from bot.serving import build_calls, build_kept
from bot.settings import Settings

log = logging.getLogger(__name__)
EVERY = 10.0
"""Seconds between two looks."""


@click.command()
@click.option("--once", is_flag=True, help="Look once and stop.")
def worker(*, once: bool) -> None:
    """Tell calls again that Slack did not take.

    `cuecard serve` does so by itself. Looks every ten seconds, until it is stopped. Needs SLACK_BOT_TOKEN,
    CUECARD_DUTY_CHANNEL, and the database that `cuecard serve` uses.

    \b
    Examples:
      cuecard worker
      cuecard worker --once                            from a timer
    """
    settings = Settings.from_env()
    logs.begin(settings.log)
    require_bot_token(settings)
    if not settings.duty_channel:
        # Hosts that read a Procfile take a process that ends for a fault, and some then end the others.
        stopped = asked_to_stop()
        log.warning("CUECARD_DUTY_CHANNEL is not set, so there is nothing to tell.")
        if not once:
            stopped.wait()
        return
    require_tables(settings)
    calls = build_calls(open_bot(), build_kept(settings), settings)
    assert calls is not None
    stopped = asked_to_stop(PATIENCE)
    while True:
        told = calls.tell_again()
        if told:
            log.info("told again: %d", told)
        if once or stopped.wait(EVERY):
            return
