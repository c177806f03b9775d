"""`cuecard migrate`: brings the database's schema to today's."""

import click

from bot.settings import Settings
from bot.storage.database import connect
from bot.storage.schema import migrate as migrate_database


@click.command()
def migrate() -> None:
    """Make or renew the database's tables.

    Run it before `cuecard serve`: at first, and again with every new version. Where nothing is to be done, it does
    nothing. The database is a SQLite file in your home, or DATABASE_URL's.

    \b
    Examples:
      cuecard migrate
      DATABASE_URL=postgresql://user:password@host/cuecard cuecard migrate
    """
    migrate_database(connect(Settings.from_env().database_url))
    click.echo("The database is ready.")
