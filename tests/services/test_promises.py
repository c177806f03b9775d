"""What the switches promise, proved for every card of the shipped library on every rung."""

import dataclasses
import itertools
import re

import pytest

from bot.domain.playbook import Find, Listener, Rung
from bot.domain.policy import OPTIONAL_TEXTS, SWITCHES
from bot.services.check_words import EXAMPLES, TEXTS

DAYS = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\btomorrow\b|\bnext week\b|\b\d{1,2}(?::\d\d)? ?[ap]m\b",
    re.IGNORECASE,
)


def cards(bot, **switches):
    """Every card under every value of the switches it reads, with `switches` fixed, with and without its details."""
    for template in bot.shelf.cards.values():
        read = frozenset().union(*(wording.switches for wording in template.wordings.values()))
        free = sorted((read & {*SWITCHES, *OPTIONAL_TEXTS}) - switches.keys())
        values = [SWITCHES.get(name) or (None, TEXTS[name]) for name in free]
        full = {name: EXAMPLES[detail.find] for name, detail in template.playbook.details.items()}
        for chosen, known in itertools.product(itertools.product(*values), ({}, full)):
            policy = dataclasses.replace(bot.shelf.policy, **switches, **dict(zip(free, chosen, strict=True)))
            yield template.playbook, template.card(known, policy, None)


def text(card):
    return "\n".join([*card.lines.values(), *card.steps, card.posture, card.boss, *(f"{a} {b}" for a, b in card.never)])


def test_with_may_say_when_back_no_card_tells_a_day_or_time_of_a_colleague(bot):
    about_colleagues = [name for name, card in bot.shelf.cards.items() if "may_say_when_back" in repr(card.playbook)]
    assert "coworker-personal-number" in about_colleagues
    assert "coworker-schedule" in about_colleagues
    for playbook, card in cards(bot, may_say_when_back="no"):
        if (
            any(detail.find in (Find.DAY, Find.TIME) for detail in playbook.details.values())
            or playbook.id in about_colleagues
        ):
            assert not DAYS.search("\n".join(card.lines.values())), playbook.id


def test_with_gifts_refused_no_card_shares_one(bot):
    for playbook, card in cards(bot, gifts="refuse"):
        assert not re.search(
            r"\bshar(?:e|ing|ed)\b.{0,40}\bteam\b|\bteam\b.{0,40}\bshar(?:e|ing|ed)\b", text(card), re.IGNORECASE
        ), playbook.id


def test_with_neighbours_never_no_card_mentions_them(bot):
    assert any("neighbour" in text(card).lower() for _, card in cards(bot, check_neighbours="after_proof"))
    for playbook, card in cards(bot, check_neighbours="never"):
        assert "neighbo" not in text(card).lower(), playbook.id


def test_with_no_calls_on_a_day_off_no_card_offers_one(bot):
    for playbook, card in cards(bot, may_call_on_day_off="no"):
        said = "\n".join(card.lines.values())
        assert not re.search(r"\bI'll (?:try to )?(?:reach|ring|call) (?:them|Christopher)\b", said), playbook.id


def test_no_card_that_must_not_promise_a_replacement_does(bot):
    for playbook, card in cards(bot):
        if "parcels" in playbook.sectors:
            said = "\n".join(card.lines.values())
            assert not re.search(
                r"\b(?:we'll|we will|I'll|I will) (?:replace|refund|send (?:you )?(?:a|another))\b", said, re.IGNORECASE
            ), playbook.id


def test_no_line_echoes_a_number_that_was_typed(bot):
    for template in bot.shelf.cards.values():
        for field, wording in template.wordings.items():
            if field.startswith("say."):
                finds = {template.playbook.details[name].find for name in wording.details}
                assert Find.ORDER not in finds, template.playbook.id


@pytest.mark.parametrize("playbook", ["i-like-a-customer", "i-need-a-minute"])
def test_cards_that_say_nothing_to_the_customer_show_to_whom(bot, playbook):
    assert bot.shelf.cards[playbook].playbook.say.to is not Listener.CUSTOMER


def test_every_rung_of_every_card_is_said_in_a_breath(bot):
    for playbook, card in cards(bot):
        for rung in Rung:
            assert len(card.lines[rung].split()) <= 25, (playbook.id, rung)
