"""The `cuecard` command, one module a command."""

import sys
from collections.abc import Callable

import click

from bot.cli.ask import ask
from bot.cli.check import check
from bot.cli.doctor import doctor
from bot.cli.eval import evaluate
from bot.cli.explain import explain
from bot.cli.export import export
from bot.cli.import_ import import_
from bot.cli.match import match
from bot.cli.migrate import migrate
from bot.cli.playground import playground
from bot.cli.schema import schema
from bot.cli.serve import serve
from bot.cli.worker import worker
from bot.domain.problem import Refused
from bot.settings import SettingsError
from bot.storage.database import DatabaseError

COMMANDS = (playground, ask, explain, check, evaluate, match, schema, serve, worker, migrate, export, import_, doctor)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cuecard")
def cuecard() -> None:
    """The right words on the spot.

    \b
    Try it:      cuecard playground, or: cuecard ask "client demands steve's cell, he's off today"
    Keep words:  edit playbooks/*.yaml, then: cuecard check
    Run it:      cuecard doctor, cuecard migrate, then: cuecard serve

    Each command's --help shows examples. Settings are read from the environment; README lists them.
    """


for _command in COMMANDS:
    cuecard.add_command(_command)


def main() -> None:
    """Run the command; every fault ends in a sentence and exit code 2."""
    told(cuecard)


def told(act: Callable[[], object]) -> None:
    """Do something whose faults end in a sentence and exit code 2."""
    try:
        act()
    except (Refused, SettingsError, DatabaseError) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
