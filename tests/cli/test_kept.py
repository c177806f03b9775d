import os
import re
import shutil
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from databases import KINDS, database_url
from sqlalchemy import text

from bot.cli import cuecard
from bot.domain.draft import Draft
from bot.domain.revision import FORGOTTEN, Revision
from bot.services.ports import NotKept
from bot.settings import Settings, SettingsError
from bot.storage.database import connect
from bot.storage.fault import DatabaseError
from bot.storage.kept import keep_in
from bot.storage.schema import is_current

HERE = Path(__file__).parent.parent.parent
NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
BLOCKS = re.findall(r"```sh\n(.+?)```", (HERE / "docs" / "operating.md").read_text(), re.DOTALL)
BACKUP, RESTORE, DUMP, UNDUMP = (
    next(block for block in BLOCKS if mark in block)
    for mark in ("cuecard backup", "cp /backup", "pg_dump", "pg_restore")
)


def run(*words, **more):
    return CliRunner().invoke(cuecard, [str(word) for word in words], **more)


@pytest.fixture(params=KINDS)
def kept(request, tmp_path, monkeypatch):
    with database_url(request.param, tmp_path, migrated=True) as url:
        monkeypatch.setenv("DATABASE_URL", url)
        engine = connect(url)
        yield keep_in(engine)
        engine.dispose()


def version(number, author="U0GOES", workspace="T1"):
    return Revision(workspace=workspace, playbook="a", number=number, author=author, at=NOW)


def test_somebody_is_forgotten_after_it_was_asked_and_it_is_said_what_went(kept):
    kept.revisions.add(version(1), version(2, "U0STAYS"))
    kept.drafts.keep(Draft(workspace="T1", person="U0GOES", playbook="a", base=0, fields={}))
    assert "Nothing brings it back" in run("forget", "U0GOES", input="n\n").output
    assert kept.drafts.of("T1", "U0GOES")
    assert run("forget", "U0GOES", "--yes").output == (
        "without a name  1 versions\n"
        "deleted         1 unsaved forms\n"
    )  # fmt: skip
    assert [one.author for one in kept.revisions.history("T1", "a")] == ["U0STAYS", FORGOTTEN]
    assert run("forget", "U0GOES", "--yes").output == "Nothing is kept of U0GOES in workspace T1.\n"


def test_somebody_is_forgotten_in_the_workspace_that_is_named(kept):
    kept.revisions.add(version(1), version(1, workspace="T2"))
    assert "with --workspace; the database knows T1, T2." in str(run("forget", "U0GOES", "--yes").exception)
    run("forget", "U0GOES", "--workspace", "T2", "--yes")
    assert kept.revisions.history("T1", "a")[0].author == "U0GOES"
    assert kept.revisions.history("T2", "a")[0].author == FORGOTTEN


@pytest.mark.parametrize("person", ["", "import", "forgotten", "@sam", "<@U0123>", "u0123", "U'; DROP TABLE drafts"])
def test_what_is_no_person_is_not_forgotten(person):
    refused = run("forget", "--yes", "--", person)
    assert isinstance(refused.exception, SettingsError)
    assert "no Slack member id, such as U0123ABCD" in str(refused.exception)


def test_commands_refuse_a_workspace_that_is_not_there_and_name_those_that_are(kept, tmp_path):
    kept.revisions.add(version(1), version(1, workspace="T2"))
    (tmp_path / "macros.csv").write_text("title,text,tags\nOpening hours,We open at nine.,shop\n")
    for words in (("export", tmp_path / "out"), ("import", tmp_path / "macros.csv"), ("forget", "U0GOES")):
        refused = run(*words, "--workspace", "nonsense")
        assert isinstance(refused.exception, SettingsError)
        assert "Nothing is kept of a workspace nonsense; the database knows T1, T2." in str(refused.exception)
    assert not (tmp_path / "out").exists()
    assert kept.traces.workspaces() == {"T1", "T2"}


def test_days_to_keep_things_are_a_number():
    assert Settings.from_env({}).keep_days == 365
    assert Settings.from_env({"CUECARD_KEEP_DAYS": "30"}).keep_days == 30
    for wrong in ("0", "-1", "a year", "1e3", "99999999"):
        with pytest.raises(SettingsError, match="CUECARD_KEEP_DAYS to a number of days"):
            Settings.from_env({"CUECARD_KEEP_DAYS": wrong})


