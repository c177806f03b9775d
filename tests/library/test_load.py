import difflib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.playbook import Level, Playbook, Rung
from bot.domain.problem import Refused
from bot.domain.reserved import PHRASES_ONLY
from bot.library.load import TOLD, load_library, parse_playbook, parse_policy
from bot.library.schema import schema_text
from bot.library.source import MAX_BYTES

SHIPPED = Path(__file__).parents[2] / "playbooks"
GOOD = """
title: Somebody asks for a discount
sectors: [shop]
phrases: [wants a discount, asks for money off]
details:
  amount: {find: amount, ask: "How much?"}
say: {first: "Let me see what I can do.", firm: "I can ask.", final: "I'll ask."}
posture: Breathe.
steps: [Ask]
never: [{do: Promise, because: nobody checked}]
boss: {level: no}
review: {owner: lead, approved: null}
"""


def refused(text, file="some-playbook.yaml"):
    raw = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(Refused) as error:
        parse_playbook(raw, file)
    return error.value.problems


def test_a_playbook_is_read_in_every_field():
    playbook, places = parse_playbook(GOOD.encode(), "asks-for-a-discount.yaml")
    assert isinstance(playbook, Playbook)
    assert playbook.id == "asks-for-a-discount"
    assert playbook.say.on(Rung.FIRM) == "I can ask."
    assert playbook.boss.level is Level.NO
    assert playbook.review.approved is None
    assert playbook.review.every.days == 180
    assert places["say.firm"] == (7, 43)


def test_words_that_yaml_would_turn_into_other_things_stay_words():
    playbook, _ = parse_playbook(
        GOOD.replace("wants a discount", "no").replace("asks for money off", "12").encode(), "a-b.yaml"
    )
    assert playbook.phrases == ("no", "12")


def test_an_unknown_field_is_named_with_the_one_that_was_meant():
    problems = refused(GOOD.replace("phrases:", "phrase:"))
    assert {str(problem) for problem in problems} == {
        "some-playbook.yaml:2:1: phrases: Add `phrases`: it must be here.",
        "some-playbook.yaml:4:1: phrase: `phrase` is not a field here; did you mean `phrases`?",
    }


def test_all_problems_of_a_file_come_at_once():
    text = GOOD.replace("level: no", "level: maybe").replace("[shop]", "[shops]").replace("posture: Breathe.\n", "")
    assert {problem.field for problem in refused(text)} == {"boss.level", "sectors.0", "posture"}


def test_all_problems_of_all_files_come_at_once(tmp_path):
    (tmp_path / "policy.yaml").write_bytes((SHIPPED / "policy.yaml").read_bytes())
    (tmp_path / "first-one.yaml").write_text("title: [x]")
    (tmp_path / "second-one.yaml").write_text("\ttitle: x")
    (tmp_path / "good-one.yaml").write_text(GOOD)
    library, problems = load_library(tmp_path)
    assert set(library.playbooks) == {"good-one"}
    assert {problem.file for problem in problems} == {"first-one.yaml", "second-one.yaml"}


CASES = {
    "a tab": ("title:\n\tx: 1", "two spaces here instead of a tab"),
    "a byte order mark": (b"\xef\xbb\xbftitle: x", "byte order mark"),
    "UTF-16": ("title: x".encode("utf-16"), "byte order mark"),
    "not UTF-8": (b"title: caf\xe9", "Save this file as UTF-8"),
    "a NUL": (b"title: x\x00", "U+0000"),
    "ten megabytes": (b"a" * 10_000_000, "split it"),
    "several documents": ("a: 1\n---\nb: 2", "one playbook a file"),
    "an anchor": (GOOD.replace("[Ask]", "&a [Ask]"), "anchors"),
    "a bomb of anchors": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "anchors"),
    "a repeated field": (GOOD + "posture: Again.\n", "stands here twice"),
    "a repeated phrase": (GOOD.replace("asks for money off", "Wants  a DISCOUNT"), "stands here twice"),
    "a tag": (GOOD.replace("Breathe.", "!!python/object:os.system x"), "Delete the tag"),
    "a list for a text": (GOOD.replace("Breathe.", "[a, b]"), "one text here"),
    "a text for a list": (GOOD.replace("[Ask]", "Ask"), "Write a list here"),
    "an open quote": ('title: "x', "closing quote"),
    "a loose colon": ("title: so: it goes", "in quotes"),
    "deep nesting": ("[" * 50, "nested too deep"),
    "deep mappings": ("a: {" * 200, "nested too deep"),
    "an impossible day": (GOOD.replace("approved: null", "approved: 2026-02-31"), "2026-01-31"),
    "nothing at all": ("", "group of fields"),
    "a long phrase": (GOOD.replace("wants a discount", "x" * 601), "at most 600 characters"),
    "a list as a key": ("? [a]\n: x", "plain word"),
    "a bad detail": (GOOD.replace("amount: {find", "Big Sum: {find"), "small letters and underscores"),
}


