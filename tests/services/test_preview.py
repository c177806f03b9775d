import dataclasses

import pytest
from small import WordCompiler, build, copy_to, with_phrase

from bot.domain.playbook import Rung
from bot.domain.policy import OPTIONAL_TEXTS, SWITCHES
from bot.services.overlay import read_text
from bot.services.preview import PLAIN, WITH, WITHOUT, previews, try_it
from bot.services.switch_words import where


def looks(bot, playbook):
    return previews(bot.library.playbooks[playbook], bot.shelf)


def test_a_card_is_shown_with_its_details_without_them_and_under_each_switch(bot):
    found = looks(bot, "coworker-personal-number")
    assert [one.label for one in found] == [
        PLAIN,
        "Where nobody calls a colleague on a day off",
        "Where anybody may call a colleague on a day off",
        "With example details, where we may say the day a colleague is back",
    ]
    assert "back on Wednesday" not in found[0].card.lines[Rung.FIRST]
    assert "I expect Christopher back on Wednesday." in found[-1].card.lines[Rung.FIRST]


def test_a_card_without_details_is_shown_as_it_stands(bot):
    assert looks(bot, "customer-turned-me-down")[0].label == PLAIN


def test_a_card_whose_words_need_details_is_shown_with_and_without_them(bot):
    assert {WITH, WITHOUT} <= {one.label for one in looks(bot, "missed-appointment-walk-in")}


def test_a_look_is_told_once_and_every_look_is_another(bot):
    for playbook in bot.library.playbooks.values():
        cards = [one.card for one in previews(playbook, bot.shelf)]
        assert all(card not in cards[:number] for number, card in enumerate(cards))
        assert 1 <= len(cards) <= 60


def test_the_first_look_is_the_sites_own(bot):
    refusing = dataclasses.replace(bot.shelf, policy=dataclasses.replace(bot.shelf.policy, gifts="refuse"))
    found = previews(bot.library.playbooks["customer-gift"], refusing)
    assert "where" not in found[0].label.lower()
    assert any("gifts are shared with the team" in one.label for one in found)
    assert not any("gifts are refused" in one.label for one in found)


@pytest.mark.parametrize("name", [*SWITCHES, *OPTIONAL_TEXTS])
def test_every_switch_has_its_words(name):
    said = [where(name, value) for value in SWITCHES.get(name, (None, "something"))]
    assert len(set(said)) == len(said)
    assert not any("None" in one or "_" in one for one in said)


def test_trying_shows_what_a_situation_finds_now_and_after_the_change(tmp_path):
    shelves = build(copy_to(tmp_path / "playbooks"), WordCompiler())
    situation = "zebra quokka platypus"
    changed = {"card-declined": read_text("card-declined", with_phrase("card-declined", situation))}
    after = shelves.candidate("T1", changed).shelf
    tried = try_it(situation, shelves.of("T1"), after)
    assert tried.now == "nothing that fits"
    assert tried.after == "the card “Card declined”"


def test_trying_says_what_comes_first_in_danger(bot):
    tried = try_it("he has a knife and wants a refund", bot.shelf, bot.shelf)
    assert tried.now.startswith("first the safety card “")
