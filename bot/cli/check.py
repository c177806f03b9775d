"""`cuecard check`: the gate, for people and for CI."""

import dataclasses
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from bot.cli.bot import playbooks_option, settings_for
from bot.domain.problem import Problem, Refused
from bot.services.check import check as check_library
from bot.services.check import only_just
from bot.wiring import Bot, build_bot


@click.command()
@playbooks_option
@click.option("--json", "as_json", is_flag=True, help="Print the problems as a JSON list.")
def check(playbooks: Path | None, *, as_json: bool) -> None:
    """Check every playbook, and say what to mend.

    Reads every line as it would be said under every circumstance, and tries each playbook's own tests. Exits 0 when
    all is well, 1 when something is to be mended, so that a release stops there.

    \b
    Examples:
      cuecard check
      cuecard check --playbooks ~/our-playbooks
      cuecard check --json                             for a program
    """
    try:
        bot = build_bot(settings_for(playbooks))
        found = sorted({*bot.problems, *check_library(bot.library, bot.shelf, bot.compiler, whole=not bot.problems)})
    except Refused as refused:
        found = sorted(refused.problems)
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(problem) for problem in found], ensure_ascii=False, indent=2))
    elif found:
        _show(found)
        click.secho(f"{len(found)} to mend in {len({problem.file for problem in found})} files.", fg="red", bold=True)
    else:
        _praise(bot)
    sys.exit(1 if found else 0)


def _praise(bot: Bot) -> None:
    """That all is well, with what is worth knowing all the same."""
    entries = {*bot.library.playbooks, *bot.library.phrases} - {*bot.library.lent}
    if advice := only_just(bot.library, bot.shelf, bot.compiler, entries):
        _show(advice)
        click.echo(f"{len(advice)} only just; none of them needs mending.")
    if lent := bot.library.lent:
        click.echo(f"Not in this folder, so that those that came with Cuecard stand in: {', '.join(lent)}.")
    phrases = sum(len(entry.phrases) for entry in bot.library.playbooks.values())
    click.secho(f"All well: {len(bot.shelf.cards)} playbooks, {phrases} phrases.", fg="green", bold=True)


def _show(problems: Sequence[Problem]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    last = ""
    for problem in problems:
        if problem.file != last:
            console.print(Text(problem.file, style="bold"))
            last = problem.file
        place = f"{problem.line}:{problem.column}" if problem.line else "file"
        console.print(Text(f"  {place:>8}  "), Text(problem.field, style="cyan"), Text(f" {problem.sentence}"), sep="")
