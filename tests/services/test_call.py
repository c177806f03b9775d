import threading
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.asker import Asker
from bot.services.call import AGAIN, HELD, STANDS, CallBoss, Called
from bot.services.ports import NotKept, NotTold

ROBIN, SAM = Asker("T1", "U1", "C1"), Asker("T1", "U2", "C1")
CARD = "weapon-robbery-threat"
AT = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)


class Duty:
    """The duty channel, which takes calls or does not."""

    trouble = ""

    def __init__(self):
        self.up, self.told, self.gate = True, [], None

    def tell(self, call, title):
        if self.gate:
            self.gate.wait()
        if not self.up:
            raise NotTold
        self.told.append(call)


class Calls:
    def __init__(self):
        self.up, self.held = True, {}

    def _look(self):
        if not self.up:
            raise NotKept

    def keep(self, call, until):
        self._look()
        self.held[call.id] = (call, until)

    def take(self, now, until, call=""):
        self._look()
        free = [one for one, held in self.held.values() if held <= now and call in ("", one.id)]
        self.held |= {one.id: (one, until) for one in free}
        return free

    def waits(self, call):
        self._look()
        return call in self.held

    def leave(self, call, until):
        self._look()
        self.held[call] = (self.held[call][0], until)

    def forget(self, call, before):
        self.held.pop(call, None)


@pytest.fixture
def duty():
    return Duty()


@pytest.fixture
def calls():
    return Calls()


@pytest.fixture
def now():
    return [AT]


@pytest.fixture
def boss(bot, calls, duty, now):
    return CallBoss(calls, duty, bot.shelves.at, lambda: now[0])


def test_a_call_is_told_once_and_a_second_tap_hears_that_it_stands(boss, duty, now):
    assert boss.call(ROBIN, CARD) == Called(told=True, kept=True)
    now[0] = AT + timedelta(minutes=4)
    assert [boss.call(ROBIN, CARD) for _ in range(100)] == [Called(told=True, kept=True, since=AT)] * 100
    assert len(duty.told) == 1


def test_somebody_else_and_another_danger_are_calls_of_their_own(boss, duty):
    for asker, card in ((ROBIN, CARD), (SAM, CARD), (ROBIN, "medical-emergency")):
        assert boss.call(asker, card).since is None
    assert len(duty.told) == 3


def test_after_some_minutes_the_boss_is_called_again(boss, duty, now):
    boss.call(ROBIN, CARD)
    now[0] = AT + STANDS
    assert boss.call(ROBIN, CARD).since is None
    assert len(duty.told) == 2


def test_a_call_that_did_not_get_through_is_tried_again_by_the_next_tap(boss, duty, calls):
    duty.up = False
    assert boss.call(ROBIN, CARD) == Called(told=False, kept=True)
    assert boss.call(ROBIN, CARD) == Called(told=False, kept=True, since=AT)
    assert len(calls.held) == 1, "one call is kept, however often somebody taps"
    duty.up = True
    assert boss.call(ROBIN, CARD).told
    assert len(duty.told) == 1
    assert calls.held == {}


def test_a_call_that_somebody_else_has_told_meanwhile_is_not_told_twice(boss, duty, now):
    duty.up = False
    boss.call(ROBIN, CARD)
    duty.up = True
    now[0] = AT + AGAIN
    assert boss.tell_again() == 1
    assert boss.call(ROBIN, CARD) == Called(told=True, kept=True, since=AT)
    assert len(duty.told) == 1


def test_a_call_that_somebody_else_is_telling_is_left_to_them(boss, duty, calls, now):
    duty.up = False
    boss.call(ROBIN, CARD)
    duty.up = True
    now[0] = AT + AGAIN
    (theirs,) = calls.take(now[0], now[0] + HELD)
    assert boss.call(ROBIN, CARD) == Called(told=False, kept=True, since=AT)
    assert duty.told == []
    assert boss.tell(theirs)
    assert boss.call(ROBIN, CARD) == Called(told=True, kept=True, since=AT)
    assert len(duty.told) == 1


def test_without_a_database_the_boss_is_told_all_the_same(boss, duty, calls):
    calls.up = False
    assert boss.call(ROBIN, CARD) == Called(told=True, kept=False)
    duty.up = False
    assert boss.call(SAM, CARD) == Called(told=False, kept=False)
    assert boss.call(SAM, CARD) == Called(told=False, kept=False, since=AT)
    duty.up = True
    assert boss.call(SAM, CARD).told


def test_two_taps_at_the_same_instant_are_one_call(boss, duty):
    duty.gate, found = threading.Event(), []
    threads = [threading.Thread(target=lambda: found.append(boss.call(ROBIN, CARD))) for _ in range(8)]
    for one in threads:
        one.start()
    duty.gate.set()
    for one in threads:
        one.join(30)
    assert len(duty.told) == 1
    assert sorted(one.since is None for one in found) == [False] * 7 + [True]
