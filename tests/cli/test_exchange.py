import shutil

import pytest
import small
from click.testing import CliRunner
from small import text_of

from bot.cli import cuecard
from bot.settings import SettingsError


def run(*words, **more):
    return CliRunner().invoke(cuecard, [str(word) for word in words], **more)


@pytest.fixture
def house(few_columns, tmp_path, monkeypatch):
    monkeypatch.setattr("bot.wiring.lend", lambda library, _shipped: library)
    for path in small.copy_to(tmp_path / "playbooks").glob("*.yaml"):
        if path.stem not in ("card-declined", "customers-fighting", "refund-refused", "policy"):
            path.unlink()
    monkeypatch.setenv("CUECARD_PLAYBOOKS", str(tmp_path / "playbooks"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'cuecard.db'}")
    run("migrate")
    return tmp_path


def test_a_folder_goes_out_is_changed_and_comes_back_after_it_was_asked(house):
    shutil.copytree(house / "playbooks", house / "out")
    begun = ("import", house / "out", "--workspace", "T1", "--new")
    assert run(*begun).output == "Nothing would change.\n"
    (house / "out" / "card-declined.yaml").write_text(
        text_of("card-declined", title=("Card declined", "Card did not work"))
    )
    asked = run(*begun, input="n\n")
    assert "change    card-declined: Card did not work" in asked.output
    assert run(*begun, "--yes").output.endswith("in force within two seconds.\n")
    assert run("import", house / "out").output == "Nothing would change.\n", "there is one workspace by now"
    assert run("export", house / "again").output == f"3 files of workspace T1 are in {house}/again.\n"
    assert (house / "again" / "card-declined.yaml").read_text() == text_of(
        "card-declined", title=("Card declined", "Card did not work")
    )


def test_a_csv_file_becomes_forms(house):
    (house / "macros.csv").write_bytes("\ufefftitle,text,tags\nOpening hours,We open at nine.,shop\n".encode())
    assert run("import", house / "macros.csv", "--workspace", "T1", "--new").output.startswith(
        "1 form waits for a manager"
    )


def test_which_workspace_is_asked_for_and_a_folder_without_playbooks_is_refused(house):
    assert isinstance(run("export", house / "out").exception, SettingsError)
    (house / "empty").mkdir()
    assert "no playbooks here" in str(run("import", house / "empty", "--workspace", "T1", "--new").exception)
