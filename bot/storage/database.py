"""The database: SQLite with no set-up, PostgreSQL through DATABASE_URL, and its schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

_MIGRATIONS = Path(__file__).parent / "migrations"


class DatabaseError(Exception):
    """The database cannot be used; its text says what to do, and holds no password."""


def connect(url: str) -> Engine:
    """An engine for a DATABASE_URL; makes the folder of a SQLite file. Raises DatabaseError for a URL it cannot use."""
    # Hosts hand out postgres:// URLs, a scheme that SQLAlchemy has dropped.
    for old in ("postgres://", "postgresql://"):
        if url.startswith(old):
            url = "postgresql+psycopg://" + url.removeprefix(old)
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() not in ("sqlite", "postgresql"):
            raise DatabaseError("Set DATABASE_URL to a sqlite:/// or postgresql:// address; others are not supported.")
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, pool_pre_ping=True, hide_parameters=True)
    except (ArgumentError, ModuleNotFoundError, ValueError):
        raise DatabaseError("Set DATABASE_URL to something like postgresql://user:password@host/cuecard.") from None
    except OSError as error:
        raise DatabaseError(f"The database's folder cannot be made ({error.strerror}); set DATABASE_URL.") from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite)
    return engine


def _sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA busy_timeout=5000")
    cursor.close()


def migrate(engine: Engine) -> None:
    """Bring the schema to today's; one process at a time, before the others start. Raises DatabaseError."""
    try:
        with engine.begin() as connection:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except SQLAlchemyError as error:
        raise DatabaseError(f"The database does not answer ({type(error).__name__}); check DATABASE_URL.") from None


def is_current(engine: Engine) -> bool:
    """Whether the schema is today's. Raises DatabaseError when the database does not answer."""
    try:
        with engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError as error:
        raise DatabaseError(f"The database does not answer ({type(error).__name__}); check DATABASE_URL.") from None
    return found == ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config
