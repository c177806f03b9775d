"""What every write shares: one transaction, one word for a database that is gone, and the count of changes."""

import importlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, Table
from sqlalchemy.exc import SQLAlchemyError

from bot.services.ports import NotKept
from bot.storage.tables import changes
from bot.storage.why import is_silent, sentence

if TYPE_CHECKING:
    from bot.storage.rest import Rest


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """A connection whose writes happen all or not at all; durable afterwards.

    Raises NotKept, which tells nothing of the database: at once, where it did not answer a moment ago.
    """
    rest: Rest = engine.get_execution_options()["rest"]
    rest.check()
    answered = True
    try:
        with engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        answered = False
        rest.failed(sentence(error), silent=is_silent(error))
        raise NotKept from None
    finally:
        if answered:
            rest.answered()


def put(connection: Connection, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Write a row in place of the one with its key; with no values, only where there is none."""
    if not values:
        begin(connection, table, key)
        return
    row = _insert(connection, table).values(**key, **values)
    connection.execute(row.on_conflict_do_update(index_elements=list(key), set_=dict(values)))


def begin(connection: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    """Write a row where there is none of its key; whether there was none."""
    row = _insert(connection, table).values(**values).on_conflict_do_nothing()
    return connection.execute(row.returning(*table.primary_key)).first() is not None


def bump(connection: Connection, workspace: str, *, choice: bool = False) -> int:
    """Count one more change of what a workspace is answered, or one more choice of a site; how many there are now.

    Until the transaction ends, no other one counts in that workspace.
    """
    row = _insert(connection, changes).values(workspace=workspace, count=int(not choice), choices=int(choice))
    counter = changes.c["choices" if choice else "count"]
    counted = row.on_conflict_do_update(index_elements=["workspace"], set_={counter.name: counter + 1})
    return int(connection.execute(counted.returning(counter)).scalar_one())


def in_utc(at: datetime) -> datetime:
    """A time with its zone: SQLite gives it back without; it was stored in UTC."""
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _insert(connection: Connection, table: Table) -> Any:
    # The two databases share the words of an upsert, SQLAlchemy does not; it loads each one's slowly.
    return importlib.import_module(f"sqlalchemy.dialects.{connection.dialect.name}").insert(table)
