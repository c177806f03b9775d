"""`cuecard import`: a folder of playbooks into a workspace, or ready answers of another tool as forms to finish."""

import codecs
from pathlib import Path

import click

from bot.cli.bot import open_bot
from bot.cli.workspace import the_workspace, workspace_option
from bot.domain.problem import Problem, Refused
from bot.library.source import decode, list_files, read_file
from bot.services.exchange import POLICY, RETIRED, Import, Plan
from bot.services.gate import Gate
from bot.services.macros import macros
from bot.services.ports import NotKept
from bot.serving import build_kept
from bot.settings import Settings
from bot.storage.fault import DatabaseError
from bot.wiring import Bot

MAX_CSV = 5_000_000
"""Bytes of a CSV file."""


@click.command("import")
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@workspace_option
@click.option("--new", is_flag=True, help="Begin a workspace of which nothing is kept yet.")
@click.option("--yes", is_flag=True, help="Change it without asking.")
def import_(source: Path, workspace: str, *, new: bool, yes: bool) -> None:
    """Take playbooks from SOURCE into a workspace.

    From a folder, as `cuecard export` writes it: says what it would change, asks, and changes all of it or nothing.
    From a CSV file (title, text, tags): each row becomes a form for a manager to finish; nothing of it is in force.

    \b
    Examples:
      cuecard import ~/our-playbooks
      cuecard import macros.csv --workspace T0123ABCD
      cuecard import ~/our-playbooks --workspace T0123ABCD --new
    """
    kept = build_kept(Settings.from_env())
    name = the_workspace(kept, workspace, new=new)
    bot = open_bot().over(kept)
    try:
        if source.is_dir():
            _folder(bot, name, source, yes=yes)
        else:
            _rows(bot, name, source)
    except NotKept:
        raise DatabaseError("The database did not take it, so nothing was changed; check DATABASE_URL.") from None


def _folder(bot: Bot, workspace: str, folder: Path, *, yes: bool) -> None:
    assert bot.kept is not None
    door = Import(bot.kept, Gate(bot.shelves, bot.compiler))
    plan = door.plan(workspace, _files(folder))
    if not plan.changed:
        click.echo("Nothing would change.")
        return
    _show(bot, plan)
    if yes or click.confirm("Change this?"):
        saved = door.save(plan)
        waiting = [one.playbook for one in saved if one.waiting]
        click.echo(f"{len(saved)} saved; in force within two seconds.")
        if waiting:
            click.echo(f"Waiting for a manager's approval: {', '.join(waiting)}.")


def _files(folder: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for path in list_files(folder, ".yaml"):
        if path.name != POLICY:
            try:
                found[path.name] = decode(read_file(path), path.name)
            except Refused as refused:
                problems += refused.problems
    retired = folder / RETIRED
    if retired.is_file():
        found[RETIRED] = decode(read_file(retired), RETIRED)
    if problems or not found:
        none = Problem(str(folder), 0, 0, "", "There are no playbooks here; name a folder with .yaml files.")
        raise Refused(tuple(problems) or (none,))
    return found


def _show(bot: Bot, plan: Plan) -> None:
    library = bot.shelves.library(plan.workspace)
    for name, written in plan.changed.items():
        was = library.entry(name)
        doing = "take off" if written is None else "change  " if was else "add     "
        entry = written.entry if written else was
        click.echo(f"{doing}  {name}: {entry.title if entry else name}")
    for sentence in plan.moves:
        click.echo(f"          {sentence}")


def _rows(bot: Bot, workspace: str, file: Path) -> None:
    assert bot.kept is not None
    library = bot.shelves.library(workspace)
    taken = {*library.playbooks, *library.phrases, *bot.library.playbooks, *bot.kept.revisions.newest(workspace)}
    # Spreadsheets put a byte order mark in front of the CSV files they save as UTF-8.
    text = decode(read_file(file, MAX_CSV).removeprefix(codecs.BOM_UTF8), file.name, MAX_CSV)
    drafts = macros(workspace, text, file.name, taken)
    for draft in drafts:
        bot.kept.drafts.keep(draft)
    waiting = "1 form waits" if len(drafts) == 1 else f"{len(drafts)} forms wait"
    click.echo(f"{waiting} for a manager in Cuecard's Home tab; nothing of them is in force.")
