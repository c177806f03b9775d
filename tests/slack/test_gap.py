import logging

import pytest
from phone import actions_of, blocks_of, shown, text

from bot.domain.asker import Asker
from bot.services.gaps import TOLD
from bot.services.ports import NotKept
from bot.slack.state import State, load_state
from bot.storage.gaps import StoredGaps

ODD = "zzzz qqqq vvvv for Priya on 07700 900123"


def ask_in_vain(robin):
    robin.cue(ODD)
    if "gap" not in actions_of(blocks_of(robin.message)):
        robin.press("none")


def kept_texts(kept):
    return [gap.text for gap in kept.gaps.open("T0DEMO")]


def test_what_nothing_covers_is_told_without_a_name_and_kept_as_it_was_seen(phone, kept):
    robin = phone()
    ask_in_vain(robin)
    robin.press("gap")
    form = shown(robin.form)
    assert "zzzz qqqq vvvv for ‹name› on ‹number›" in form
    assert "Priya" not in form + shown(robin.message)
    assert robin.send(text=text("zzzz qqqq vvvv for ‹name› on ‹number›")) == {}
    assert "Thank you" in shown(robin.form)
    assert "In danger?" in shown(robin.form)
    gap = kept.gaps.open("T0DEMO")[0]
    assert gap.text == "zzzz qqqq vvvv for ‹name› on ‹number›"
    assert "U0EMPLOYEE" not in repr(gap)
    assert gap.site == "policy"
    assert (gap.at.hour, gap.at.minute, gap.at.second) == (12, 0, 0), "the day and no more"


def test_what_the_asker_types_over_it_is_redacted_again_and_shown_before_it_is_kept(phone, kept):
    robin = phone()
    ask_in_vain(robin)
    robin.press("gap")
    robin.send(text=text("wolfgang wants his aquarium fed, ring 555 0142"))
    assert kept_texts(kept) == []
    assert "I took out more" in shown(robin.form)
    assert "‹name› wants his aquarium fed, ring ‹number›" in shown(robin.form)
    robin.send(text=text("‹name› wants his aquarium fed, ring ‹number›"))
    assert kept_texts(kept) == ["‹name› wants his aquarium fed, ring ‹number›"]


def test_the_longest_text_of_emoji_opens_its_form(quick):
    robin = quick("U0EMPLOYEE")
    robin.cue("💀 " * 199)
    robin.press("gap")
    assert "💀" in shown(robin.form)


def test_an_edit_with_nothing_personal_in_it_is_kept_at_once(phone, kept):
    robin = phone()
    ask_in_vain(robin)
    robin.press("gap")
    robin.send(text=text("guest wants an aquarium fed"))
    assert kept_texts(kept) == ["guest wants an aquarium fed"]


def test_none_of_these_leads_there_too_with_the_text_carried_along(phone):
    robin = phone()
    robin.cue("client demands steve's cell, he's off today")
    for action in ("firmer", "others", "none", "gap"):
        robin.press(action)
    assert "client demands ‹name›'s cell, he's off today" in shown(robin.form)


@pytest.mark.parametrize("danger", ["he has a knife", "my boss touched my leg", "i want to end it all"])
def test_danger_offers_no_telling_and_a_forged_one_shows_the_card_and_keeps_nothing(phone, kept, danger):
    robin = phone()
    robin.cue(danger)
    assert "gap" not in actions_of(blocks_of(robin.message))
    robin.press("menu")
    assert "gap" not in actions_of(blocks_of(robin.message))
    assert danger not in shown(robin.message)
    ask_in_vain(robin)
    robin.press("gap")
    robin.send(text=text(danger))
    assert robin.form.content["blocks"][0]["text"]["text"].startswith("🚨")
    assert kept_texts(kept) == []


def test_somebody_who_tells_very_many_is_asked_to_wait_and_no_more_are_kept(quick, kept):
    robin = quick("U0EMPLOYEE")
    for number in range(TOLD + 1):
        robin.cue(f"zzz qqq {'x' * number}")
        robin.press("gap")
        robin.send(text=text(f"zzz qqq {'x' * number}"))
    assert f"more than {TOLD} situations in a minute" in shown(robin.form)
    assert len(kept.gaps.open("T0DEMO")) == TOLD


def test_nothing_left_after_redaction_is_not_kept(phone, kept):
    robin = phone()
    ask_in_vain(robin)
    robin.press("gap")
    robin.send(text=text("priya 07700 900123"))
    robin.send(text=text("  "))
    assert all("‹" in found for found in kept_texts(kept))


def test_a_database_that_is_gone_is_said_and_the_words_are_not_logged(phone, monkeypatch, caplog):
    def fail(*_):
        raise NotKept

    monkeypatch.setattr(StoredGaps, "add", fail)
    robin = phone()
    with caplog.at_level(logging.DEBUG, "bot"):
        ask_in_vain(robin)
        robin.press("gap")
        robin.send(text=text("guest wants an aquarium fed"))
    assert "could not store" in shown(robin.form)
    assert "aquarium" not in caplog.text
    assert "zzzz" not in caplog.text


def test_a_button_never_carries_a_text_beside_danger():
    state = load_state(State(danger="child-safety", text="").dump())
    assert state.text == ""
    assert Asker() == Asker()
