import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.playbook import Find, Level
from bot.domain.problem import Problem, Refused
from bot.library.load import load_library, parse_playbook
from bot.services.draft import clean, fields_of, text_of
from bot.services.in_form import in_form
from bot.services.lines import join, pieces, split
from playbooks import lists, playbooks

LIBRARY, _ = load_library(Path(__file__).parents[2] / "playbooks")
NUMBER = LIBRARY.playbooks["coworker-personal-number"]
FIELDS = fields_of(NUMBER)


def read(playbook, fields):
    return parse_playbook(text_of(playbook, fields).encode(), f"{playbook}.yaml")[0]


def told(fields, playbook=NUMBER.id):
    with pytest.raises(Refused) as error:
        text_of(playbook, fields)
    return {(problem.field, problem.sentence) for problem in error.value.problems}


def one_line(entry):
    """The entry as a form keeps it: every text on one line."""
    return read(entry.id, fields_of(entry))


@given(playbooks)
def test_a_form_that_was_not_touched_saves_the_same_playbook(playbook):
    try:
        first = one_line(playbook)
    except Refused as refused:
        # Two phrases that differ in a line break alone are the same on one line.
        assert {problem.field for problem in refused.problems} == {"phrases"}
        return
    assert read(first.id, fields_of(first)) == first
    if not any("\n" in text for text in everything(playbook)):
        assert first == playbook


