import pytest

from bot.services.gate import Gate
from bot.services.overlay import read_text

DANGER = "he knows what time i finish and waits"


def with_phrase(bot, playbook, phrase):
    text = bot.library.texts[playbook].replace("phrases:\n", f"phrases:\n  - {phrase}\n", 1)
    return {playbook: read_text(playbook, text)}


@pytest.mark.parametrize("playbook", ["customer-flirting", "alarming-but-harmless", "nothing-fits"])
def test_danger_that_is_found_by_meaning_becomes_no_phrase_of_an_ordinary_card_or_list(bot, playbook):
    (problem,) = Gate(bot.shelves, bot.compiler).weigh("T1", with_phrase(bot, playbook, DANGER)).problems
    assert problem.field == "phrases.0"
    assert "`followed-or-stalked`" in problem.sentence


def test_it_becomes_one_of_the_safety_card_itself(bot):
    assert not Gate(bot.shelves, bot.compiler).weigh("T1", with_phrase(bot, "followed-or-stalked", DANGER)).problems
