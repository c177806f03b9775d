"""What Cuecard may do in its database."""

from sqlalchemy import Connection, Engine, Table, delete, false, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from bot.storage.tables import metadata


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


def _try(connection: Connection, table: Table) -> None:
    column = next(iter(table.primary_key))
    connection.execute(insert(table).from_select([*table.columns], select(table).where(false())))
    connection.execute(update(table).where(false()).values({column: column}))
    connection.execute(delete(table).where(false()))
