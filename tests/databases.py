"""Databases for tests: an empty SQLite file or a PostgreSQL database of its own."""

import os
import uuid
from contextlib import contextmanager

import psycopg
import pytest

from bot.storage.database import connect

POSTGRES = os.environ.get("CUECARD_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
KINDS = ("sqlite", "postgresql")


@contextmanager
def database_url(kind, folder):
    """The address of an empty database that is gone afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'deep' / 'cuecard.db'}"
        return
    name = f"cuecard_test_{uuid.uuid4().hex[:8]}"
    try:
        with psycopg.connect(POSTGRES, autocommit=True, connect_timeout=2) as connection:
            connection.execute(f"CREATE DATABASE {name}")
    except psycopg.OperationalError:
        pytest.skip("PostgreSQL is not there: start one, or set CUECARD_TEST_POSTGRES")
    try:
        yield POSTGRES.rsplit("/", 1)[0] + f"/{name}"
    finally:
        with psycopg.connect(POSTGRES, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def opened(kind, folder):
    """An engine on an empty database."""
    with database_url(kind, folder) as url:
        engine = connect(url)
        try:
            yield engine
        finally:
            engine.dispose()
