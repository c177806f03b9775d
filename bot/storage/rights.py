"""What Cuecard may do in its database, and who else may read it."""

from pathlib import Path

from sqlalchemy import Connection, Engine, Table, delete, false, insert, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from bot.storage.tables import metadata

OTHERS = 0o077
"""The bits of a file's mode that let others in."""


def missing_right(engine: Engine) -> str:
    """Why a row of some table could not be written, in the driver's words; empty where all could. Writes none."""
    try:
        with engine.connect() as connection:
            for table in metadata.sorted_tables:
                _try(connection, table)
            connection.rollback()
    except SQLAlchemyError as error:
        return str(getattr(error, "orig", None) or type(error).__name__).partition("\n")[0]
    return ""


def open_to_others(engine: Engine) -> Path | None:
    """The SQLite file, where others on this machine may read it; None where they may not, or there is no such file."""
    if engine.dialect.name != "sqlite":
        return None
    with engine.connect() as connection:
        file = Path(connection.execute(text("PRAGMA database_list")).one().file)
    return file if file.stat().st_mode & OTHERS else None


def _try(connection: Connection, table: Table) -> None:
    column = next(iter(table.primary_key))
    connection.execute(insert(table).from_select([*table.columns], select(table).where(false())))
    connection.execute(update(table).where(false()).values({column: column}))
    connection.execute(delete(table).where(false()))
