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
