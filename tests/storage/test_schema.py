import logging
import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from databases import KINDS, database_url, opened
from sqlalchemy import event, text

from bot.cli.ready import require_tables
from bot.domain.gap import Gap
from bot.domain.revision import Revision
from bot.services.ports import NotKept
from bot.settings import Settings
from bot.storage import sqlite
from bot.storage.calls import StoredCalls
from bot.storage.changes import StoredChanges
from bot.storage.database import connect
from bot.storage.fault import DatabaseError, SchemaError
from bot.storage.gaps import StoredGaps
from bot.storage.managers import StoredManagers
from bot.storage.revisions import StoredRevisions
from bot.storage.schema import _config, is_current, migrate
from bot.storage.tables import metadata

HERE = Path(__file__).parent.parent.parent
NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)


def upgraded(engine, revision):
    """The same engine, on a database as an earlier version left it."""
    if engine.dialect.name == "sqlite":
        sqlite.make(engine)
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    return engine


def test_the_schema_is_made_once_and_known_to_be_current(engine):
    assert not is_current(engine)
    migrate(engine)
    migrate(engine)
    assert is_current(engine)


def test_the_migrations_make_what_the_code_knows_and_nothing_else(ready):
    with ready.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


EIGHT = """
import os, sys
from bot.cli import told
from bot.storage.database import connect
from bot.storage.schema import migrate

for _ in range(8):
    if os.fork() == 0:
        told(lambda: migrate(connect(sys.argv[1])))
        os._exit(0)
print(sorted(os.waitpid(-1, 0)[1] for _ in range(8)))
"""


@pytest.mark.parametrize("kind", KINDS)
def test_eight_who_migrate_at_once_all_find_it_ready(kind, tmp_path):
    with database_url(kind, tmp_path) as url:
        home = {**os.environ, "PYTHONPATH": str(HERE)}
        ran = subprocess.run([sys.executable, "-c", EIGHT, url], env=home, capture_output=True, text=True, check=True)
        assert (ran.stdout, ran.stderr) == (f"{[0] * 8}\n", "")
        engine = connect(url)
        assert is_current(engine)
        engine.dispose()


def test_a_migration_that_fails_leaves_the_tables_as_they_were(engine):
    upgraded(engine, "0003")
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE changes ADD COLUMN choices INTEGER"))
    with pytest.raises(SchemaError):
        migrate(engine)
    with engine.connect() as connection:
        columns = connection.execute(text("SELECT * FROM sites")).keys()
    assert "version" not in columns, "the step before the one that failed was taken back"


def test_a_database_of_a_newer_version_is_left_alone(engine):
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for use in (is_current, migrate):
        with pytest.raises(SchemaError, match="A newer Cuecard made this database"):
            use(engine)


def test_nothing_is_served_from_a_database_of_a_newer_version(tmp_path):
    with opened("sqlite", tmp_path, migrated=True) as engine:
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        settings = Settings.from_env({"DATABASE_URL": f"sqlite:///{sqlite.file_of(engine)}"})
        with pytest.raises(SchemaError, match="A newer Cuecard"):
            require_tables(settings)


def test_an_older_backup_over_newer_tables_is_told_for_what_it_is(engine):
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(SchemaError, match="older backup was restored over it.*empty database"):
        migrate(engine)


def test_calls_of_before_the_sites_wait_on_and_those_that_were_told_are_forgotten(engine):
    upgraded(engine, "0002")
    with engine.begin() as connection:
        row = "INSERT INTO calls VALUES (:id, 'T1', 'U1', 'customers-fighting', :at, :told)"
        connection.execute(text(row), {"id": "waits", "at": NOW, "told": None})
        connection.execute(text(row), {"id": "told", "at": NOW, "told": NOW})
    migrate(engine)
    (left,) = StoredCalls(engine).take(NOW, NOW)
    assert (left.id, left.site, left.at) == ("waits", "", NOW)


