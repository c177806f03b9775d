from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from bot.storage.events import KEPT, StoredEvents
from bot.storage.tables import events

NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)


def test_an_event_is_new_once_in_each_workspace(ready):
    found = StoredEvents(ready)
    assert found.first("T1", "Ev1", NOW)
    assert not found.first("T1", "Ev1", NOW + timedelta(minutes=6))
    assert found.first("T2", "Ev1", NOW)
    assert found.first("T1", "Ev2", NOW)


def test_an_event_is_forgotten_once_slack_sends_it_no_more(ready):
    found = StoredEvents(ready)
    found.first("T1", "Ev1", NOW)
    found.first("T1", "Ev2", NOW + KEPT + timedelta(seconds=1))
    with ready.connect() as connection:
        assert connection.execute(select(func.count()).select_from(events)).scalar_one() == 1


def test_of_many_that_take_an_event_at_once_one_does_its_work(ready):
    found = StoredEvents(ready)
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: found.first("T1", "Ev1", NOW), range(16))) == 1