def sh(script, home, **more):
    """Run what stands in the documentation, with a folder of its own for backups."""
    script = script.replace("/backup", str(home / "backup"))
    env = {**os.environ, "HOME": str(home), "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", **more}
    env.pop("XDG_DATA_HOME", None)
    if "DATABASE_URL" not in more:
        env.pop("DATABASE_URL", None)
    ran = subprocess.run(["bash", "-ec", script], env=env, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_the_documented_backup_of_a_file_runs_again_and_again_and_comes_back_as_documented(tmp_path):
    file = tmp_path / ".local" / "share" / "cuecard" / "cuecard.db"
    sh("cuecard migrate", tmp_path)
    engine = connect(f"sqlite:///{file}")
    kept = keep_in(engine)
    kept.revisions.add(version(1))
    for _ in range(3):
        sh(BACKUP, tmp_path)
    copies = sorted((tmp_path / "backup").iterdir())
    assert len(copies) == 3
    assert {stat.S_IMODE(copy.stat().st_mode) for copy in copies} == {0o600}
    kept.revisions.add(version(2))
    engine.dispose()
    assert sh(re.sub(r"cuecard-2\w+\.\w+\.db", copies[-1].name, RESTORE), tmp_path) == "The database is ready.\n"
    assert [one.number for one in kept.revisions.history("T1", "a")] == [1]
    kept.revisions.add(version(2))
    engine.dispose()
    assert {stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()} == {0o600}


def test_a_copy_that_cannot_be_made_says_why_and_leaves_no_half(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'cuecard.db'}")
    assert "`cuecard migrate` makes it" in str(run("backup", tmp_path / "backup").exception)
    run("migrate")
    assert "cannot be written (" in str(run("backup", "/proc/no").exception)
    (tmp_path / "cuecard.db").write_text("not a database at all, but long enough to be looked at " * 40)
    assert "is not a database" in str(run("backup", tmp_path / "backup").exception)
    assert list((tmp_path / "backup").iterdir()) == []
    monkeypatch.setenv("DATABASE_URL", "postgresql://cue:secret@127.0.0.1:1/cuecard")
    refused = run("backup", tmp_path / "backup").exception
    assert isinstance(refused, DatabaseError)
    assert "pg_dump" in str(refused)


@pytest.fixture
def server(tmp_path):
    if not shutil.which("pg_restore"):
        pytest.skip("pg_dump and pg_restore are not there")
    (tmp_path / "backup").mkdir()
    with database_url("postgresql", tmp_path, migrated=True) as url:
        engine = connect(url)
        yield url, engine
        engine.dispose()


def test_the_documented_backup_of_postgresql_comes_back_as_documented_more_than_once(tmp_path, server):
    url, engine = server
    kept = keep_in(engine)
    for number in (1, 2):
        kept.revisions.add(version(number))
        sh(DUMP, tmp_path, DATABASE_URL=url)
        (dump,) = (tmp_path / "backup").iterdir()
        assert stat.S_IMODE(dump.stat().st_mode) == 0o600
        kept.revisions.add(version(number + 1))
        engine.dispose()
        sh(re.sub(r"cuecard-2\w+\.dump", dump.name, UNDUMP), tmp_path, DATABASE_URL=url)
        assert [one.number for one in kept.revisions.history("T1", "a")] == list(range(number, 0, -1))
        assert is_current(engine)
        dump.unlink()


def test_an_older_dump_restored_over_a_full_database_is_told_for_what_it_is(tmp_path, server, monkeypatch):
    url, engine = server
    with database_url("postgresql", tmp_path) as older:
        script = f"""
            psql -q "{older}" -c "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)"
            psql -q "{older}" -c "CREATE TABLE calls (id varchar(32) PRIMARY KEY, told_at timestamptz)"
            psql -q "{older}" -c "INSERT INTO alembic_version VALUES ('0001')"
            pg_dump -Fc "{older}" > "{tmp_path}/older.dump"
        """
        sh(script, tmp_path)
    engine.dispose()
    sh(f'pg_restore --clean --if-exists --no-owner -d "{url}" "{tmp_path}/older.dump"', tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    assert "older backup was restored over it" in str(run("migrate").exception)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "0001"


def test_a_database_that_is_gone_forgets_nobody_and_says_so(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://cue:secret@127.0.0.1:1/cuecard")
    refused = run("forget", "U0GOES", "--yes").exception
    assert isinstance(refused, DatabaseError)
    assert "secret" not in str(refused)
    assert not isinstance(refused.__cause__, NotKept)
