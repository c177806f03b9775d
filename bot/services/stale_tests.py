"""Tests that expect words which a change takes out of the card, and what each would expect instead."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.rendering.card import CardTemplate
from bot.rendering.wording import unescape
from bot.services.check import says
from bot.services.lines import join, lines, split
from bot.services.shelf import Shelf

LONGEST = 200
"""Characters of the words that a test expects."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A test of a situation, the words that it expects and that are gone, and words that stand in their place."""

    situation: str
    old: str
    new: str


def stale_tests(before: CardTemplate, after: CardTemplate, shelf: Shelf) -> tuple[Stale, ...]:
    """The tests of a playbook that its own words passed before a change and fail after it."""
    return tuple(
        Stale(test.situation, test.says, _instead(before, after, test.says, shelf))
        for test in after.playbook.tests
        if test.says and says(before, test, shelf) and not says(after, test, shelf)
    )


def renewed(tests: str, stale: Sequence[Stale]) -> str:
    """The form's field of tests with the new words in place of the old."""
    new = {(one.situation, one.old): one.new for one in stale}
    told = map(split, lines(tests))
    return "\n".join(join(situation, new.get((situation, old), old)) for situation, old in told)


def _instead(before: CardTemplate, after: CardTemplate, old: str, shelf: Shelf) -> str:
    """The sentence that comes nearest to the old words, where they stood; in the first line if that is gone."""
    then, now = (dict(_texts(template, shelf)) for template in (before, after))
    field = next((name for name, text in then.items() if old.casefold() in text.casefold() and now.get(name)), "")
    sentences = [one for one in re.split(r"(?<=[.?!])\s+|\n", now.get(field) or now["say.first"]) if one]
    return _cut(max(sentences, key=lambda one: _likeness(old, one), default=""))


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one.casefold(), other.casefold()).ratio()


def _texts(template: CardTemplate, shelf: Shelf) -> Iterator[tuple[str, str]]:
    values: Mapping[str, str | None] = shelf.policy.values()
    for field, wording in template.wordings.items():
        if not field.startswith("boss."):
            yield field, unescape(wording.render({}, values))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST + 1].rsplit(" ", 1)[0][:LONGEST]
