"""Databases for tests, gone afterwards: a SQLite file or a PostgreSQL database of its own, empty or with its tables."""

import atexit
import os
import tempfile
import uuid
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import psycopg
import pytest

from bot.storage.database import connect
from bot.storage.schema import migrate

POSTGRES = os.environ.get("CUECARD_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
KINDS = ("sqlite", "postgresql")


@contextmanager
def database_url(kind, folder, *, migrated=False):
    """The address of a database."""
    if kind == "postgresql":
        with postgres(migrated_postgres() if migrated else "template1") as url:
            yield url
        return
    file = folder / "deep" / "cuecard.db"
    if migrated:
        file.parent.mkdir()
        file.write_bytes(migrated_sqlite())
    yield f"sqlite:///{file}"


@contextmanager
def opened(kind, folder, *, migrated=False):
    """An engine on a database."""
    with database_url(kind, folder, migrated=migrated) as url:
        engine = connect(url)
        try:
            yield engine
        finally:
            engine.dispose()


@contextmanager
def postgres(template):
    name = f"cuecard_test_{uuid.uuid4().hex[:8]}"
    try:
        with psycopg.connect(POSTGRES, autocommit=True, connect_timeout=2) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    except psycopg.OperationalError:
        pytest.skip("PostgreSQL is not there: start one, or set CUECARD_TEST_POSTGRES")
    try:
        yield POSTGRES.rsplit("/", 1)[0] + f"/{name}"
    finally:
        with psycopg.connect(POSTGRES, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@cache
def migrated_sqlite():
    """The bytes of a file that was migrated."""
    with tempfile.TemporaryDirectory() as folder:
        with opened("sqlite", Path(folder)) as engine:
            migrate(engine)
        return (Path(folder) / "deep" / "cuecard.db").read_bytes()


@cache
def migrated_postgres():
    """The name of a database that was migrated, to make others like it."""
    held = ExitStack()
    atexit.register(held.close)
    url = held.enter_context(postgres("template1"))
    engine = connect(url)
    migrate(engine)
    engine.dispose()
    return url.rsplit("/", 1)[1]
