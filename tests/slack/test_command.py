import json
import logging

import pytest
from person import buttons, shown
from sqlalchemy import event

SAFETY = "In danger? Leave first, then call 555 0199."
STEVE = "client demands steve's cell, he's off today"


def test_a_situation_gets_its_card_within_the_acknowledgement(person):
    answered = person.cue(STEVE)
    message = answered.message
    assert answered.status == 200
    assert message["response_type"] == "ephemeral"
    assert message["blocks"][0]["text"]["text"] == "Client demands a coworker's personal number"
    assert SAFETY in shown(message)


def test_the_text_for_screen_readers_holds_the_whole_wording(person):
    message = person.cue(STEVE).message
    card = shown(message)
    for line in message["text"].splitlines()[1:]:
        words = line.split(": ", 1)[-1].split(", because ")[0].lstrip("0123456789. ").strip("“”").lower()
        assert words in card.lower().replace('\\"', '"'), line


@pytest.mark.parametrize("text", ["", "   ", "\u200b"])
def test_the_command_alone_gives_sectors_to_tap(person, text):
    message = person.cue(text).message
    assert SAFETY in shown(message)
    if text != "\u200b":
        assert "sector:contact" in buttons(message)


def test_a_sector_lists_its_playbooks_and_each_opens_its_card(person):
    listing = person.press(buttons(person.cue("").message)["sector:contact"])
    options = [button for action, button in buttons(listing).items() if action.startswith("pick:")]
    assert len(options) >= 11
    card = person.press(options[0])
    assert card["replace_original"] is True
    assert card["blocks"][0]["text"]["text"] == options[0]["text"]["text"]


@pytest.mark.parametrize("text", ["help", "HELP", "?", "--help"])
def test_help_says_how_to_ask(person, text):
    message = person.cue(text).message
    assert "as you would text a colleague" in shown(message)
    assert SAFETY in shown(message)


def test_nothing_fits_is_said_plainly(person):
    message = person.cue("zzzz qqqq vvvv").message
    assert "I have no approved words for that" in shown(message)
    assert SAFETY in shown(message)


def test_danger_stands_first(person):
    message = person.cue("he has a knife and wants his money back").message
    assert message["blocks"][0]["text"]["text"] == "🚨 Threat, weapon or robbery"
    assert "I have not told anyone." in shown(message)


HOSTILE = (
    "<!channel> <@U0BOSS> <https://evil.example|click> customer is shouting",
    "א" * 3000,
    "🙂" * 1500,
    "a" * 3000,
    "customer \x00\x07\x1b[31m is shouting",
    "\u202eclient demands steve's cell",
    "&lt;!here&gt; *bold* _it_ `code`",
    "{{ 7 * 7 }} {% for x in y %}",
    "%s %d {0} {name}",
)


def without_values(held):
    """What people and screen readers see; a button's value travels unseen."""
    if isinstance(held, dict):
        return {name: without_values(inner) for name, inner in held.items() if name != "value"}
    return [without_values(inner) for inner in held] if isinstance(held, list) else held


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_answered_never_echoed_and_never_pings(person, text):
    answered = person.cue(text)
    assert answered.status == 200
    seen = json.dumps(without_values(answered.message))
    for mark in ("<!", "<@", "evil.example", "\\u0000", "7 * 7"):
        assert mark not in seen
    assert "In danger?" in seen


def test_the_log_holds_id_and_probability_but_never_the_text(person, caplog):
    with caplog.at_level(logging.DEBUG):
        person.cue("client demands zebedee's cell, he's off today")
    assert "zebedee" not in caplog.text.lower()
    assert "coworker-personal-number" in caplog.text


def test_an_unexpected_error_shows_a_reference_and_the_safety_line_and_logs_no_text(person, bot, monkeypatch, caplog):
    def fail(*_):
        raise RuntimeError("steve's cell")

    monkeypatch.setattr(type(bot.shelf.matcher), "look", fail)
    answered = person.cue(STEVE)
    assert answered.status == 200
    text = answered.message["text"]
    reference = text.split("reference: ")[1][:8]
    assert SAFETY in text
    assert reference in caplog.text
    assert "steve" not in caplog.text


def test_nothing_that_an_employee_asks_or_taps_waits_for_the_database(quick, kept):
    robin, asked = quick("U0EMPLOYEE"), []
    event.listen(kept.revisions._engine, "before_cursor_execute", lambda *found: asked.append(found[2]))
    robin.cue("Apple Pay fails again")
    robin.press("firmer")
    robin.cue("")
    for tapped in ("sector:shop", "pick:0", "firmer"):
        robin.press(tapped)
    for situation in ("he has a knife", "zzz", "help"):
        robin.cue(situation)
    assert asked == []
    robin.cue("site")
    assert asked, "what does ask it is noticed"


def test_the_same_situation_gets_the_same_card(person):
    assert json.loads(person.cue(STEVE).body) == json.loads(person.cue(STEVE).body)
