"""The database's schema: brought to today's, and whether it is."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bot.storage.fault import DatabaseError

_MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> None:
    """Bring the schema to today's; one process at a time, before the others start. Raises DatabaseError."""
    try:
        with engine.begin() as connection:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError:
        # Alembic does not know the revision that it finds.
        raise DatabaseError(
            "A newer Cuecard made this database; install that version, or restore a backup of this one's."
        ) from None
    except SQLAlchemyError as error:
        raise _silent(error) from None


def is_current(engine: Engine) -> bool:
    """Whether the schema is today's. Raises DatabaseError when the database does not answer."""
    try:
        with engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError as error:
        raise _silent(error) from None
    return found == ScriptDirectory.from_config(_config()).get_current_head()


def _silent(error: SQLAlchemyError) -> DatabaseError:
    """What the driver says of a connection; of anything else its kind alone, since it might hold a row."""
    why = str(error.orig).partition("\n")[0] if isinstance(error, OperationalError) else type(error).__name__
    return DatabaseError(f"The database does not answer ({why}); check DATABASE_URL.")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config
