"""`cuecard migrate`: brings the database's schema to today's."""

import click

from bot.settings import Settings
from bot.storage.database import connect
from bot.storage.schema import migrate as migrate_database


@click.command()
def migrate() -> None:
    """Make or renew the database's tables; run it once before `serve`."""
    migrate_database(connect(Settings.from_env().database_url))
    click.echo("The database is ready.")
