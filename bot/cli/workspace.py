"""Which workspace a command of the terminal is about."""

import click

from bot.services.ports import Kept, NotKept
from bot.settings import SettingsError
from bot.storage.fault import DatabaseError

workspace_option = click.option(
    "--workspace", default="", help="The workspace's id, as T0123ABCD; needed unless the database knows just one."
)


def the_workspace(kept: Kept, named: str, *, new: bool = False) -> str:
    """The workspace that was named, else the only one. Raises SettingsError and DatabaseError.

    Of a `new` one nothing need be kept yet.
    """
    try:
        known = sorted(kept.traces.workspaces())
    except NotKept:
        raise DatabaseError("The database does not answer, or has no tables; run `cuecard migrate`.") from None
    there = ", ".join(known) or "none yet"
    if named and named not in known and not new:
        raise SettingsError(f"Nothing is kept of a workspace {named}; the database knows {there}.")
    if not named and len(known) != 1:
        raise SettingsError(f"Say which workspace with --workspace; the database knows {there}.")
    return named or known[0]
