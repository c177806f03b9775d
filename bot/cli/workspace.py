"""Which workspace a command of the terminal is about."""

import click

from bot.services.ports import NotKept
from bot.settings import SettingsError
from bot.storage.fault import DatabaseError
from bot.wiring import Bot

workspace_option = click.option(
    "--workspace", default="", help="The workspace's id, as T0123ABCD; needed unless the database knows just one."
)


def the_workspace(bot: Bot, named: str) -> str:
    """The workspace that was named, else the only one. Raises SettingsError and DatabaseError."""
    assert bot.kept is not None
    try:
        known = sorted(bot.kept.changes.workspaces())
    except NotKept:
        raise DatabaseError("The database does not answer, or has no tables; run `cuecard migrate`.") from None
    if named:
        return named
    if len(known) != 1:
        raise SettingsError(
            f"Say which workspace with --workspace; the database knows {', '.join(known) or 'none yet'}."
        )
    return known[0]
