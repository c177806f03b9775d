"""A copy of a SQLite file while others read and write it."""

import os
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.storage import sqlite
from bot.storage.fault import DatabaseError
from bot.storage.why import sentence


def back_up(engine: Engine, copy: Path) -> None:
    """Write a whole copy, for the owner alone; its folder is made. Raises DatabaseError, and leaves no half a copy."""
    if engine.dialect.name != "sqlite":
        raise DatabaseError('PostgreSQL is copied by its own tool: pg_dump -Fc "$DATABASE_URL" > cuecard.dump.')
    if not sqlite.file_of(engine).exists():
        raise DatabaseError(f"There is no database at {sqlite.file_of(engine)} yet; `cuecard migrate` makes it.")
    unfinished = copy.with_name(f".{copy.name}")
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        # SQLite writes into an empty file that is there, and takes it as it is: nobody else's.
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL, 0o600))
        try:
            with engine.connect() as connection:
                connection.exec_driver_sql("VACUUM INTO ?", (str(unfinished),))
            unfinished.rename(copy)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise DatabaseError(f"The copy cannot be written ({error.strerror}: {copy.parent}); name another.") from None
    except SQLAlchemyError as error:
        raise DatabaseError(sentence(error)) from None
