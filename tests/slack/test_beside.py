import threading

import pytest
from slack_sdk import WebClient

from bot.slack import beside as module
from bot.slack import sending
from bot.slack.beside import WORKERS, Beside
from bot.slack.client import Line
from bot.slack.fault import Faults
from bot.slack.parts import page
from bot.slack.pool import FULL, Full, Pool
from bot.slack.reach import Reach

WAITING = page("Check", "One moment.")


class Client:
    """Slack's views, as they were updated."""

    def __init__(self):
        self.shown, self.changed = {}, threading.Condition()

    def views_update(self, *, view_id, view):
        with self.changed:
            self.shown[view_id] = view
            self.changed.notify_all()

    def until(self, view_id, view):
        with self.changed:
            assert self.changed.wait_for(lambda: self.shown.get(view_id) == view, 30)


@pytest.fixture
def line(api):
    return Line(api.url, "xoxb-made-up")


@pytest.fixture
def beside(bot, line):
    return lambda patience: Beside(Faults(bot.shelves.at), Reach(line), patience)


def body(view):
    return {"user": {"id": "U0EMPLOYEE"}, "team": {"id": "T0DEMO"}, "view": {"id": view, "type": "modal"}}


def test_however_many_checks_go_on_a_page_is_turned_and_each_check_is_shown_in_the_end(beside):
    gate, client, acks, many = threading.Event(), Client(), [], range(2 * WORKERS)
    found = beside(0.0)

    def checked():
        gate.wait()
        return page("Check", "Done.")

    for number in many:
        found.answer(lambda **told: acks.append(told["view"]), body(f"V{number}"), client, WAITING, checked)
    found.replace(body("VTURNED"), client, lambda: page("Page", "Two."))
    client.until("VTURNED", page("Page", "Two."))
    assert acks == [WAITING] * len(many)
    gate.set()
    for number in many:
        client.until(f"V{number}", page("Check", "Done."))


def test_where_enough_forms_wait_already_the_next_is_acknowledged_at_once(beside, monkeypatch):
    monkeypatch.setattr(module, "WAITERS", 0)
    gate, acks, client = threading.Event(), [], Client()
    done = page("Check", "Done.")
    beside(300.0).settle(lambda **told: acks.append(told["view"]), body("V1"), client, lambda: gate.wait() and done)
    assert acks == [module.MOMENT]
    gate.set()
    client.until("V1", done)


def test_what_takes_very_long_says_so_and_never_after_the_answer(beside, monkeypatch):
    monkeypatch.setattr(module, "LATE", 0.0)
    gate, client = threading.Event(), Client()
    beside(0.0).settle(lambda **_: None, body("V1"), client, lambda: gate.wait() and page("Check", "Done."))
    client.until("V1", module.STILL)
    gate.set()
    client.until("V1", page("Check", "Done."))


def test_a_line_that_is_full_says_so_to_whoever_comes_last(beside, api, monkeypatch):
    monkeypatch.setattr(sending, "WAITING", 0)
    monkeypatch.setattr(module, "THREADS", 1)
    gate, found = threading.Event(), beside(0.0)
    client = WebClient("xoxb-made-up", base_url=api.url)
    one = {"user": {"id": "U0EMPLOYEE"}, "team": {"id": "T0DEMO"}, "response_url": api.new_address()}
    found.show({**one, "trigger_id": api.new_trigger()}, client, lambda: gate.wait() and WAITING)
    found.show(one, client, lambda: WAITING)
    [said] = api.answers(one["response_url"], 1, 30)
    assert FULL in said["text"]
    assert "In danger?" in said["text"]
    gate.set()


def test_a_pool_refuses_what_is_too_much_and_has_room_again_afterwards():
    gate, done, pool = threading.Event(), threading.Event(), Pool("test", 1, 1)
    first, second = pool.submit(gate.wait), pool.submit(lambda: 2)
    second.add_done_callback(lambda _: done.set())
    with pytest.raises(Full):
        pool.submit(lambda: 3)
    gate.set()
    assert done.wait(30)
    assert (first.result(30), second.result(30)) == (True, 2)
    assert pool.submit(lambda: 4).result(30) == 4
