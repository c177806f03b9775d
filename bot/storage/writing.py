"""What every write shares: one transaction, one word for a database that is gone, and the count of changes."""

import importlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Table
from sqlalchemy.exc import SQLAlchemyError

from bot.services.ports import NotKept
from bot.storage.tables import changes


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """A connection whose writes happen all or not at all; durable afterwards.

    Raises NotKept, which tells nothing of the database.
    """
    try:
        with engine.begin() as connection:
            yield connection
    except SQLAlchemyError:
        raise NotKept from None


def put(connection: Connection, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Write a row in place of the one with its key; with no values, only where there is none."""
    row = _insert(connection, table).values(**key, **values)
    if values:
        connection.execute(row.on_conflict_do_update(index_elements=list(key), set_=dict(values)))
    else:
        connection.execute(row.on_conflict_do_nothing())


def bump(connection: Connection, workspace: str) -> None:
    """Count one more change of what a workspace is answered."""
    row = _insert(connection, changes).values(workspace=workspace, count=1)
    more = {"count": changes.c.count + 1}
    connection.execute(row.on_conflict_do_update(index_elements=["workspace"], set_=more))


def in_utc(at: datetime) -> datetime:
    """A time with its zone: SQLite gives it back without; it was stored in UTC."""
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _insert(connection: Connection, table: Table) -> Any:
    # The two databases share the words of an upsert, SQLAlchemy does not; it loads each one's slowly.
    return importlib.import_module(f"sqlalchemy.dialects.{connection.dialect.name}").insert(table)
