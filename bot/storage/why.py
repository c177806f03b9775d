"""What the driver of a database says, as a sentence that says what to do."""

import sqlite3

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

NOT_SILENT = ("40", "53100")
"""What PostgreSQL begins its codes with where it answers well, and an error all the same: deadlocks, a full disk."""
_UNLIKE = "The database's tables are not those of this version ({why}); run `cuecard migrate`."
_SENTENCES: dict[int | str, str] = {
    sqlite3.SQLITE_BUSY: "Another process holds the database; end what does, or wait.",
    sqlite3.SQLITE_CANTOPEN: "The database's file cannot be opened ({why}); put it back, or run `cuecard migrate`.",
    sqlite3.SQLITE_CORRUPT: "The database's file is damaged ({why}); restore a backup.",
    sqlite3.SQLITE_ERROR: _UNLIKE,
    sqlite3.SQLITE_FULL: "The disk under the database is full; make room on it.",
    sqlite3.SQLITE_IOERR: "The database's disk cannot be read or written ({why}); look whether it is full or broken.",
    sqlite3.SQLITE_NOTADB: "The database's file is not a database ({why}); restore a backup, or set DATABASE_URL.",
    sqlite3.SQLITE_READONLY: "The database's file cannot be written; give its file and folder to whoever runs Cuecard.",
    "25006": "The database can only be read; let DATABASE_URL's user write, or name the primary server.",
    "53100": "The disk under the database is full; make room on it.",
    "53300": "The database takes no more connections; raise its limit, or lower pool_size in DATABASE_URL.",
    "55P03": "Another process holds a table of the database; end what does, or wait.",
    "57014": "The database is too slow: it did not answer in time; look at its load.",
    "42P01": _UNLIKE,
    "42703": _UNLIKE,
    "42501": "DATABASE_URL's user may not do this in the database ({why}); give it its own schema or the rights.",
}
"""By SQLite's and by PostgreSQL's code."""


def sentence(error: SQLAlchemyError) -> str:
    """What is wrong and what to do; of rows it holds nothing."""
    if isinstance(error, PoolTimeout):
        return "All connections to the database are waiting; look at its load."
    known = _SENTENCES.get(_code(error))
    # Only what a driver says of a connection is told: of anything else it might hold a row.
    plain = known or isinstance(error, OperationalError)
    why = str(getattr(error, "orig", "")).partition("\n")[0] if plain else type(error).__name__
    return (known or "The database does not answer ({why}); check DATABASE_URL.").format(why=why)


def is_silent(error: SQLAlchemyError) -> bool:
    """Whether the database did not answer at all, so that asking again at once would only cost time."""
    code = _code(error)
    if isinstance(code, int):
        return code == sqlite3.SQLITE_BUSY
    return isinstance(error, OperationalError | PoolTimeout) and not code.startswith(NOT_SILENT)


def is_there_already(error: SQLAlchemyError) -> bool:
    """Whether a table or a column was to be made that is there."""
    said = str(getattr(error, "orig", ""))
    return _code(error) in ("42P07", "42701") or "already exists" in said or "duplicate column name" in said


def _code(error: SQLAlchemyError) -> int | str:
    """SQLite's code without its details, or PostgreSQL's; empty where there is none."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF
    return getattr(cause, "sqlstate", None) or ""
