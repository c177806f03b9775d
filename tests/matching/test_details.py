import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.details import find_facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("client demands steve's cell, he's off today", {"person": "Steve"}),
        ("CLIENT WANTS DANAS NUMBER", {"person": "Dana"}),
        ("wants Jess's number shes back tues", {"person": "Jess", "day": "on Tuesday"}),
        ("matt wants his shift covered", {"person": "Matt"}),
        ("pete off today and jenn is in", {"person": "Pete"}),
        ("priya is on leave til next monday", {"person": "Priya", "day": "next Monday"}),
        ("is Kofi back on the 5th?", {"person": "Kofi", "day": "on the 5th"}),
        ("tmrw 9am works", {"day": "tomorrow", "time": "at 9 am"}),
        ("wants it at 14:30", {"time": "at 14:30"}),
        ("come at noon", {"time": "at noon"}),
        ("back next week", {"day": "next week"}),
        ("refund of 20 quid for order #A4471", {"amount": "£20", "order": "A4471"}),
        ("it was $12.50", {"amount": "$12.50"}),
        ("tracking 1Z999A", {"order": "1Z999A"}),
    ],
)
def test_facts_are_found_as_they_are_spoken(text, facts):
    assert find_facts(text) == facts


@pytest.mark.parametrize(
    "text",
    [
        "will he wait",
        "he sat down by the sun lounger",
        "she was supposed to come thursday turned up today",
        "he's off on friday",
        "sue us he says",
        "phone 07700 900123",
        "card 4242 4242 4242 4242",
        "the rose display fell over",
        "the bev cart is empty and reg 3 is down",
        "",
    ],
)
def test_what_only_looks_like_a_fact_is_left_alone(text):
    assert find_facts(text) == {}


@given(st.text(max_size=4000))
def test_a_fact_is_short_and_holds_no_markup(text):
    for fact in find_facts(text).values():
        assert len(fact) <= 80
        assert not set(fact) & set("<>*_~`&@!")
