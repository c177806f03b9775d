from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from alembic import command
from sqlalchemy import text

from bot.domain.asker import Asker
from bot.domain.call import Call
from bot.services.call import AGAIN, CallBoss
from bot.services.ports import NotKept, NotTold
from bot.storage.calls import StoredCalls
from bot.storage.database import connect
from bot.storage.fault import DatabaseError
from bot.storage.schema import _config, is_current, migrate

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


def test_the_schema_is_made_once_and_known_to_be_current(engine):
    assert not is_current(engine)
    migrate(engine)
    migrate(engine)
    assert is_current(engine)


def test_a_database_of_a_newer_version_is_left_alone(engine):
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert not is_current(engine)
    with pytest.raises(DatabaseError, match="A newer Cuecard made this database"):
        migrate(engine)


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
    boss.keep(Asker("T1", "U1"), "customers-fighting")
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
    assert boss.tell(boss.keep(Asker("T1", "U1"), "customers-fighting")[0])
    assert not left(calls)


def test_calls_of_before_the_sites_wait_on_and_those_that_were_told_are_forgotten(engine):
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        row = "INSERT INTO calls VALUES (:id, 'T1', 'U1', 'customers-fighting', :at, :told)"
        connection.execute(text(row), {"id": "waits", "at": NOW, "told": None})
        connection.execute(text(row), {"id": "told", "at": NOW, "told": NOW})
    migrate(engine)
    (waits,) = StoredCalls(engine).take(NOW, LATER)
    assert (waits.id, waits.site, waits.at) == ("waits", "", NOW)


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
    assert boss.tell(boss.keep(Asker("T1", "U1"), "customers-fighting")[0]) is False
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
    kept, _ = bosses[0].keep(Asker("T1", "U1"), "customers-fighting")
    assert [boss.tell_again() for boss in bosses] == [0, 0, 0]
    assert bosses[0].tell(kept)
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


@pytest.mark.parametrize(
    ("url", "part"),
    [
        ("mysql://x", "others are not supported"),
        ("nonsense", "postgresql://user:password@host/cuecard"),
        ("postgresql://u:secret@127.0.0.1:1/x", "port 1 failed: Connection refused); check DATABASE_URL"),
        ("postgresql://u:not@secret@127.0.0.1:1/x", "Write %40 for each @"),
        ("sqlite://", "Name a file in DATABASE_URL"),
        ("sqlite:///:memory:", "Name a file in DATABASE_URL"),
        ("sqlite:////proc/no/x.db", "folder cannot be made"),
        ("sqlite:////proc", "unable to open database file"),
    ],
)
def test_a_database_that_cannot_be_used_says_why_without_its_password(url, part):
    for use in (is_current, migrate):
        with pytest.raises(DatabaseError) as error:
            use(connect(url))
        assert part in str(error.value)
        assert "secret" not in str(error.value)
        assert str(error.value)[-1] == "."
