"""The gate's problems as a form shows them: under the field they stand in, in words without YAML or Jinja."""

import re
from collections.abc import Iterable, Mapping

from bot.domain.problem import Problem
from bot.services.lines import detail, lines

LISTS = ("phrases", "steps", "never", "tests", "details")
"""The fields that hold one thing a line."""
QUOTED = 40
NEEDED = {
    "title": "Give it a title, as “Customer asks for a discount”.",
    "sectors": "Choose at least one place in the menu.",
    "phrases": "Write at least one way in which staff would type it.",
    "say.first": "Write the line to say first.",
    "say.firm": "Write the line for when they push.",
    "say.final": "Write the last line, before the boss takes over.",
    "posture": "Write a few words for the body, as “Breathe. Lower voice. Step back.”",
    "steps": "Write at least one thing to do.",
    "never": "Write at least one thing not to do, and why.",
    "boss.level": "Choose when the boss takes over.",
    "review.owner": "Write who answers for these words, as “front desk lead”.",
}
"""What to say where a field is empty that must not be."""
UNREADABLE = "A character here cannot be read (it shows as �); delete it, or type it again."
_WHOLE = {"say": "say.first", "boss": "boss.when", "review": "review.owner", "": "title"}
_PICKER = "take it out, and use “Insert a detail”"
_INSTEAD = (
    (
        r"`(?P<a>[^`]*)` is no detail here; did you mean `(?P<b>[^`]*)`\?",
        "There is no detail “{a}”; did you mean “{b}”?",
    ),
    (
        r"`(?P<a>[^`]*)` is no detail here; its details are (?P<b>[^;]*);.*",
        "There is no detail “{a}”; add it under Details, or use one of these: {b}.",
    ),
    (
        r"`(?P<a>[^`]*)` is no switch here; did you mean `(?P<b>[^`]*)`\?",
        "There is no switch “{a}”; did you mean “{b}”?",
    ),
    (r"`(?P<a>[^`]*)` is no switch here; (?P<b>.*)", "There is no switch “{a}”; {b}"),
    (
        r"Jinja cannot read this wording.*|An \{% if %\} here is not closed.*",
        f"The curly brackets here do not match; {_PICKER}.",
    ),
    (
        r"`(?P<a>\w+)` cannot be used in a wording.*|`(?P<b>\w+)` cannot be used here.*|That filter or test.*",
        f"What stands in curly brackets here cannot be used; {_PICKER}.",
    ),
    (
        (
            r"This wording is too tangled.*|Put `.*` in quotes.*|Only `policy` has parts.*|Write which switch.*|"
            r"Only two texts can be compared.*|Say after `else`.*|Choose between two texts.*|This would say True.*|"
            r"Write `\w+` without brackets.*|`\w+` changes a text alone.*|This wording cannot be said.*"
        ),
        f"What stands in curly brackets here cannot be read; {_PICKER}.",
    ),
    (
        r"Give the detail `(?P<a>\w+)` another name.*",
        "“{a}” means something else in the words; give that detail another name.",
    ),
    (
        r"A missing value shows as.*|Two spaces stand here.*|A comma or full stop hangs loose.*",
        "A gap is left here when a detail is not known; insert it again, with what to say when it is not known.",
    ),
    (r"A brace or % of the wording shows.*", "A curly bracket or % shows here; say it in words."),
    (
        r"Nothing is left to say when details are missing.*",
        "Nothing is left to say when the details are not known; write a sentence that needs none.",
    ),
    (r"Two items ran together.*", "Two things stand on one line here; start the second on its own line."),
    (
        r"There is no playbook `(?P<a>[^`]*)` in force.*",
        "There is no playbook “{a}” any more; choose another, or none.",
    ),
    (r"Make this shorter than `(?P<a>\w+)` (?P<b>.*)", "Make this shorter than the line before it {b}"),
    (r"Write a number of days, as.*", "Write a number of days, as “180 days”."),
    (r"Write `next` .*", "There is no such playbook; choose another, or none."),
    (r"Write `(?P<a>[^`]*)` in small letters and underscores.*", "Write the name “{a}” with letters only, at most 30."),
)
_PATTERNS = tuple((re.compile(pattern, re.DOTALL), sentence) for pattern, sentence in _INSTEAD)


def in_form(
    problems: Iterable[Problem], fields: Mapping[str, str], titles: Mapping[str, str] | None = None
) -> list[Problem]:
    """The same problems by the form's fields; `line` is the line within a field that holds one thing a line.

    `titles` are those of the playbooks that a sentence may name by their id.
    """
    return [_shown(problem, fields, titles or {}) for problem in problems]


def _shown(problem: Problem, fields: Mapping[str, str], titles: Mapping[str, str]) -> Problem:
    sentence = _worded(problem.sentence, titles)
    first, _, rest = problem.field.partition(".")
    if first not in LISTS or not rest:
        return Problem(problem.file, 0, 0, _WHOLE.get(problem.field, problem.field), sentence)
    number, line = _line(fields.get(first, ""), rest.partition(".")[0])
    named = sentence if not line or sentence.startswith("“") else f"“{line[:QUOTED]}”: {sentence}"
    return Problem(problem.file, number, 0, first, named)


def _line(text: str, which: str) -> tuple[int, str]:
    """The 1-based number of a line, and the line: by its place, or a detail's by its name."""
    for number, line in enumerate(lines(text), start=1):
        parts = detail(line)
        if which == str(number - 1) or (parts and which == parts[0]):
            return number, line
    return 0, ""


def _worded(sentence: str, titles: Mapping[str, str]) -> str:
    for pattern, instead in _PATTERNS:
        if found := pattern.fullmatch(sentence):
            return instead.format(**{name: text or "" for name, text in found.groupdict().items()})
    return re.sub(r"`([^`]*)`", lambda found: f"“{titles.get(found[1], found[1])}”", sentence)
