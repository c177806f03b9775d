from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import text

from bot.domain.asker import Asker
from bot.domain.call import Call
from bot.services.call import AGAIN, HELD, CallBoss
from bot.services.ports import NotKept, NotTold
from bot.storage.calls import StoredCalls
from bot.storage.schema import migrate

NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def calls(ready):
    return StoredCalls(ready)


def call(number=1, at=NOW):
    return Call(id=f"{number:032}", workspace="T1", person="U1", playbook="customers-fighting", site="Harbour", at=at)


def left(calls):
    """The ids of every call that is kept."""
    with calls._engine.connect() as connection:
        return [*connection.execute(text("SELECT id FROM calls")).scalars()]


def test_a_call_is_kept_until_it_is_told(calls):
    calls.keep(call(), NOW)
    calls.keep(call(2), NOW)
    calls.forget(call().id, NOW)
    assert calls.take(NOW, LATER) == [call(2)]


def test_calls_that_wait_come_in_order_and_only_to_whoever_asks_first(calls):
    for number, minutes in ((1, 90), (2, 30), (3, 45)):
        calls.keep(call(number, NOW - timedelta(minutes=minutes)), NOW)
    assert [found.id[-1] for found in calls.take(NOW, LATER)] == ["1", "3", "2"]
    assert calls.take(NOW, LATER) == []
    assert len(calls.take(LATER, LATER)) == 3, "whoever took them has died"


def test_a_call_that_is_being_told_is_left_to_who_tells_it_until_they_leave_it(calls):
    calls.keep(call(), LATER)
    assert calls.take(NOW, LATER) == []
    calls.leave(call().id, NOW)
    assert calls.take(NOW, LATER) == [call()]


def test_one_call_can_be_taken_by_its_id_and_waits_until_it_is_told(calls):
    calls.keep(call(), NOW)
    calls.keep(call(2), NOW)
    assert calls.take(NOW, LATER, call().id) == [call()]
    assert calls.take(NOW, LATER, call().id) == []
    assert calls.take(NOW, LATER) == [call(2)]
    assert calls.waits(call().id)
    calls.forget(call().id, NOW - timedelta(days=1))
    assert not calls.waits(call().id)


def test_of_many_who_ask_at_once_each_call_goes_to_one(calls):
    for number in range(40):
        calls.keep(call(number), NOW)
    start = Barrier(6)

    def ask(_):
        start.wait()
        return [found.id for _ in range(3) for found in calls.take(NOW, LATER)]

    with ThreadPoolExecutor(6) as pool:
        taken = [found for share in pool.map(ask, range(6)) for found in share]
    assert sorted(taken) == sorted(call(number).id for number in range(40))


def test_a_call_that_nobody_took_is_forgotten_with_its_hour(calls, bot):
    line = Line()
    clock = [NOW]
    boss = CallBoss(calls, line, bot.shelf.at, lambda: clock[0])
    boss.call(Asker("T1", "U1"), "customers-fighting")
    boss.tell_again()
    assert left(calls)
    clock[0] = NOW + timedelta(minutes=61)
    assert boss.tell_again() == 0
    assert not left(calls)


def test_a_told_call_leaves_nothing_behind_nor_do_older_ones_that_no_worker_told(calls, bot):
    line = Line()
    line.up = True
    calls.keep(call(at=NOW - timedelta(hours=2)), NOW)
    boss = CallBoss(calls, line, bot.shelf.at, lambda: NOW)
    assert boss.call(Asker("T1", "U1"), "customers-fighting").told
    assert not left(calls)


class Line:
    """A duty channel that is down until it is not."""

    def __init__(self):
        self.up, self.told, self.trouble = False, [], ""

    def look(self):
        self.trouble = "" if self.up else "not_in_channel"

    def tell(self, _call, title):
        if not self.up:
            raise NotTold
        self.told.append(title)


def test_a_call_that_did_not_get_through_is_told_again(calls, bot):
    line = Line()
    clock = [NOW]
    boss = CallBoss(calls, line, bot.shelf.at, lambda: clock[0])
    assert not boss.call(Asker("T1", "U1"), "customers-fighting").told
    line.up = True
    assert boss.tell_again() == 0, "it has just been tried"
    clock[0] = NOW + AGAIN
    assert boss.tell_again() == 1
    assert boss.tell_again() == 0
    assert line.told == ["Customers are fighting"]


def test_several_processes_tell_a_call_once_and_while_one_is_at_it_no_other_does(calls, bot):
    line = Line()
    line.up = True
    bosses = [CallBoss(calls, line, bot.shelf.at, lambda: NOW + timedelta(seconds=30)) for _ in range(3)]
    calls.keep(call(), NOW + HELD)
    assert [boss.tell_again() for boss in bosses] == [0, 0, 0]
    assert bosses[0].tell(call())
    assert [boss.tell_again() for boss in bosses] == [0, 0, 0]
    assert len(line.told) == 1


def test_calls_wait_while_the_database_is_gone_and_are_told_when_it_is_back(engine, bot):
    line = Line()
    line.up = True
    stored = StoredCalls(engine)
    boss = CallBoss(stored, line, bot.shelf.at, lambda: NOW)
    assert boss.tell_again() == 0, "and before the tables are made"
    migrate(engine)
    stored.keep(call(), NOW)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE calls RENAME TO gone"))
    assert boss.tell_again() == 0
    with pytest.raises(NotKept):
        stored.take(NOW, LATER)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE gone RENAME TO calls"))
    assert boss.tell_again() == 1
