import threading

from bot.slack.beside import WORKERS, Beside
from bot.slack.fault import Faults
from bot.slack.parts import page

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


def body(view):
    return {"user": {"id": "U1"}, "team": {"id": "T1"}, "view": {"id": view}}


def test_however_many_checks_go_on_a_page_is_turned_and_each_check_is_shown_in_the_end(bot):
    gate, client, acks = threading.Event(), Client(), []
    beside = Beside(Faults(bot.shelves.at), 0.0)
    many = range(2 * WORKERS)

    def checked():
        gate.wait()
        return page("Check", "Done.")

    for number in many:
        beside.answer(lambda **told: acks.append(told["view"]), body(f"V{number}"), client, WAITING, checked)
    beside.replace(body("VTURNED"), client, lambda: page("Page", "Two."))
    client.until("VTURNED", page("Page", "Two."))
    assert acks == [WAITING] * len(many)
    gate.set()
    for number in many:
        client.until(f"V{number}", page("Check", "Done."))
