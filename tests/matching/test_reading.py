import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.reader import Reader
from bot.matching.reading import FIRST_WORDS, LAST_WORDS, clean, words
from bot.matching.speller import Speller

READER = Reader.of(
    ["client wants the number", "parcel says delivered", "parcel is late", "wants instagram", "instagram"]
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (
            "CUST wants 2 know wat time hes off 2nite rn!",
            "customer wants to know what time he's off tonight right now !",
        ),
        ("w/o rcpt", "without receipt"),
        ("need 2 people", "need 5 people"),
        ("askin 4 my #", "asking for my number"),
        ("custmer wnats the numbr", "customer wants the number"),
        ("says delivred", "says delivered"),
        ("dana's number and steves cell", "sam's number and sam cell"),
        ("order 4471 for $20", "order 5 for $ 5"),
        ("soooo angry", "so angry"),
        ("mugged on a scooter", "mugged on a scooter"),
        ("he’s “rude”", "he's rude"),
    ],
)
def test_what_was_typed_is_read_as_plain_words(typed, read):
    assert " ".join(READER.read(typed)) == read


def test_the_speller_tells_what_it_changed():
    assert ("numbr", "number") in READER.changed("his numbr")


def test_the_speller_never_touches_a_word_it_knows_or_a_short_one():
    speller = Speller({"cuecard"}, frozenset({"thuy"}))
    for word in ("cuecard", "thuy", "the", "sku", "scooter", "ok"):
        assert speller.mend(word) == word


def test_a_long_text_is_read_from_both_ends():
    text = " ".join(f"word{number}x" for number in range(10_000))
    read = words(text)
    assert len(read) <= FIRST_WORDS + LAST_WORDS


@given(st.text(max_size=5000))
def test_any_text_is_read_and_reading_twice_changes_nothing(text):
    once = clean(text)
    assert clean(once) == once
    assert len(READER.read(text)) <= 4 * (FIRST_WORDS + LAST_WORDS)
