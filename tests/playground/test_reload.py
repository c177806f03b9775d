"""Playbooks that change on disk while people ask."""

import dataclasses
import json
import shutil
import threading
from http.client import HTTPConnection

import pytest

from bot.library.watch import changes
from bot.playground.page_server import PageServer
from bot.playground.room import BROKEN, Playground
from bot.wiring import build_bot

ME = "U0EMPLOYEE"
CARD = "coworker-personal-number"
NEEDED = (CARD, "coworker-day-off-urgent", "upset-customer", "nothing-fits")
SECONDS = 30.0


@pytest.fixture
def folder(settings, tmp_path):
    """A few of the shipped playbooks, for quick reading."""
    found = tmp_path / "playbooks"
    found.mkdir()
    for name in (*NEEDED, "policy"):
        shutil.copy(settings.playbooks / f"{name}.yaml", found)
    return found


class Watched:
    """A room over a folder that changes."""

    def __init__(self, settings, folder):
        self.file = folder / f"{CARD}.yaml"
        self.room = Playground(dataclasses.replace(settings, playbooks=folder), build_bot, SECONDS)
        self.room.start()

    def until(self, holds):
        self.room.slack.bell.until(lambda: holds(self.room.state(ME)), SECONDS)
        assert holds(self.room.state(ME))

    def title(self):
        """The title of the card that a question gets now."""
        self.room.do("command", {"user": ME, "channel": "C0SHOP", "text": "/cue client demands Steve's personal cell"})
        return self.room.state(ME)["messages"]["C0SHOP"][-1]["blocks"][0]["text"]["text"]

    def retitle(self, title):
        lines = self.file.read_text().splitlines(keepends=True)
        at = next(number for number, line in enumerate(lines) if line.startswith("title:"))
        self.file.write_text("".join([*lines[:at], f"title: {title}\n", *lines[at + 1 :]]))


@pytest.fixture
def watched(settings, folder):
    found = Watched(settings, folder)
    found.until(lambda state: state["ready"])
    yield found
    found.room.close()


def test_an_edit_shows_in_the_next_answer(watched):
    watched.retitle("They want a number that is not ours to give")
    watched.room.slack.bell.until(lambda: _titled(watched) == "They want a number that is not ours to give", SECONDS)
    assert watched.title() == "They want a number that is not ours to give"


def _titled(watched):
    return watched.room._bot.shelf.cards[CARD].playbook.title


def test_a_broken_file_shows_its_problems_while_the_last_good_shelf_answers(watched):
    before, text = watched.title(), watched.file.read_text()
    watched.file.write_text(text.replace("posture:", "postur:"))
    watched.until(lambda state: state["problems"])
    [problem, *_] = watched.room.state(ME)["problems"]
    assert problem["file"] == watched.file.name
    assert problem["line"] > 0
    assert problem["sentence"]
    assert watched.title() == before
    watched.file.write_text(text)
    watched.until(lambda state: not state["problems"])


def test_an_emptied_folder_never_empties_the_shelf(watched, folder):
    before = watched.title()
    for path in folder.glob("*.yaml"):
        path.unlink()
    watched.until(lambda state: state["problems"])
    assert "policy.yaml" in watched.room.state(ME)["problems"][0]["sentence"]
    assert watched.title() == before


def test_a_policy_that_cannot_be_read_leaves_the_old_one_in_force(watched, folder):
    (folder / "policy.yaml").write_text("workplace: [")
    watched.until(lambda state: state["problems"])
    assert watched.room.state(ME)["workplace"].startswith("The Lantern")
    assert watched.title()


def test_a_folder_that_is_put_in_place_of_another_is_read(watched, folder):
    other = folder.with_name("other")
    shutil.copytree(folder, other)
    shutil.rmtree(folder)
    other.rename(folder)
    watched.retitle("Another folder")
    watched.room.slack.bell.until(lambda: _titled(watched) == "Another folder", SECONDS)
    assert watched.title() == "Another folder"


def test_playbooks_that_are_broken_from_the_start_are_told_and_go_on_once_mended(settings, folder):
    policy = (folder / "policy.yaml").read_text()
    (folder / "policy.yaml").write_text("workplace: [")
    watched = Watched(settings, folder)
    server = PageServer(watched.room, "127.0.0.1", 0)
    server.serve()
    try:
        watched.until(lambda state: state["notice"] == BROKEN)
        assert watched.room.state(ME)["problems"][0]["file"] == "policy.yaml"
        connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
        held = json.dumps({"user": ME, "channel": "C0SHOP", "text": "/cue hello"})
        connection.request("POST", "/api/command", held, {"Content-Type": "application/json"})
        assert json.loads(connection.getresponse().read()) == {"ok": False, "error": BROKEN}
        connection.close()
        (folder / "policy.yaml").write_text(policy)
        watched.until(lambda state: state["ready"] and state["notice"] is None)
        assert watched.title()
    finally:
        server.close()
        watched.room.close()


def test_only_what_a_library_is_read_from_counts_as_a_change(tmp_path):
    stopped, seen = threading.Event(), threading.Semaphore(0)

    def follow():
        for _ in changes(tmp_path, stopped):
            seen.release()

    thread = threading.Thread(target=follow)
    (tmp_path / "a.yaml").write_text("title: before anybody looked\n")
    thread.start()
    try:
        assert seen.acquire(timeout=SECONDS)
        (tmp_path / "a.yaml").write_text("title: A\n")
        assert seen.acquire(timeout=SECONDS)
        (tmp_path / ".a.yaml.swp").write_text("x")
        assert not seen.acquire(timeout=1.5)
    finally:
        stopped.set()
        thread.join()


def test_once_stopped_no_change_is_told(tmp_path):
    stopped = threading.Event()
    told = changes(tmp_path, stopped)
    next(told)
    (tmp_path / "a.yaml").write_text("title: A\n")
    stopped.set()
    assert list(told) == []
