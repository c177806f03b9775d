import socket
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime

import psycopg
import pytest
from databases import database_url, opened
from sqlalchemy import text

from bot.domain.revision import Revision
from bot.services.ports import NotKept, Taken
from bot.storage import sqlite
from bot.storage.changes import StoredChanges
from bot.storage.database import connect
from bot.storage.managers import StoredManagers
from bot.storage.postgresql import MIGRATION
from bot.storage.rest import SECONDS, Rest
from bot.storage.revisions import StoredRevisions
from bot.storage.schema import migrate

QUICK = "options=-c%20lock_timeout%3D100%20-c%20statement_timeout%3D200"


class Way:
    """The way to a server, which can be made to hang: what is sent then arrives nowhere."""

    def __init__(self, port):
        self.asked, self._port, self._open = 0, port, threading.Event()
        self._open.set()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._welcome, daemon=True).start()

    def hang(self):
        self._open.clear()

    def go_on(self):
        self._open.set()

    def close(self):
        self._door.close()

    def _welcome(self):
        while True:
            try:
                here, _ = self._door.accept()
            except OSError:
                return
            self.asked += 1
            there = socket.create_connection(("127.0.0.1", self._port))
            for pair in ((here, there), (there, here)):
                threading.Thread(target=self._carry, args=pair, daemon=True).start()

    def _carry(self, one, other):
        with one, other:
            try:
                while sent := one.recv(65536):
                    self._open.wait()
                    other.sendall(sent)
            except OSError:
                return


@contextmanager
def behind(url):
    """The address of a database by a way that can hang, and that way."""
    head, _, rest = url.rpartition("@")
    host, _, name = rest.partition("/")
    way = Way(int(host.partition(":")[2] or 5432))
    try:
        yield f"{head}@127.0.0.1:{way.port}/{name}", way
    finally:
        way.go_on()
        way.close()


@pytest.fixture
def address(tmp_path):
    with database_url("postgresql", tmp_path, migrated=True) as url:
        yield url


def shown(engine, name):
    with engine.connect() as connection:
        return connection.execute(text(f"SHOW {name}")).scalar_one()


def test_postgresql_gets_limits_of_time_and_those_of_the_address_stand(address):
    engine = connect(f"{address}?options=-c%20lock_timeout%3D700&connect_timeout=9&pool_size=2")
    assert shown(engine, "lock_timeout") == "700ms"
    assert shown(engine, "statement_timeout") == "3s"
    assert shown(engine, "idle_in_transaction_session_timeout") == "10s"
    assert engine.pool.size() == 2
    with engine.connect() as connection:
        driver = connection.connection.dbapi_connection
        assert driver.patience == 4.0, "a second beyond the longest statement"
        assert driver.info.get_parameters()["connect_timeout"] == "9"
        assert driver.info.get_parameters()["tcp_user_timeout"] == "5000"
    engine.dispose()


def test_the_limits_that_an_operator_gave_the_user_of_the_database_stand(address):
    name = address.rpartition("/")[2]
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} SET statement_timeout = '9s'")
    engine = connect(address)
    assert shown(engine, "statement_timeout") == "9s"
    assert shown(engine, "lock_timeout") == "2s"
    engine.dispose()


def test_a_table_that_is_held_keeps_nobody_waiting_and_is_said(address, caplog):
    engine = connect(f"{address}?{QUICK}")
    with psycopg.connect(address) as other:
        other.execute("LOCK TABLE managers")
        with pytest.raises(NotKept):
            StoredManagers(engine).named("T1")
    assert "Another process holds a table of the database" in caplog.text
    engine.dispose()


def test_a_file_that_is_held_keeps_nobody_waiting_and_is_said(tmp_path, caplog, monkeypatch):
    monkeypatch.setattr(sqlite, "PATIENCE", 20)
    with opened("sqlite", tmp_path, migrated=True) as engine:
        other = sqlite3.connect(sqlite.file_of(engine), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotKept):
            StoredManagers(engine).change("T1", name={"U1"})
        other.close()
    assert "Another process holds the database" in caplog.text


def test_a_server_that_hangs_is_given_up_and_not_asked_again_by_everybody(address, caplog):
    with behind(address) as (url, way):
        engine = connect(f"{url}?{QUICK}&connect_timeout=2")
        kept = StoredChanges(engine)
        assert kept.workspaces() == {}
        way.hang()
        with pytest.raises(NotKept):
            kept.workspaces()
        asked = way.asked
        for _ in range(50):
            with pytest.raises(NotKept):
                kept.workspaces()
        assert way.asked == asked
        assert len([one for one in caplog.records if one.name == "bot.storage.rest"]) == 1
        engine.dispose()


def test_an_answer_that_came_too_late_is_never_taken_for_the_next_one(address):
    with behind(address) as (url, way):
        engine = connect(f"{url}?{QUICK}&connect_timeout=2")
        with engine.connect() as connection:
            driver = connection.connection.dbapi_connection
            way.hang()
            with pytest.raises(psycopg.OperationalError):
                driver.execute("SELECT 1")
            assert driver.closed
            connection.detach()
        engine.dispose()


def test_a_migration_waits_for_another_longer_than_any_statement_of_the_server(address):
    name = address.rpartition("/")[2]
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = %s::oid"
    with psycopg.connect(address, autocommit=True) as other, ThreadPoolExecutor() as pool:
        other.execute(f"ALTER DATABASE {name} SET statement_timeout = '100ms'")
        (number,) = other.execute("SELECT oid FROM pg_database WHERE datname = %s", (name,)).fetchone()
        other.execute(f"SELECT pg_advisory_lock({MIGRATION})")
        migrating = pool.submit(migrate, connect(address))
        while not other.execute(waiting, (number,)).fetchone()[0]:
            assert not migrating.done()
        other.execute("SELECT pg_sleep(0.3)")
        other.execute(f"SELECT pg_advisory_unlock({MIGRATION})")
        migrating.result()


def test_a_database_that_did_not_answer_rests_and_is_then_tried_by_one_for_all():
    clock = [100.0]
    rest = Rest(lambda: clock[0])
    rest.check()
    rest.failed("It does not answer.", silent=True)
    with pytest.raises(NotKept):
        rest.check()
    clock[0] += SECONDS
    rest.check()
    clock[0] += SECONDS
    with pytest.raises(NotKept):
        rest.check()
    rest.answered()
    rest.check()
    rest.check()


def test_a_database_that_says_who_was_first_does_not_rest(address):
    engine = connect(address)
    kept = StoredRevisions(engine)
    version = Revision(workspace="T1", playbook="a", number=1, author="U1", at=datetime(2026, 1, 31, tzinfo=UTC))
    kept.add(version)
    rest = engine.get_execution_options()["rest"]
    rest.failed("It does not answer.", silent=True)
    rest._until = 1.0
    with pytest.raises(Taken):
        kept.add(version)
    assert kept.history("T1", "a") == [version]
    engine.dispose()


def test_what_answers_with_an_error_is_asked_again_at_once_and_told_once(caplog):
    rest = Rest(lambda: 100.0)
    for _ in range(3):
        rest.failed("The disk is full.", silent=False)
        rest.failed("All connections are waiting.", silent=False)
        rest.check()
    assert caplog.messages == ["The disk is full.", "All connections are waiting."]
    rest.answered()
    rest.failed("The disk is full.", silent=False)
    assert len(caplog.messages) == 3
