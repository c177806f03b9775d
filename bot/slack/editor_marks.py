"""Which input a problem belongs to: that of its line, where a field is spread over several."""

from collections.abc import Iterable, Sequence

from bot.domain.problem import Problem
from bot.services.lines import lines
from bot.slack.editor_pages import Page

TOLD = 3
"""Sentences that stand under one input; the next ones show when these are mended."""
Marks = dict[int, dict[str, list[str]]]
"""Page number and block_id to the sentences there."""


def marks_of(problems: Iterable[Problem], pages: Sequence[Page]) -> Marks:
    """Every problem at its input; one of a field that the form does not show stands at the very first."""
    found: Marks = {}
    for problem in problems:
        number, block = _input_of(problem, pages)
        told = found.setdefault(number, {}).setdefault(block, [])
        if problem.sentence not in told and len(told) < TOLD:
            told.append(problem.sentence)
    return dict(sorted(found.items()))


def _input_of(problem: Problem, pages: Sequence[Page]) -> tuple[int, str]:
    slots = [(number, slot) for number, page in enumerate(pages) for slot in page.slots]
    own = [(number, slot) for number, slot in slots if slot.field.name == problem.field] or slots[:1]
    below = problem.line
    for number, slot in own:
        count = len(lines(slot.text))
        if below <= count:
            return number, slot.block
        below -= count
    return own[-1][0], own[-1][1].block
