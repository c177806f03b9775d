import pytest
from writer import MANAGER, OWNER

from bot.services.draft import fields_of

CARD = "card-declined"
WORKSPACE = "T0DEMO"


def fields(small_bot):
    return fields_of(small_bot.shelves.library(WORKSPACE).entry(CARD))


@pytest.fixture
def two(writer):
    """Two people with a form of the same playbook."""
    first, second = writer.as_(OWNER), writer.as_(MANAGER)
    first.open(f"edit:{CARD}")
    second.open(f"edit:{CARD}")
    return first, second


def saved(writer, **typed):
    """Change a few fields and save."""
    assert writer.to_the_end(**typed) == {}
    assert writer.title == "Save?", writer.shown()
    assert writer.send() == {}
    writer.done()


def test_two_editors_at_once_the_second_is_shown_what_changed_and_keeps_their_text(two, small_bot):
    first, second = two
    saved(first, title="Card was declined", posture="Breathe. Smile.")
    assert second.to_the_end(title="Card bounced") == {}
    assert second.title == "Changed meanwhile"
    assert "Breathe. Smile." in second.shown()
    assert f"<@{OWNER}> saved version 1" in second.shown()
    second.tap("editor:mine")
    assert second.input("title")["initial_value"] == "Card bounced"
    assert "“Card was declined”" in second.shown()
    saved(second)
    now = fields(small_bot)
    assert (now["title"], now["posture"]) == ("Card bounced", "Breathe. Smile.")


def test_the_second_is_shown_it_too_where_they_changed_something_else(two, small_bot):
    first, second = two
    assert second.to_the_end(title="Card bounced") == {}
    assert second.title == "Save?"
    saved(first, posture="Breathe. Smile.")
    assert second.send() == {}
    assert second.done().title == "Changed meanwhile"
    assert f"<@{OWNER}> saved version 1" in second.shown()
    assert "Breathe. Smile." in second.shown()
    assert "Both are in your form now" in second.shown()
    second.tap("editor:mine")
    saved(second)
    now = fields(small_bot)
    assert (now["title"], now["posture"]) == ("Card bounced", "Breathe. Smile.")


def test_a_form_that_was_left_shows_what_others_saved_when_it_is_opened_again(two):
    first, second = two
    second.send(title="Card bounced")
    saved(first, posture="Breathe. Smile.")
    assert second.open(f"edit:{CARD}").title == "Changed meanwhile"
    assert "Breathe. Smile." in second.shown()


def test_a_form_in_which_nothing_was_changed_opens_on_what_others_saved(two):
    first, second = two
    saved(first, title="Card was declined")
    second.open(f"edit:{CARD}")
    assert second.input("title")["initial_value"] == "Card was declined"


def test_phrases_that_two_people_add_are_both_there(two, small_bot):
    first, second = two
    typed = first.input("phrases")["initial_value"]
    *rest, gone = typed.splitlines()
    saved(first, phrases="\n".join(["zebra one", *rest]))
    assert second.to_the_end(phrases=f"quokka two\n{typed}") == {}
    assert "“zebra one”" in second.shown()
    assert "You both changed the same" not in second.shown()
    second.tap("editor:mine")
    saved(second)
    assert fields(small_bot)["phrases"].splitlines() == ["quokka two", *rest, "zebra one"]
    assert gone not in fields(small_bot)["phrases"]


def test_that_the_card_was_taken_off_meanwhile_is_said(two, small_bot):
    first, second = two
    first.open(f"history:{CARD}")
    first.tap("version:retire")
    first.until(lambda: first.title == "Saved")
    assert second.to_the_end(title="Card bounced") == {}
    assert "They took the card off. It comes back if you save" in second.shown()
    second.tap("editor:mine")
    saved(second)
    assert fields(small_bot)["title"] == "Card bounced"


def test_the_loser_of_a_race_may_take_theirs(two):
    first, second = two
    saved(first, title="Card was declined")
    second.to_the_end(title="Card bounced")
    second.tap("editor:theirs")
    assert second.input("title")["initial_value"] == "Card was declined"
