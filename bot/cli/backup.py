"""`cuecard backup`: a copy of the SQLite file, whole although Cuecard runs."""

from datetime import UTC, datetime
from pathlib import Path

import click

from bot.settings import Settings
from bot.storage.backup import back_up
from bot.storage.database import connect


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def backup(folder: Path) -> None:
    """Copy the database into FOLDER, under the time of day.

    Cuecard may run meanwhile. The copy is a database itself: to restore it, put it in the place of the first.
    PostgreSQL has pg_dump for this.

    \b
    Example:
      cuecard backup /backup                           every hour, from a timer
    """
    copy = folder / f"cuecard-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}.db"
    back_up(connect(Settings.from_env().database_url), copy)
    click.echo(f"The database is copied to {copy}.")