def test_versions_of_before_their_turns_keep_their_order_although_a_clock_was_put_back(engine):
    upgraded(engine, "0004")
    row = "INSERT INTO revisions VALUES ('T1', :playbook, :number, 'U1', :at, '', 'words', '', false)"
    with engine.begin() as connection:
        for playbook, number, hours in (("b", 1, 1), ("b", 2, 9), ("a", 1, 8), ("b", 3, 2), ("a", 2, 10)):
            at = NOW + timedelta(hours=hours)
            connection.execute(text(row), {"playbook": playbook, "number": number, "at": at})
    migrate(engine)
    kept = StoredRevisions(engine)
    kept.add(Revision(workspace="T1", playbook="c", number=1, author="U1", at=NOW))
    found = [(one.playbook, one.number) for one in kept.latest("T1", 9)]
    assert found == [("c", 1), ("a", 2), ("b", 3), ("b", 2), ("a", 1), ("b", 1)]


@pytest.mark.parametrize("revision", ["0001", "0004"])
def test_a_database_of_an_earlier_version_under_a_running_server_says_so(engine, revision, caplog):
    upgraded(engine, revision)
    for _ in range(2):
        with pytest.raises(NotKept):
            StoredRevisions(engine).newest("T1")
    (said,) = [record.getMessage() for record in caplog.records if record.name == "bot.storage.rest"]
    assert said.startswith("The database's tables are not those of this version (")
    assert said.endswith("; run `cuecard migrate`.")
    migrate(engine)
    assert StoredRevisions(engine).newest("T1") == {}


def test_an_earlier_version_can_still_write_while_the_next_one_takes_over(ready):
    with ready.begin() as connection:
        for words in (
            """revisions (workspace, playbook, number, author, at, note, kind, text, needs)
               VALUES ('T1', 'a', 1, 'U1', '2026-01-31 12:00:00', '', 'words', '', false)""",
            "drafts (workspace, person, playbook, base, fields) VALUES ('T1', 'U1', 'a', 1, '{}')",
            "choices (workspace, person, site) VALUES ('T1', 'U1', 'harbour')",
        ):
            connection.execute(text(f"INSERT INTO {words}"))


@pytest.mark.parametrize(
    ("url", "part"),
    [
        ("mysql://x", "others are not supported"),
        ("nonsense", "postgresql://user:password@host/cuecard"),
        ("postgresql://u:secret@127.0.0.1:1/x", "port 1 failed: Connection refused); check DATABASE_URL"),
        ("postgresql://u:not@secret@127.0.0.1:1/x", "Write %40 for each @"),
        ("sqlite://", "Name a file in DATABASE_URL"),
        ("sqlite:///:memory:", "Name a file in DATABASE_URL"),
        ("sqlite:////proc", "unable to open database file"),
        ("postgresql://u@127.0.0.1:1/x?pool_size=many", "postgresql://user:password@host/cuecard"),
    ],
)
def test_a_database_that_cannot_be_used_says_why_without_its_password(url, part):
    for use in (is_current, migrate):
        with pytest.raises(DatabaseError) as error:
            use(connect(url))
        assert part in str(error.value)
        assert "secret" not in str(error.value)
        assert str(error.value)[-1] == "."


def test_a_file_that_cannot_be_made_says_why():
    with pytest.raises(DatabaseError, match="cannot be made .*/proc/no.*; set DATABASE_URL"):
        migrate(connect("sqlite:////proc/no/x.db"))


def test_looking_at_a_database_makes_none(tmp_path):
    engine = connect(f"sqlite:///{tmp_path / 'new' / 'cuecard.db'}")
    assert not is_current(engine)
    with pytest.raises(NotKept):
        StoredChanges(engine).workspaces()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_says_so(tmp_path):
    (tmp_path / "cuecard.db").write_text("not a database at all, but long enough to be looked at " * 40)
    for use in (is_current, migrate):
        with pytest.raises(DatabaseError, match="is not a database.*restore a backup"):
            use(connect(f"sqlite:///{tmp_path / 'cuecard.db'}"))


@contextmanager
def open_to_all():
    """A umask that takes nothing away."""
    before = os.umask(0)
    try:
        yield
    finally:
        os.umask(before)


def modes(folder):
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.iterdir())}


def test_the_file_its_folder_and_all_beside_it_are_the_owners_alone(tmp_path):
    with open_to_all():
        engine = connect(f"sqlite:///{tmp_path / 'deep' / 'kept' / 'cuecard.db'}")
        migrate(engine)
        StoredManagers(engine).change("T1", name={"U1"})
        private = dict.fromkeys(("cuecard.db", "cuecard.db-wal", "cuecard.db-shm"), 0o600)
        assert modes(tmp_path / "deep" / "kept") == {"kept": 0o700, **private}


