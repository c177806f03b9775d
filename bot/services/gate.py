"""The gate as a change meets it: what is wrong with the change itself, and what it would take from others."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from bot.domain.library import Library
from bot.domain.problem import Problem
from bot.domain.reserved import PHRASES_ONLY
from bot.matching.compiler import Compiler
from bot.services.check import check_meaning, check_words_of, stray_phrases
from bot.services.check_words import check_typed
from bot.services.draft import fields_of
from bot.services.lines import lines
from bot.services.moves import broken_tests, moves
from bot.services.overlay import Written, change
from bot.services.shelf import Shelf
from bot.services.shelves import Candidate, Shelves
from bot.services.silenced import silenced

REMEMBERED = 4
"""Workspaces whose last verdict is held."""
Changes = Mapping[str, Written | None]
"""What changes, by id; None takes an entry out."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a change may not be saved for, what else it moves, and the change compiled (None where its words fail).

    `known` was wrong before, by another change's doing; it is told and does not stand in the way.
    """

    problems: tuple[Problem, ...]
    moves: tuple[str, ...] = ()
    candidate: Candidate | None = None
    known: tuple[Problem, ...] = ()


class Gate:
    """Holds changes against what is in force in a workspace."""

    def __init__(self, shelves: Shelves, compiler: Compiler) -> None:
        self.shelves = shelves
        self._compiler = compiler
        self._weighed: dict[str, tuple[Library, Shelf, Changes, Verdict]] = {}

    def look(self, workspace: str, changed: Changes) -> tuple[Problem, ...]:
        """What can be told at once: the words of each changed entry, and what is fixed for good."""
        shipped = self.shelves.shipped
        library = change(self.shelves.library(workspace), shipped, changed)
        frames = self.shelves.of(workspace).frames
        found = [problem for name in changed for problem in check_words_of(library, name, frames)]
        for name, written in changed.items():
            found += check_typed(library, written.entry) if written else ()
            found += _unfixed(shipped, name, written)
        return tuple(sorted(set(found)))

    def weigh(self, workspace: str, changed: Changes) -> Verdict:
        """All of it: also phrases, links and tests among all others, compiled beside what is in force."""
        library, before = self.shelves.library(workspace), self.shelves.of(workspace)
        last = self._weighed.get(workspace)
        if last and last[0] is library and last[1] is before and last[2] == changed:
            # What was looked at a moment ago is saved now.
            return last[3]
        verdict = self._weigh(workspace, changed, before)
        self._weighed[workspace] = library, before, changed, verdict
        while len(self._weighed) > REMEMBERED:
            self._weighed.pop(next(iter(self._weighed)), None)
        return verdict

    def _weigh(self, workspace: str, changed: Changes, before: Shelf) -> Verdict:
        problems = {*self.look(workspace, changed), *self._silenced(workspace, changed, before)}
        if problems:
            return Verdict(tuple(sorted(problems)))
        candidate = self.shelves.candidate(workspace, changed)
        names = {name for name, written in changed.items() if written is not None}
        found = {*candidate.problems, *check_meaning(candidate.library, candidate.shelf, self._compiler, names)}
        known = self._known(candidate, before, names, found) if found else set()
        both = (before, candidate.shelf)
        broken = broken_tests(candidate.library, both, self._compiler, set(changed))
        moved = tuple(moves(candidate.library, both, self._compiler, set(changed)))
        return Verdict(tuple(sorted({*(found - known), *broken})), moved, candidate, tuple(sorted(known)))

    def _silenced(self, workspace: str, changed: Changes, before: Shelf) -> Iterator[Problem]:
        there = (self.shelves.library(workspace), self.shelves.shipped)
        entries = {name: written.entry for name, written in changed.items() if written is not None}
        return silenced(there, entries, (before.matcher, self.shelves.as_shipped.matcher), self._compiler)

    def _known(
        self, candidate: Candidate, before: Shelf, names: Collection[str], found: Collection[Problem]
    ) -> set[Problem]:
        """What does not stand in a change's way: what was there before, and what may come about between two saves.

        That is a card leading on to one that was taken off since, and phrases that one change of several takes from
        another.
        """
        there = {name for name in names if candidate.base.entry(name)}
        old = {one.sentence for one in check_meaning(candidate.base, before, self._compiler, there)}
        entries = [entry for entry in map(candidate.library.entry, sorted(names)) if entry]
        among = {
            (f"{entry.id}.yaml", f"phrases.{number}")
            for entry, number, taker in stray_phrases(candidate.shelf, self._compiler, entries)
            if taker in names
        }
        return {one for one in found if one.sentence in old or one.field == "next" or (one.file, one.field) in among}


def _unfixed(shipped: Library, name: str, written: Written | None) -> list[Problem]:
    """What a change of a safety card, or of a list, does beyond adding phrases."""
    there = shipped.phrases.get(name)
    if name not in PHRASES_ONLY or there is None:
        return []
    if written is None:
        return [shipped.problem(name, "", "This card is for an emergency and always stays; only its phrases can grow.")]
    own, fixed = fields_of(written.entry), fields_of(there)
    gone = [phrase for phrase in lines(fixed["phrases"]) if phrase not in lines(own["phrases"])]
    found = [
        shipped.problem(name, "phrases", f"“{phrase}” came with Cuecard and stays; put it back.") for phrase in gone
    ]
    changed = [field for field in ("title", "sectors", "tests") if own[field] != fixed[field]]
    return found + [shipped.problem(name, field, "This is fixed for safety; leave it as it was.") for field in changed]
