import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from databases import KINDS, database_url
from sqlalchemy import text
from storage.saver import text as saved_text

from bot.services.ports import Count
from bot.storage.changes import StoredChanges
from bot.storage.database import connect
from bot.storage.revisions import StoredRevisions

HERE = Path(__file__).parent
ROUNDS = 8


@pytest.fixture(params=KINDS)
def url(request, tmp_path):
    with database_url(request.param, tmp_path, migrated=True) as found:
        yield found


@pytest.fixture
def saver(url):
    command = [sys.executable, str(HERE / "saver.py"), url]
    home = {**os.environ, "PYTHONPATH": str(HERE.parent.parent)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=home, text=True) as running:
        yield running
        running.stdin.close()


def saved_until_killed(saver, number, seconds):
    """The last number that the killed process had said was kept."""
    print(number, seconds, file=saver.stdin, flush=True)
    said = [saver.stdout.readline()]
    while said[-1] not in ("gone\n", ""):
        said.append(saver.stdout.readline())
    assert said[-1] == "gone\n"
    return int(said[-2])


def let_go(engine):
    """Wait until the server has noticed that the killed process is gone: it may still finish a commit."""
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with engine.connect() as connection:
        while engine.dialect.name == "postgresql" and connection.execute(others).scalar():
            connection.rollback()


def test_killed_at_any_moment_of_a_save_leaves_the_old_or_the_new_words(url, saver):
    chance, kept = random.Random(7), 0
    for _ in range(ROUNDS):
        said = saved_until_killed(saver, kept + 1, chance.uniform(0.001, 0.05))
        engine = connect(url)
        let_go(engine)
        first, second = (StoredRevisions(engine).history("T1", name) for name in ("first", "second"))
        kept = len(first)
        assert kept in (said, said + 1), "what was said to be kept is kept, and at most one more"
        for versions in (first, second):
            assert [one.number for one in versions] == list(range(kept, 0, -1))
            assert all(one.text == saved_text(one.number) for one in versions)
        assert StoredChanges(engine).workspaces() == {"T1": Count(kept)}
        engine.dispose()
