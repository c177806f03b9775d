"""A playbook as the plain fields of a form, and the form as the YAML that is stored."""

import re
from collections.abc import Iterator, Mapping

from bot.domain.playbook import Detail, OwnTest, Phrases, Playbook
from bot.domain.problem import Problem, Refused
from bot.domain.reserved import PHRASES_ONLY
from bot.library.load import parse_playbook
from bot.library.source import CONTROL
from bot.library.tree import Value
from bot.library.write import write
from bot.services.in_form import NEEDED, UNREADABLE, in_form
from bot.services.lines import detail, flat, join, lines, split

Fields = Mapping[str, str]
LISTED = ("title", "phrases")
"""The fields that a list of phrases must hold: it has no words of its own."""
_UNREAD = "\ufffd"


def clean(text: str) -> str:
    """What somebody typed, with a visible sign for each character that cannot be stored."""
    broken = "\n".join(text.splitlines())
    readable = CONTROL.sub(_UNREAD, broken)
    return readable.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def fields_of(entry: Phrases) -> dict[str, str]:
    """The form of a playbook, or of a list of phrases."""
    found = {
        "title": flat(entry.title),
        "sectors": ", ".join(entry.sectors),
        "phrases": "\n".join(map(flat, entry.phrases)),
        "tests": "\n".join(map(_test, entry.tests)),
    }
    return found | _words(entry) if isinstance(entry, Playbook) else found


def text_of(playbook: str, fields: Fields) -> str:
    """The YAML of a form. Raises Refused with every problem of its form, each by the field that it stands in."""
    problems = list(_unusable(playbook, fields))
    said = {problem.field for problem in problems}
    text = write(_document(playbook, fields))
    try:
        parse_playbook(text.encode(), f"{playbook}.yaml")
    except Refused as refused:
        problems += [one for one in in_form(refused.problems, fields) if one.field not in said]
    if problems:
        raise Refused(tuple(sorted(set(problems))))
    return text


def _words(playbook: Playbook) -> dict[str, str]:
    boss, review = playbook.boss, playbook.review
    return {
        "details": "\n".join(f"{name}{_kind(one)}: {flat(one.ask)}" for name, one in playbook.details.items()),
        "say.first": flat(playbook.say.first),
        "say.firm": flat(playbook.say.firm),
        "say.final": flat(playbook.say.final),
        "say.to": playbook.say.to.value,
        "posture": flat(playbook.posture),
        "steps": "\n".join(map(flat, playbook.steps)),
        "never": "\n".join(join(never.do, never.because, wording=True) for never in playbook.never),
        "boss.level": boss.level.value,
        "boss.when": flat(boss.when),
        "boss.who": flat(boss.who or ""),
        "next": playbook.next or "",
        "review.owner": flat(review.owner),
        "review.approved": review.approved.isoformat() if review.approved else "",
        "review.every": f"{review.every.days} days",
        "review.jurisdiction": review.jurisdiction,
    }


def _kind(one: Detail) -> str:
    return f" ({one.find})" if one.find else ""


def _test(test: OwnTest) -> str:
    return join(test.situation, test.says or "")


def _document(playbook: str, fields: Fields) -> dict[str, Value]:
    found: dict[str, Value] = {
        "title": flat(fields.get("title", "")),
        "sectors": list(re.findall(r"[^,\s]+", fields.get("sectors", ""))),
        "phrases": list(lines(fields.get("phrases", ""))),
    }
    if playbook not in PHRASES_ONLY:
        found |= _card(fields)
    tests = map(split, lines(fields.get("tests", "")))
    return found | {"tests": [_given({"situation": situation, "says": says}) for situation, says in tests]}


def _card(fields: Fields) -> dict[str, Value]:
    never = (split(line, wording=True) for line in lines(fields.get("never", "")))
    following = flat(fields.get("next", ""))
    return {
        "details": dict(map(_detail, lines(fields.get("details", "")))),
        "say": _part(fields, "say", needed=("first", "firm", "final")),
        "posture": flat(fields.get("posture", "")),
        "steps": list(lines(fields.get("steps", ""))),
        "never": [{"do": do, "because": because} for do, because in never],
        "boss": _part(fields, "boss", needed=("level",)),
        **({"next": following} if following else {}),
        "review": {"approved": None, **_part(fields, "review", needed=("owner",))},
    }


def _part(fields: Fields, part: str, *, needed: tuple[str, ...]) -> dict[str, Value]:
    """The fields of one group, those that are not needed only where they hold something."""
    there = {name.partition(".")[2]: flat(text) for name, text in fields.items() if name.startswith(f"{part}.")}
    return {**dict.fromkeys(needed, ""), **{name: text for name, text in there.items() if text}}


def _detail(line: str) -> tuple[str, Value]:
    name, find, ask = detail(line) or (line, "", "")
    return name, _given({"find": find, "ask": ask}, needed="ask")


def _given(part: dict[str, Value], needed: str = "situation") -> Value:
    return {name: text for name, text in part.items() if text or name == needed}


def _unusable(playbook: str, fields: Fields) -> Iterator[Problem]:
    file = f"{playbook}.yaml"
    for name, text in fields.items():
        if _UNREAD in text or CONTROL.search(text.replace("\n", " ")):
            yield Problem(file, 0, 0, name, UNREADABLE)
    for name, sentence in NEEDED.items():
        if not fields.get(name, "").strip() and (playbook not in PHRASES_ONLY or name in LISTED):
            yield Problem(file, 0, 0, name, sentence)
    if playbook not in PHRASES_ONLY:
        yield from _incomplete(file, fields)


def _incomplete(file: str, fields: Fields) -> Iterator[Problem]:
    for number, line in enumerate(lines(fields.get("never", "")), start=1):
        if not all(split(line, wording=True)):
            sentence = (
                f"“{line[:40]}”: write the reason on the same line, after a bar: “Argue | it makes them angrier”."
            )
            yield Problem(file, number, 0, "never", sentence)
    names: set[str] = set()
    for number, line in enumerate(lines(fields.get("details", "")), start=1):
        name, _ = _detail(line)
        if not detail(line):
            sentence = f"“{line[:40]}”: write a name, a colon and a question, as “name: Who do they want?”."
            yield Problem(file, number, 0, "details", sentence)
        elif name in names:
            yield Problem(file, number, 0, "details", f"“{name}” stands here twice; keep one of them.")
        names.add(name)
