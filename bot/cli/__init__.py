"""The `cuecard` command, one module a command."""

import logging
import sys
from collections.abc import Callable
from importlib import import_module

import click

from bot.domain.problem import Refused
from bot.logs import begun
from bot.settings import SettingsError
from bot.storage.fault import DatabaseError

log = logging.getLogger(__name__)
COMMANDS = {
    "ask": "ask.ask",
    "backup": "backup.backup",
    "check": "check.check",
    "doctor": "doctor.doctor",
    "eval": "eval.evaluate",
    "explain": "explain.explain",
    "export": "export.export",
    "forget": "forget.forget",
    "import": "import_.import_",
    "match": "match.match",
    "migrate": "migrate.migrate",
    "playground": "playground.playground",
    "schema": "schema.schema",
    "serve": "serve.serve",
    "worker": "worker.worker",
}
"""Where each command stands in this package."""


class Commands(click.Group):
    """The commands; the module of one is read when it is asked for, so that none waits for what others need."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        """Their names."""
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """The command of a name; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(".")
        found: click.Command = getattr(import_module(f"bot.cli.{module}"), name)
        return found


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cuecard")
def cuecard() -> None:
    """The right words on the spot.

    \b
    Try it:      cuecard playground, or: cuecard ask "client demands steve's cell, he's off today"
    Keep words:  edit playbooks/*.yaml, then: cuecard check
    Run it:      cuecard doctor, cuecard migrate, then: cuecard serve

    Each command's --help shows examples. Settings are read from the environment; README lists them.
    """


def main() -> None:
    """Run the command; every fault ends in a sentence and exit code 2."""
    told(cuecard)


def told(act: Callable[[], object]) -> None:
    """Do something whose faults end in a sentence, in the log if there is one, and exit code 2."""
    try:
        act()
    except (Refused, SettingsError, DatabaseError) as error:
        if begun():
            log.critical("%s", error)
        else:
            click.echo(str(error), err=True)
        sys.exit(2)