def test_what_an_earlier_version_left_open_to_others_is_closed_and_the_folder_stays_as_it_is(tmp_path):
    with opened("sqlite", tmp_path, migrated=True) as engine:
        StoredManagers(engine).change("T1", name={"U1"})
        folder = sqlite.file_of(engine).parent
        for path in folder.iterdir():
            path.chmod(0o644)
        folder.chmod(0o755)
        other = connect(f"sqlite:///{sqlite.file_of(engine)}")
        StoredManagers(other).named("T1")
        assert set(modes(folder).values()) == {0o755, 0o600}
        other.dispose()


def test_a_file_that_is_deleted_under_a_running_server_keeps_nothing_and_says_so(tmp_path, caplog):
    with opened("sqlite", tmp_path, migrated=True) as engine:
        kept, file = StoredManagers(engine), sqlite.file_of(engine)
        kept.change("T1", name={"U1"})
        for path in list(file.parent.iterdir()):
            path.unlink()
        for _ in range(2):
            with pytest.raises(NotKept):
                kept.change("T1", name={"U2"})
        assert not file.exists()
        (said,) = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
        assert "cannot be opened (unable to open database file); put it back, or run `cuecard migrate`" in said
        migrate(engine)
        kept.change("T1", name={"U3"})
        assert kept.named("T1") == {"U3"}


def test_a_file_that_is_put_in_the_place_of_another_is_the_one_that_is_used(tmp_path):
    with opened("sqlite", tmp_path, migrated=True) as engine:
        kept, file = StoredManagers(engine), sqlite.file_of(engine)
        kept.change("T1", name={"U1"})
        backup = sqlite3.connect(file)
        backup.execute(f"VACUUM INTO '{tmp_path / 'backup.db'}'")
        backup.close()
        kept.change("T1", name={"U2"})
        for path in list(file.parent.iterdir()):
            path.unlink()
        (tmp_path / "backup.db").rename(file)
        assert kept.named("T1") == {"U1"}


@contextmanager
def nobody():
    """Somebody who may not write everywhere: root may."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "reads"), [(0o444, 0o777, True), (0o444, 0o555, False), (0o666, 0o555, False)]
)
def test_a_file_or_folder_that_can_only_be_read_says_so(file_mode, folder_mode, reads, caplog):
    with tempfile.TemporaryDirectory() as folder, opened("sqlite", Path(folder), migrated=True) as engine:
        kept, file = StoredManagers(engine), sqlite.file_of(engine)
        kept.change("T1", name={"U1"})
        engine.dispose()
        Path(folder).chmod(0o755)
        file.chmod(file_mode)
        file.parent.chmod(folder_mode)
        with nobody():
            if reads:
                assert kept.named("T1") == {"U1"}
            with pytest.raises(NotKept):
                kept.change("T1", name={"U2"})
            engine.dispose()
        file.parent.chmod(0o755)
    assert "The database's file cannot be written; give its file and folder to whoever runs Cuecard." in caplog.messages


def test_postgresql_that_can_only_be_read_says_so(tmp_path, caplog):
    with database_url("postgresql", tmp_path, migrated=True) as url:
        engine = connect(f"{url}?options=-c%20default_transaction_read_only%3Don")
        assert StoredManagers(engine).named("T1") == frozenset()
        with pytest.raises(NotKept):
            StoredManagers(engine).change("T1", name={"U2"})
        assert "The database can only be read; let DATABASE_URL's user write" in caplog.text
        engine.dispose()


def test_a_full_disk_keeps_nothing_says_so_and_goes_on_once_there_is_room(tmp_path, caplog):
    with opened("sqlite", tmp_path, migrated=True) as engine:
        pages = []
        event.listen(engine, "connect", lambda connection, _: connection.execute(f"PRAGMA max_page_count={pages[-1]}"))
        with sqlite3.connect(sqlite.file_of(engine)) as file:
            pages.append(file.execute("PRAGMA page_count").fetchone()[0])
        kept = StoredGaps(engine)
        gap = Gap(id="1" * 32, workspace="T1", site="", text="x" * 50_000, at=NOW)
        with pytest.raises(NotKept):
            kept.add(gap)
        assert "The disk under the database is full; make room on it." in caplog.text
        pages.append(1000)
        engine.dispose()
        kept.add(gap)
        assert kept.open("T1") == [gap]
