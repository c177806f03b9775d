import logging
import threading
from datetime import timedelta

from small import NOW

from bot.services.ports import NotKept
from bot.services.retention import Retention
from bot.wiring import keep_tidy


class Traces:
    """A database that counts what it was asked to clear."""

    def __init__(self, *answers):
        self.asked, self.answers, self.done = [], list(answers), threading.Event()

    def clear(self, now, keep):
        self.asked.append((now, keep))
        answer = self.answers.pop(0)
        self.done.set()
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_what_is_old_is_counted_in_the_log_and_nothing_is_said_where_nothing_is(caplog):
    caplog.set_level(logging.INFO)
    traces = Traces({"gaps": 2, "unsaved forms": 0}, {"gaps": 0, "unsaved forms": 0}, NotKept())
    retention = Retention(traces, 30, lambda: NOW)
    for _ in range(3):
        retention.clear()
    assert traces.asked == [(NOW, timedelta(days=30))] * 3
    assert caplog.messages == ["Deleted after 30 days: 2 gaps."]


def test_a_server_clears_what_is_old_by_itself(patience):
    class Kept:
        traces = Traces({"gaps": 0})

    keep_tidy(Kept(), 365)
    assert Kept.traces.done.wait(patience)
