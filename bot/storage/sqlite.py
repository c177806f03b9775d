"""SQLite: a file that is its owner's alone, and never a new one in place of one that is gone."""

import contextlib
import os
from pathlib import Path
from urllib.parse import quote, unquote

from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from bot.storage.fault import DatabaseError
from bot.storage.parts import Parts

PATIENCE = 2000
"""Milliseconds to wait for another process that writes."""
MIGRATION_PATIENCE = 60_000
_PREFIX = "file:"


def parts(url: URL) -> Parts:
    """The address of a file that is opened where it is there, and not made."""
    named = str(url.database)
    if not named.startswith(_PREFIX):
        url = url.set(database=_PREFIX + quote(named)).update_query_dict({"mode": "rw", "uri": "true"})
    return Parts(url, {}, _listen)


def file_of(engine: Engine) -> Path:
    """The file behind an engine, whether or not it is there."""
    return Path(unquote(str(engine.url.database).removeprefix(_PREFIX)))


def make(engine: Engine) -> None:
    """Make an empty file, and its folder, for the owner alone, where there is none. Raises DatabaseError."""
    file = file_of(engine)
    try:
        with contextlib.suppress(FileExistsError):
            file.parent.mkdir(0o700, parents=True)
            # What the umask has taken away from the owner.
            file.parent.chmod(0o700)
        with contextlib.suppress(FileExistsError):
            os.close(os.open(file, os.O_CREAT | os.O_EXCL, 0o600))
            file.chmod(0o600)
    except OSError as error:
        raise DatabaseError(
            f"The database's file or folder cannot be made ({error.strerror}: {file}); set DATABASE_URL."
        ) from None


def lock(connection: Connection) -> None:
    """Wait until no other process writes, and then take as long as it takes."""
    connection.exec_driver_sql(f"PRAGMA busy_timeout={MIGRATION_PATIENCE}")
    # Python's own transactions leave out what changes tables.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _listen(engine: Engine) -> None:
    file = file_of(engine)

    def opened(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        _close_to_others(file)
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={PATIENCE}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.close()
        entry.info["file"] = _which(file)

    def taken(_connection: DBAPIConnection, entry: ConnectionPoolEntry, _proxy: PoolProxiedConnection) -> None:
        # A file that was deleted takes writes as long as it is open, and nobody ever reads them.
        if entry.info["file"] != _which(file):
            raise DisconnectionError

    event.listen(engine, "connect", opened)
    event.listen(engine, "checkout", taken)


def _which(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _close_to_others(file: Path) -> None:
    """Take from others what an earlier version, or a restored backup, gave them; SQLite's own files beside it too."""
    for name in (file, *(file.with_name(f"{file.name}-{part}") for part in ("wal", "shm"))):
        with contextlib.suppress(OSError):
            if name.stat().st_mode & 0o077:
                name.chmod(0o600)
