"""`cuecard forget`: deletes what is kept of a person."""

import re

import click

from bot.cli.workspace import the_workspace, workspace_option
from bot.services.ports import NotKept
from bot.serving import build_kept
from bot.settings import Settings, SettingsError
from bot.storage.fault import DatabaseError

NAMELESS = ("versions", "approvals")
"""What stays, without a name: cards that are in force would change without them."""


@click.command()
@click.argument("person")
@workspace_option
@click.option("--yes", is_flag=True, help="Delete it without asking.")
def forget(person: str, workspace: str, *, yes: bool) -> None:
    """Delete what is kept of PERSON, a Slack member id.

    Their unsaved forms, the site they chose, their rights to edit and their calls for the boss are deleted. Versions
    they saved and approved stay, without their name. Words that people wrote, as in playbooks and notes, stay as they
    are; gaps hold no names.

    \b
    Example:
      cuecard forget U0123ABCD
    """
    if not re.fullmatch(r"[UW][A-Z0-9]{2,31}", person):
        raise SettingsError(f"{person} is no Slack member id, such as U0123ABCD; copy it from their profile in Slack.")
    kept = build_kept(Settings.from_env())
    name = the_workspace(kept, workspace)
    if not yes and not click.confirm(f"Delete what is kept of {person} in workspace {name}? Nothing brings it back"):
        return
    try:
        found = {what: count for what, count in kept.traces.forget(name, person).items() if count}
    except NotKept:
        raise DatabaseError("The database did not take it, so nothing was deleted; try again.") from None
    if not found:
        click.echo(f"Nothing is kept of {person} in workspace {name}.")
    for what, count in found.items():
        click.echo(f"{'without a name' if what in NAMELESS else 'deleted':<15} {count} {what}")
