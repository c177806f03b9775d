"""`cuecard worker`: calls for the boss that did not get through are told again."""

import click

from bot.cli.bot import open_bot
from bot.cli.ready import require_bot_token, require_tables
from bot.cli.stop import asked_to_stop
from bot.serving import build_calls, build_kept
from bot.settings import Settings

EVERY = 10.0
"""Seconds between two looks."""


@click.command()
@click.option("--once", is_flag=True, help="Look once and stop.")
def worker(*, once: bool) -> None:
    """Tell the boss of calls that Slack did not take at first.

    Looks every ten seconds, until it is stopped. Needs SLACK_BOT_TOKEN, CUECARD_DUTY_CHANNEL, and the database that
    `cuecard serve` uses.

    \b
    Examples:
      cuecard worker
      cuecard worker --once                            from a timer
    """
    settings = Settings.from_env()
    require_bot_token(settings)
    if not settings.duty_channel:
        # Hosts that read a Procfile take a process that ends for a fault, and some then end the others.
        stopped = asked_to_stop()
        click.echo("CUECARD_DUTY_CHANNEL is not set, so there is nothing to tell.", err=True)
        if not once:
            stopped.wait()
        return
    require_tables(settings)
    calls = build_calls(open_bot(), build_kept(settings), settings)
    assert calls is not None
    stopped = asked_to_stop()
    while True:
        told = calls.tell_again()
        if told:
            click.echo(f"told again: {told}")
        if once or stopped.wait(EVERY):
            return
