import pytest
from small import copy_to

from bot.library.last_good import KEPT, LastGood
from bot.library.load import load_library


@pytest.fixture
def folder(tmp_path):
    return copy_to(tmp_path / "playbooks")


@pytest.fixture
def last(tmp_path, folder):
    found = LastGood(tmp_path / "cache", folder)
    found.keep(load_library(folder)[0])
    return found


@pytest.mark.parametrize("broken", ["title: [", "titel: x\n", "", "\ufeff", "x" * 300_000])
def test_in_the_place_of_a_broken_file_stands_the_last_that_was_well(folder, last, broken):
    whole, _ = load_library(folder)
    (folder / "card-declined.yaml").write_text(broken)
    (folder / "policy.yaml").write_text(broken)
    assert load_library(folder)[0] is None
    library, problems = load_library(folder, last.read())
    assert {problem.file for problem in problems} == {"card-declined.yaml", "policy.yaml"}
    assert (library.playbooks, library.policy, library.texts) == (whole.playbooks, whole.policy, whole.texts)


def test_a_file_that_was_taken_out_stays_out(folder, last):
    (folder / "card-declined.yaml").unlink()
    assert "card-declined" not in load_library(folder, last.read())[0].playbooks
    (folder / "policy.yaml").unlink()
    assert load_library(folder, last.read())[0] is None


def test_each_folder_has_its_own(tmp_path, folder, last):
    assert LastGood(tmp_path / "cache", tmp_path / "another").read() == {}


@pytest.mark.parametrize("kept", ["", "[", "[1]", "null", "[" * 100_000, "\x00"], ids=range(6))
def test_what_cannot_be_read_is_nothing_and_is_made_anew(tmp_path, folder, last, kept):
    (file,) = (tmp_path / "cache").iterdir()
    file.write_text(kept)
    assert last.read() == {}
    last.keep(load_library(folder)[0])
    assert "card-declined.yaml" in last.read()


def test_only_a_few_folders_are_remembered_and_the_owner_alone_may_read_them(tmp_path, folder, last):
    for number in range(KEPT + 3):
        LastGood(tmp_path / "cache", tmp_path / f"f{number}").keep(load_library(folder)[0])
    files = list((tmp_path / "cache").iterdir())
    assert len(files) == KEPT
    assert {file.stat().st_mode & 0o077 for file in files} == {0}


def test_a_file_that_others_could_have_written_is_not_read(tmp_path, last):
    (file,) = (tmp_path / "cache").iterdir()
    file.chmod(0o666)
    assert last.read() == {}


def test_a_cache_that_takes_no_files_only_forgets(tmp_path, folder):
    (tmp_path / "file").write_text("")
    last = LastGood(tmp_path / "file", folder)
    last.keep(load_library(folder)[0])
    assert last.read() == {}
