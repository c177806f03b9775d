import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.language import Language
from bot.matching.reader import Reader
from bot.matching.reading import FIRST_WORDS, LAST_WORDS, clean, words
from bot.matching.slips import edits, slip
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
        ("dana's number and steves cell", "sam's number and sam's cell"),
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
    speller = Speller(Language.of([["cuecard"]] * 2), frozenset({"thuy"}))
    for word in ("cuecard", "thuy", "the", "sku", "scooter", "ok", "x" * 30):
        assert speller.mend([word]) == [word]


def test_a_slip_that_stands_in_the_library_itself_is_mended_all_the_same():
    speller = Speller(Language.of([["the", "customer", "rang"]] * 300 + [["custmer", "askin"]] * 2), frozenset())
    assert speller.mend(["the", "custmer"]) == ["the", "customer"]
    assert speller.mend(["askin"]) == ["asking"]
    assert Speller(Language.of([["viber", "number"]] * 2), frozenset()).mend(["viber"]) == ["viber"]
    larger = Language.of([["the", "customer", "rang"]] * 1300 + [["custmer", "demands", "jam"]] * 3 + [["vlog"]] * 3)
    assert Speller(larger, frozenset()).mend(["custmer", "demands"]) == ["customer", "demands"]
    assert Speller(larger, frozenset()).mend(["vlog"]) == ["vlog"]


def test_the_words_around_it_decide_what_a_slip_becomes():
    told = [words(text) for text in ("he is at the door", "open the door", "where is his dog", "his dog barks")]
    speller = Speller(Language.of(told * 3), frozenset())
    assert speller.mend(["at", "the", "dooe"])[-1] == "door"
    assert speller.mend(["his", "dpg"])[-1] == "dog"


def test_a_long_text_is_read_from_both_ends():
    text = " ".join(f"word{number}x" for number in range(10_000))
    read = words(text)
    assert len(read) <= FIRST_WORDS + LAST_WORDS


@given(st.text(max_size=5000))
def test_any_text_is_read_and_reading_twice_changes_nothing(text):
    once = clean(text)
    assert clean(once) == once
    assert len(READER.read(text)) <= 4 * (FIRST_WORDS + LAST_WORDS)


@given(st.text("abcdefghij", min_size=2, max_size=12), st.randoms(use_true_random=False))
def test_every_single_slip_has_a_probability(word, chance):
    typed = chance.choice([one for one in edits(word) if one != word])
    found = slip(word, typed)
    assert found is not None
    assert found < 0


@pytest.mark.parametrize("typed", ["dood", "xxor", "dor r", "", "odro"])
def test_what_takes_two_slips_has_none(typed):
    assert slip("doors", typed) is None


def test_short_forms_of_names_are_names():
    assert READER.read("jess and matt are late") == READER.read("priya and Carlos are late")
