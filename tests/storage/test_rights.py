import uuid

import psycopg
from databases import opened
from sqlalchemy import select

from bot.storage.database import connect
from bot.storage.rights import missing_right
from bot.storage.tables import changes


def test_a_database_that_takes_rows_is_well_and_none_is_left_in_it(ready):
    assert missing_right(ready) == ""
    with ready.connect() as connection:
        assert connection.execute(select(changes)).all() == []


def test_a_database_that_can_only_be_read_is_said_in_its_own_words(tmp_path):
    role = f"cuecard_reader_{uuid.uuid4().hex[:8]}"
    with opened("postgresql", tmp_path, migrated=True) as engine:
        owner = engine.url.set(drivername="postgresql")
        with psycopg.connect(owner.render_as_string(hide_password=False), autocommit=True) as connection:
            connection.execute(f"CREATE ROLE {role} LOGIN")
            connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}")
            reader = connect(owner.set(username=role).render_as_string(hide_password=False))
            said = missing_right(reader)
            reader.dispose()
            connection.execute(f"DROP OWNED BY {role}")
            connection.execute(f"DROP ROLE {role}")
    assert "permission denied for table" in said
