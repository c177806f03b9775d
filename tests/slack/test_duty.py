import dataclasses
from datetime import UTC, datetime

import pytest

from bot.domain.site import Site

FAR = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def shops(kept, living):
    """Two shops; the first has the channel C0SHOP."""
    for number, channels in enumerate((("C0SHOP",), ())):
        policy = dataclasses.replace(living.shelf.policy, workplace=f"Shop {number}")
        kept.sites.save(
            Site(workspace="T0DEMO", id=f"shop-{number}", name=f"Shop {number}", policy=policy, channels=channels)
        )
    living.shelves.refresh()


def called(robin):
    """What the boss reads after Robin called them."""
    robin.cue("he has a knife")
    robin.press("call")
    return robin.api.called("chat.postMessage")["text"]


@pytest.mark.usefixtures("shops")
def test_the_boss_reads_at_which_site_they_are_wanted(phone):
    assert "<@U0EMPLOYEE> asks for you now at *Shop 0*: *Threat, weapon or robbery*" in called(phone())


def test_a_second_tap_hears_that_the_call_stands_and_calls_nobody_twice(phone):
    robin = phone()
    called(robin)
    for _ in range(3):
        robin.cue("he has a knife")
        robin.press("call")
        assert "I have told the manager on duty already: your call of <!date^" in robin.message.text
        assert "Nobody there? Ring the manager on duty: 555" in robin.message.text
    assert [name for name, _ in robin.api.calls].count("chat.postMessage") == 1


@pytest.mark.usefixtures("shops")
def test_where_the_site_is_not_known_the_boss_reads_that(phone):
    said = called(phone(channel="D0EMPLOYEE"))
    assert "asks for you now: *Threat, weapon or robbery*" in said
    assert said.endswith("I do not know at which site: ask them.")


def test_nothing_of_a_told_call_is_kept(phone, kept):
    robin = phone()
    assert called(robin)
    robin.api.slack.bell.until(lambda: not kept.calls.take(FAR, FAR), 5.0)
    assert kept.calls.take(FAR, FAR) == []
