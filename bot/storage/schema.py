"""The database's schema: brought to today's, and whether it is."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.storage import sqlite
from bot.storage.database import alone
from bot.storage.fault import DatabaseError, SchemaError
from bot.storage.why import is_there_already, sentence

_MIGRATIONS = Path(__file__).parent / "migrations"
NEWER = "A newer Cuecard made this database; install that version, or restore a backup of this one's."
MIXED = (
    "The database holds tables that are newer than it says: an older backup was restored over it. "
    "Restore that backup into an empty database; docs/operating.md says how."
)


def migrate(engine: Engine) -> None:
    """Bring the schema to today's; makes a SQLite file. Of several at once, one works and the others wait.

    Raises DatabaseError.
    """
    if engine.dialect.name == "sqlite":
        sqlite.make(engine)
    try:
        with alone(engine) as connection:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError:
        # Alembic does not know the revision that it finds.
        raise SchemaError(NEWER) from None
    except SQLAlchemyError as error:
        if is_there_already(error):
            raise SchemaError(MIXED) from None
        raise DatabaseError(sentence(error)) from None


def is_current(engine: Engine) -> bool:
    """Whether the schema is today's. Raises DatabaseError when the database does not answer, SchemaError if newer."""
    if engine.dialect.name == "sqlite" and not sqlite.file_of(engine).exists():
        return False
    try:
        with engine.connect() as connection:
            found = _revision(connection)
    except SQLAlchemyError as error:
        raise DatabaseError(sentence(error)) from None
    scripts = ScriptDirectory.from_config(_config())
    if found and found not in {script.revision for script in scripts.walk_revisions()}:
        raise SchemaError(NEWER)
    return found == scripts.get_current_head()


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config
