"""The database: SQLite with no set-up, PostgreSQL through DATABASE_URL."""

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.storage.fault import DatabaseError

PATIENCE = 3
"""Seconds that an attempt to reach the database may take."""


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
        if "@" in (parsed.host or ""):
            raise DatabaseError("Write %40 for each @ in the password of DATABASE_URL.")
        if parsed.get_backend_name() == "sqlite":
            if parsed.database in (None, "", ":memory:"):
                raise DatabaseError("Name a file in DATABASE_URL, as sqlite:////srv/cuecard/cuecard.db.")
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, pool_pre_ping=True, hide_parameters=True, pool_timeout=PATIENCE, **_more(parsed))
    except (ArgumentError, ModuleNotFoundError, ValueError):
        raise DatabaseError("Set DATABASE_URL to something like postgresql://user:password@host/cuecard.") from None
    except OSError as error:
        raise DatabaseError(f"The database's folder cannot be made ({error.strerror}); set DATABASE_URL.") from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite)
    return engine


def shown(url: str) -> str:
    """The address of a database without anything secret, for the log. Raises DatabaseError as `connect` does."""
    found = connect(url).url
    place = f"{found.host or ''}/{found.database}" if found.get_backend_name() == "postgresql" else f"/{found.database}"
    return f"{found.get_backend_name()}://{place}"


def _more(url: URL) -> dict[str, Any]:
    return {"connect_args": {"connect_timeout": PATIENCE}} if url.get_backend_name() == "postgresql" else {}


def _sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA busy_timeout=5000")
    cursor.close()
