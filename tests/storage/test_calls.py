from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.domain.asker import Asker
from bot.domain.call import Call
from bot.services.call import CallBoss
from bot.services.ports import NotKept, NotTold
from bot.storage.calls import StoredCalls
from bot.storage.schema import migrate

NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)


@pytest.fixture
def calls(ready):
    return StoredCalls(ready)


def call(number=1, at=NOW):
    return Call(id=f"{number:032}", workspace="T1", person="U1", playbook="customers-fighting", site="Harbour", at=at)


def test_a_call_is_kept_until_it_is_told(calls):
    calls.keep(call())
    assert calls.untold(NOW - timedelta(hours=1)) == [call()]
    calls.keep(call(2))
    calls.forget(call().id, NOW)
    assert calls.untold(NOW - timedelta(days=99)) == [call(2)]


def test_old_calls_are_left_alone_and_the_rest_come_in_order(calls):
    for number, minutes in ((1, 90), (2, 30), (3, 45)):
        calls.keep(call(number, NOW - timedelta(minutes=minutes)))
    assert [found.id[-1] for found in calls.untold(NOW - timedelta(hours=1))] == ["3", "2"]


def test_a_call_that_nobody_took_is_forgotten_with_its_hour(calls, bot):
    line = Line()
    clock = [NOW]
    boss = CallBoss(calls, line, bot.shelf.at, lambda: clock[0])
    boss.call(Asker("T1", "U1"), "customers-fighting")
    boss.tell_again()
    assert calls.untold(NOW - timedelta(days=99)) != []
    clock[0] = NOW + timedelta(minutes=61)
    assert boss.tell_again() == 0
    assert calls.untold(NOW - timedelta(days=99)) == []


def test_a_told_call_leaves_nothing_behind_nor_do_older_ones_that_no_worker_told(calls, bot):
    line = Line()
    line.up = True
    calls.keep(call(at=NOW - timedelta(hours=2)))
    boss = CallBoss(calls, line, bot.shelf.at, lambda: NOW)
    assert boss.call(Asker("T1", "U1"), "customers-fighting").told
    assert calls.untold(NOW - timedelta(days=99)) == []


class Line:
    """A duty channel that is down until it is not."""

    def __init__(self):
        self.up, self.told = False, []

    def tell(self, _call, title):
        if not self.up:
            raise NotTold
        self.told.append(title)


def test_a_call_that_did_not_get_through_is_told_again(calls, bot):
    line = Line()
    boss = CallBoss(calls, line, bot.shelf.at, lambda: NOW)
    assert not boss.call(Asker("T1", "U1"), "customers-fighting").told
    assert boss.tell_again() == 0
    line.up = True
    assert boss.tell_again() == 1
    assert boss.tell_again() == 0
    assert line.told == ["Customers are fighting"]


def test_calls_wait_while_the_database_is_gone_and_are_told_when_it_is_back(engine, bot):
    line = Line()
    line.up = True
    stored = StoredCalls(engine)
    boss = CallBoss(stored, line, bot.shelf.at, lambda: NOW)
    assert boss.tell_again() == 0, "and before the tables are made"
    migrate(engine)
    stored.keep(call())
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE calls RENAME TO gone"))
    assert boss.tell_again() == 0
    with pytest.raises(NotKept):
        stored.untold(NOW)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE gone RENAME TO calls"))
    assert boss.tell_again() == 1
