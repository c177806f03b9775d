"""`cuecard check`: the gate, for people and for CI."""

import dataclasses
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from bot.cli.bot import playbooks_option
from bot.domain.problem import Problem
from bot.library.load import load_library
from bot.rendering.frames import Frames
from bot.services.check import check as check_library
from bot.services.shelf import build_shelf
from bot.settings import Settings


@click.command()
@playbooks_option
@click.option("--json", "as_json", is_flag=True, help="Print the problems as a JSON list.")
def check(playbooks: Path | None, *, as_json: bool) -> None:
    """Check every playbook: its form, its words, its phrases, its own tests.

    Exits 0 when all is well, 1 when something is to be mended.
    """
    settings = Settings.from_env()
    folder = playbooks or settings.playbooks
    library, problems = load_library(folder)
    found, files, lines = list(problems), 0, 0
    if library:
        shelf, broken = build_shelf(library, Frames(settings.templates))
        found += [*broken, *check_library(library, shelf)]
        files, lines = len(library.playbooks), sum(len(entry.phrases) for entry in library.playbooks.values())
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(problem) for problem in sorted(found)], ensure_ascii=False, indent=2))
    else:
        _show(sorted(found), files, lines)
    sys.exit(1 if found else 0)


def _show(problems: Sequence[Problem], files: int, lines: int) -> None:
    console = Console(highlight=False, soft_wrap=True)
    last = ""
    for problem in problems:
        if problem.file != last:
            console.print(Text(problem.file, style="bold"))
            last = problem.file
        place = f"{problem.line}:{problem.column}" if problem.line else "file"
        console.print(Text(f"  {place:>8}  "), Text(problem.field, style="cyan"), Text(f" {problem.sentence}"), sep="")
    if problems:
        console.print(
            Text(f"{len(problems)} to mend in {len({problem.file for problem in problems})} files.", "bold red")
        )
    else:
        console.print(Text(f"All well: {files} playbooks, {lines} phrases.", style="bold green"))
