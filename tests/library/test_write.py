from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.playbook import (
    Boss,
    Detail,
    Find,
    Level,
    Listener,
    Never,
    OwnTest,
    Phrases,
    Playbook,
    Review,
    Say,
)
from bot.domain.policy import SWITCHES, Policy
from bot.domain.problem import Refused
from bot.domain.sector import Sector
from bot.library.load import load_library, parse_playbook, parse_policy
from bot.library.write import HEAD, write_playbook, write_policy

SHIPPED = Path(__file__).parents[2] / "playbooks"
HOSTILE = (
    "no", "12", "1e3", "null", "~", "2026-01-31", "- a dash", "# a comment", "a: b", "a #b", "{{ name }}", "[x]",
    "'", '"', "it's “so”", "%TAG", "@home", "`x`", "!!str", "&a *a", "|", ">-", "? k", "a\nb", "a\n\n  b\n c",
    "<<", "=", "x" * 150, "word " * 40 + "end", "— 🙄 日本語 ﷽", "a\tb", "\ufeff", "--- a", "...", "{a: b}", "\\n \\x00",
    "key:", ":", "-", "<!everyone>", "trailing  double  spaces", "a" * 200 + "\n" + "b" * 200,
)  # fmt: skip
characters = st.characters(
    exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufffe\uffff"
) | st.sampled_from("\n\t:#-'\"{}[]|>%@` ")


def texts(longest=120):
    written = st.text(characters, min_size=1, max_size=longest) | st.sampled_from(HOSTILE)
    return written.map(str.strip).filter(lambda text: 0 < len(text) <= longest)


def optional(strategy):
    return st.none() | strategy


phrases = st.lists(texts(600), min_size=1, max_size=6, unique_by=lambda text: " ".join(text.lower().split()))
sectors = st.lists(st.sampled_from(Sector), min_size=1, max_size=3).map(tuple)
tests = st.lists(st.builds(OwnTest, texts(600), optional(texts(200))), max_size=3).map(tuple)
names = st.from_regex(r"[a-z][a-z_]{0,29}", fullmatch=True) | st.sampled_from(["null", "no", "true"])
titles = texts(70).filter(lambda text: len(text) >= 3)
playbooks = st.builds(
    Playbook,
    id=st.just("some-playbook"),
    title=titles,
    phrases=phrases.map(tuple),
    sectors=sectors,
    tests=tests,
    details=st.dictionaries(names, st.builds(Detail, texts(150), optional(st.sampled_from(Find))), max_size=4),
    say=st.builds(Say, texts(1000), texts(1000), texts(1000), st.sampled_from(Listener)),
    posture=texts(),
    steps=st.lists(texts(1000), min_size=1, max_size=5).map(tuple),
    never=st.lists(st.builds(Never, texts(), texts()), min_size=1, max_size=4).map(tuple),
    boss=st.builds(Boss, st.sampled_from(Level), st.just("") | texts(300), optional(texts())),
    next=optional(st.just("another-playbook")),
    review=st.builds(
        Review,
        texts(100),
        optional(st.dates(date(1000, 1, 1))),
        st.integers(1, 9999).map(timedelta),
        st.sampled_from(["any", "UK"]),
    ),
)
lists = st.builds(
    Phrases, id=st.just("customers-fighting"), title=titles, phrases=phrases.map(tuple), sectors=sectors, tests=tests
)


def parsed(entry):
    return parse_playbook(write_playbook(entry).encode(), f"{entry.id}.yaml")[0]


@given(playbooks)
def test_what_is_written_parses_to_the_same_playbook(playbook):
    assert parsed(playbook) == playbook


@given(lists)
def test_what_is_written_parses_to_the_same_list_of_phrases(entry):
    assert parsed(entry) == entry


def test_every_shipped_file_survives_being_written():
    library, _ = load_library(SHIPPED)
    for entry in (*library.playbooks.values(), *library.phrases.values()):
        assert parsed(entry) == entry
        assert write_playbook(entry).startswith(HEAD + "title: ")
    assert parse_policy(write_policy(library.policy).encode()) == library.policy


plain = st.text(st.characters(categories=["L", "N"]), min_size=2, max_size=40).filter(lambda text: text.strip() == text)
switches = {name: st.sampled_from(values) for name, values in SWITCHES.items()}


@given(
    st.builds(
        Policy,
        **dict.fromkeys(("workplace", "hours", "site_address", "who_is_told"), plain),
        **dict.fromkeys(("work_number", "duty_phone", "emergency_number"), st.sampled_from(["112", "+44 20", "0123"])),
        **switches,
        legal_contact=optional(texts(60)),
    )
)
def test_a_policy_survives_being_written(policy):
    assert parse_policy(write_policy(policy).encode()) == policy


def test_a_long_line_stands_below_its_name_and_a_short_group_on_one_line():
    library, _ = load_library(SHIPPED)
    written = write_playbook(library.playbooks["coworker-personal-number"])
    assert "  first: >-\n    I can't give out personal numbers or details" in written
    assert "boss:\n  level: if\n  when: they ask a third time" in written
    assert "review: {owner: front desk lead, approved: null, every: 180 days, jurisdiction: any}" in written


def test_an_invisible_character_behind_an_escape_is_refused():
    written = write_playbook(load_library(SHIPPED)[0].playbooks["coworker-personal-number"])
    with pytest.raises(Refused) as error:
        parse_playbook(written.replace("posture: Breathe.", r'posture: "Breathe\0."#').encode(), "some-playbook.yaml")
    assert [(one.field, one.sentence) for one in error.value.problems] == [
        ("posture", "Delete the invisible character U+0000 here.")
    ]
