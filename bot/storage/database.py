"""The database: SQLite with no set-up, PostgreSQL through DATABASE_URL; neither keeps anybody waiting for long."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError

from bot.storage.fault import DatabaseError
from bot.storage.rest import Rest

if TYPE_CHECKING:
    from bot.storage.parts import Parts

POOL = 5
"""Connections of a process that stay open, and how many more there may be for a while."""
POOL_PATIENCE = 2
"""Seconds to wait for a free one of them."""


def connect(url: str) -> Engine:
    """An engine for a DATABASE_URL. Raises DatabaseError for a URL it cannot use."""
    # Hosts hand out postgres:// URLs, a scheme that SQLAlchemy has dropped.
    for old in ("postgres://", "postgresql://"):
        if url.startswith(old):
            url = "postgresql+psycopg://" + url.removeprefix(old)
    try:
        parsed = make_url(url)
        _check(parsed)
        size = int(str(parsed.query.get("pool_size", POOL)))
        parsed = parsed.difference_update_query(["pool_size"])
        made: Parts = _kind(parsed.get_backend_name()).parts(parsed)
        engine = create_engine(
            made.url,
            connect_args=made.arguments,
            pool_pre_ping=True,
            hide_parameters=True,
            pool_size=size,
            max_overflow=size,
            pool_timeout=POOL_PATIENCE,
            execution_options={"rest": Rest()},
        )
    except (ArgumentError, ModuleNotFoundError, ValueError):
        raise DatabaseError("Set DATABASE_URL to something like postgresql://user:password@host/cuecard.") from None
    made.listen(engine)
    return engine


def _check(url: URL) -> None:
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise DatabaseError("Set DATABASE_URL to a sqlite:/// or postgresql:// address; others are not supported.")
    if "@" in (url.host or ""):
        raise DatabaseError("Write %40 for each @ in the password of DATABASE_URL.")
    if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
        raise DatabaseError("Name a file in DATABASE_URL, as sqlite:////srv/cuecard/cuecard.db.")


def shown(url: str) -> str:
    """The address of a database without anything secret, for the log. Raises DatabaseError as `connect` does."""
    engine = connect(url)
    if engine.dialect.name == "sqlite":
        return f"sqlite:///{_kind('sqlite').file_of(engine)}"
    return f"postgresql://{engine.url.host or ''}/{engine.url.database}"


@contextmanager
def alone(engine: Engine) -> Iterator[Connection]:
    """A transaction beside which no other process has one of these, however long it takes."""
    with engine.begin() as connection:
        # What is set here is set for this connection alone, and it goes back to nobody.
        connection.detach()
        _kind(engine.dialect.name).lock(connection)
        yield connection


def _kind(name: str) -> Any:
    # Each loads a driver, and only one of them is needed.
    return importlib.import_module(f"bot.storage.{name}")
