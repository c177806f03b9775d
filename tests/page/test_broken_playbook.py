import dataclasses
import shutil

import pytest
from playwright.sync_api import expect

from bot.playground.page_server import PageServer
from bot.playground.room import Playground


@pytest.fixture
def folder(settings, tmp_path):
    return shutil.copytree(settings.playbooks, tmp_path / "playbooks")


@pytest.fixture
def started(settings, folder, patience):
    room = Playground(dataclasses.replace(settings, playbooks=folder), seconds=patience)
    server = PageServer(room, "127.0.0.1", 0)
    server.serve()
    room.start()
    yield f"http://127.0.0.1:{server.port}/"
    server.close()
    room.close()


def test_a_broken_playbook_is_named_and_the_last_good_ones_keep_answering(started, folder, visit):
    visitor = visit(started)
    expect(visitor.page.get_by_placeholder("/cue and what is going on")).to_be_visible(timeout=60_000)
    broken = folder / "customer-asks-me-out.yaml"
    good = broken.read_text()
    broken.write_text(good.replace("title:", "titel:", 1))
    problems = visitor.page.get_by_role("alert")
    expect(problems).to_contain_text("customer-asks-me-out.yaml:", timeout=30_000)
    expect(problems).to_contain_text("The last good playbooks keep answering.")
    expect(visitor.type("/cue customer asked me out")).to_contain_text("Customer asks me out")
    visitor.shoot("broken-playbook")
    broken.write_text(good.replace("title: ", "title: Mended, ", 1))
    expect(problems).to_have_count(0, timeout=30_000)
    expect(visitor.type("/cue customer asked me out")).to_contain_text("Mended, Customer asks me out")
