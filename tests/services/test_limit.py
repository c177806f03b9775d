import threading

import pytest

from bot.services.limit import MINUTE, MOST, Limit
from bot.services.who_may import NotAllowed


@pytest.fixture
def now():
    return [0.0]


def test_somebody_may_so_often_a_minute_and_then_again(now):
    limit = Limit(2, lambda: now[0])
    assert [limit.allows("U1") for _ in range(3)] == [True, True, False]
    assert limit.allows("U2"), "everybody for themselves"
    now[0] = MINUTE
    assert limit.allows("U1")


def test_what_was_refused_does_not_count(now):
    limit = Limit(1, lambda: now[0])
    for second in range(120):
        now[0] = float(second)
        assert limit.allows("U1") == (second % MINUTE == 0)


def test_the_refusal_says_what_and_how_long(now):
    limit = Limit(1, lambda: now[0])
    limit.check("U1", "situations")
    with pytest.raises(NotAllowed, match="more than 1 situations in a minute. Wait a minute"):
        limit.check("U1", "situations")


def test_only_so_many_are_remembered(now):
    limit = Limit(1, lambda: now[0])
    for number in range(MOST + 1):
        limit.allows(number)
    assert limit.allows(0), "the oldest fell away"
    assert not limit.allows(MOST)


def test_many_at_once_are_counted_one_by_one(now):
    limit, gone = Limit(50, lambda: now[0]), []
    threads = [threading.Thread(target=lambda: gone.append(limit.allows("U1"))) for _ in range(100)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sum(gone) == 50