@pytest.mark.parametrize(("text", "sentence"), CASES.values(), ids=CASES.keys())
def test_bad_files_are_refused_with_a_place_and_a_sentence(text, sentence):
    problems = refused(text)
    found = " ".join(problem.sentence for problem in problems)
    assert sentence in found
    for problem in problems:
        assert problem.sentence[-1] in ".?"


MANY = {
    "unknown fields": GOOD + "".join(f"zz{number}: x\n" for number in range(5000)),
    "unknown fields of a group": GOOD.replace("boss: {", "boss: {" + "".join(f"z{n}: x, " for n in range(5000))),
    "unknown parts of details": "details:\n" + "".join(f"  a{n}: {{ask: x, zz: y}}\n" for n in range(5000)),
    "anchors": "phrases:\n" + "".join(f"  - &a{number} x\n" for number in range(9000)),
    "repeated fields": "posture: x\n" * 9000,
}


@pytest.mark.parametrize("text", MANY.values(), ids=MANY.keys())
def test_of_very_many_problems_the_first_are_explained_and_that_there_are_more_is_said(text, monkeypatch):
    looked, look = [], difflib.get_close_matches
    monkeypatch.setattr(difflib, "get_close_matches", lambda *given, **more: looked.append(1) or look(*given, **more))
    problems = refused(text)
    assert len(problems) == TOLD + 1
    assert problems[-1].sentence.startswith("There is more to mend here")
    assert len(looked) <= TOLD + 1, "each of them costs work"


def test_a_file_name_that_is_no_id_is_refused():
    assert "small letters" in refused(GOOD, "My Playbook.yaml")[0].sentence


def test_a_policy_without_an_emergency_number_is_refused():
    raw = (SHIPPED / "policy.yaml").read_bytes().replace(b"emergency_number: 555 0199\n", b"")
    with pytest.raises(Refused, match="Add `emergency_number`"):
        parse_policy(raw)


@pytest.mark.parametrize("number", ["<!channel>", "call bob", "9", "1" * 60])
def test_a_number_of_the_policy_is_a_number(number):
    raw = (SHIPPED / "policy.yaml").read_text().replace("555 0199", f'"{number}"').encode()
    with pytest.raises(Refused, match="telephone number"):
        parse_policy(raw)


@pytest.mark.parametrize(("name", "why"), [("nowhere", "No such file or directory"), ("file", "Not a directory")])
def test_a_folder_that_cannot_be_read_says_so(tmp_path, name, why):
    (tmp_path / "file").write_text("")
    library, (problem,) = load_library(tmp_path / name)
    assert library is None
    assert str(problem) == f"{tmp_path / name}: This folder cannot be read ({why}); check its name and its permissions."


def test_situations_that_cannot_be_read_are_a_problem_and_none_are_not(tmp_path):
    (tmp_path / "policy.yaml").write_bytes((SHIPPED / "policy.yaml").read_bytes())
    assert load_library(tmp_path)[1] == ()
    (tmp_path / "situations").write_text("")
    (problem,) = load_library(tmp_path)[1]
    assert "This folder cannot be read (Not a directory)" in str(problem)


def test_a_folder_without_a_policy_says_what_to_do(tmp_path):
    library, problems = load_library(tmp_path)
    assert library is None
    assert "copy the shipped one" in problems[0].sentence


def test_the_schema_file_is_the_models_own():
    assert (SHIPPED / "schema.json").read_text() == schema_text()
    assert "phrases" in json.dumps(json.loads(schema_text()))


def test_every_shipped_file_is_read_without_a_problem():
    library, problems = load_library(SHIPPED)
    assert problems == ()
    assert len(library.playbooks) == 50
    assert set(library.phrases) == PHRASES_ONLY


yaml_text = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(GOOD.splitlines(keepends=True)), max_size=20).map("".join),
    st.builds(
        lambda at, junk: GOOD[:at] + junk + GOOD[at:],
        st.integers(0, len(GOOD)),
        st.text(alphabet="[]{}:-&*!|>'\"%@`\t\n #,?é\u202e", max_size=12),
    ),
)


@settings(max_examples=1000, deadline=None)
@given(yaml_text)
def test_any_file_is_read_or_refused_in_sentences(text):
    try:
        parse_playbook(text.encode("utf-8", "surrogatepass"), "any-file.yaml")
    except Refused as refusal:
        for problem in refusal.problems:
            assert problem.sentence[-1] in ".?", problem


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_sentences(raw):
    try:
        parse_playbook(raw, "any-file.yaml")
    except Refused as refusal:
        assert refusal.problems


def test_the_largest_file_that_is_read_is_read():
    raw = GOOD.encode() + b"#" + b"x" * (MAX_BYTES - len(GOOD) - 1)
    assert parse_playbook(raw, "big-one.yaml")[0].title