def everything(value):
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from everything(getattr(value, field.name))
    elif isinstance(value, dict):
        for inner in value.items():
            yield from everything(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from everything(inner)


@given(lists)
def test_a_list_of_phrases_keeps_what_its_form_does_not_show(entry):
    fields = {**fields_of(entry), "phrases": "another way to say it"}
    kept = read(entry.id, fields)
    assert kept.phrases == ("another way to say it",)
    assert len(kept.tests) == len(entry.tests)


def test_every_shipped_playbook_survives_its_form():
    for entry in (*LIBRARY.playbooks.values(), *LIBRARY.phrases.values()):
        assert one_line(entry) == entry


def test_what_the_form_does_not_show_is_kept():
    british = dataclasses.replace(NUMBER, review=dataclasses.replace(NUMBER.review, jurisdiction="UK"))
    assert read(NUMBER.id, {**fields_of(british), "posture": "Breathe."}).review == british.review


def test_each_field_is_written_as_people_write_it():
    found = read(
        NUMBER.id,
        FIELDS
        | {
            "phrases": "  he wants it\n\n\nshe wants it now  ",
            "details": "Return day (Day): When are they back?\nname: Who is it?",
            "never": "Argue | it makes them angrier",
            "tests": "where does he live | take a message\nsomething else",
            "boss.level": "now",
            "say.first": "Let me see.\nMay I take a message?",
            "sectors": "contact shop",
        }
        | dict.fromkeys(("steps",), "Write down their name.")
        | dict.fromkeys(("say.firm", "say.final"), "Let me see."),
    )
    assert found.phrases == ("he wants it", "she wants it now")
    assert found.details["return_day"].find is Find.DAY
    assert found.details["name"].find is None
    assert (found.never[0].do, found.never[0].because) == ("Argue", "it makes them angrier")
    assert [test.says for test in found.tests] == ["take a message", None]
    assert found.boss.level is Level.NOW
    assert found.say.first == "Let me see. May I take a message?"
    assert len(found.sectors) == 2


def test_an_empty_form_is_told_field_by_field():
    fields = {field for field, _ in told({}, "brand-new")}
    assert fields == {
        "title", "sectors", "phrases", "say.first", "say.firm", "say.final",
        "posture", "steps", "never", "boss.level", "review.owner",
    }  # fmt: skip


def test_a_list_of_phrases_needs_no_words():
    assert {field for field, _ in told({}, "customers-fighting")} == {"title", "phrases"}


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("never", "Argue", "“Argue”: write the reason on the same line, after a bar: “Argue | it makes them angrier”."),
        ("details", "who", "“who”: write a name, a colon and a question, as “name: Who do they want?”."),
        ("details", "name: Who?\nname: When?", "“name” stands here twice; keep one of them."),
        ("details", "a1: Who?", "“a1: Who?”: Write the name “a1” with letters only, at most 30."),
        ("details", "name (cat): Who?", "“name (cat): Who?”: Write one of these: 'person', 'day', 'time', 'amount' or 'order'."),
        ("title", "x" * 71, "Shorten this to at most 70 characters."),
        ("title", "Nul\0", "A character here cannot be read (it shows as �); delete it, or type it again."),
        ("steps", "a\nb\nc\nd\ne\nf", "Keep at most 5 here."),
        ("steps", "Ask.\n" + "x" * 1001, f"“{'x' * 40}”: Shorten this to at most 1000 characters."),
        ("phrases", "he asks\nHE  asks", "“HE  asks” stands here twice (1 and 2). Keep one of them."),
        ("review.every", "soon", "Write a number of days, as “180 days”."),
        ("next", "no such id!", "There is no such playbook; choose another, or none."),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_under_its_field_in_plain_words(field, typed, sentence):
    assert told({**FIELDS, field: typed}) == {(field, sentence)}


def test_yaml_inside_a_text_stays_a_text():
    hostile = "posture: x\n- a: {b}\n<!everyone> &a *a !!python/object:os.system"
    found = read(NUMBER.id, {**FIELDS, "phrases": hostile})
    assert found.phrases == tuple(hostile.split("\n"))


@pytest.mark.parametrize(
    ("gate", "field", "line", "sentence"),
    [
        (("steps.1", "Start a step with what to do."), "steps", 2, "“Offer to help with the matter yourself.”: Start a step"),
        (("never.2.because", "Shorten this."), "never", 3, "“Dial in front of them or hand them the p”: Shorten"),
        (("details.return_day.ask", "Shorten this."), "details", 2, "“return_day (day): When are they back?”: "),
        (("say", "This reads like a text."), "say.first", 0, "This reads like a text."),
        (("", "Something."), "title", 0, "Something."),
        (("say.first", "`nam` is no detail here; did you mean `name`?"), "say.first", 0, "There is no detail “nam”; did"),
        (("say.firm", "Jinja cannot read this wording; check the {{ }}."), "say.firm", 0, "The curly brackets here do not"),
        (("say.firm", "`for` cannot be used in a wording; use {{ name }}"), "say.firm", 0, "What stands in curly brackets"),
        (("phrases.0", "“x” does not come back here (`customer-gift` takes it)"), "phrases", 1, "“x” does not come back here (“Gift” takes it)"),
    ],
)  # fmt: skip
def test_the_gates_problems_are_told_where_the_form_shows_them(gate, field, line, sentence):
    problem = Problem("some.yaml", 12, 3, *gate)
    found = in_form([problem], FIELDS, {"customer-gift": "Gift"})[0]
    assert (found.field, found.line) == (field, line)
    assert found.sentence.startswith(sentence)


@given(st.text(), st.text(), st.booleans())
def test_two_parts_of_a_line_come_back_as_they_were(first, second, wording):
    if wording and "{" in first + second:
        return
    one, two = (" ".join(text.split()) for text in (first, second))
    if one:
        assert split(join(one, two, wording=wording), wording=wording) == (one, two)


def test_a_bar_of_a_filter_does_not_part_a_line():
    line = join("Call {{ name | title }}", "a | b \\ c", wording=True)
    assert line == r"Call {{ name | title }} | a \| b \\ c"
    assert split(line, wording=True) == ("Call {{ name | title }}", "a | b \\ c")


@given(
    st.lists(st.text(st.characters(exclude_characters="\n"), min_size=1, max_size=40), min_size=1), st.integers(40, 90)
)
def test_a_long_text_in_pieces_is_all_there(listed, longest):
    text = "\n".join(listed)
    found = pieces(text, longest)
    assert "\n".join(found) == text
    assert all(len(piece) <= longest for piece in found)


def test_a_line_longer_than_a_piece_is_not_cut_short():
    assert "".join(pieces("x" * 7001, 3000)) == "x" * 7001


@given(st.lists(st.text("ab", min_size=1, max_size=30), min_size=1), st.integers(40, 90))
def test_a_line_longer_than_a_piece_is_broken_between_its_words(words, longest):
    found = pieces(" ".join(words), longest)
    assert [word for piece in found for word in piece.split()] == words
    assert all(len(piece) <= longest for piece in found)


@given(st.text(st.characters(), max_size=200))
def test_whatever_is_typed_can_be_stored(text):
    stored = clean(text + "\ud800\0")
    assert stored.encode().decode() == stored
    assert "\0" not in stored
    assert stored.endswith("��")
