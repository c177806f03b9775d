"""A manager looks at what was saved before, brings any of it back, takes a card off, or approves what waits."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.draft import Draft
from bot.domain.revision import Kind, Revision
from bot.services.difference import Changed, difference
from bot.services.saving import Outcome, Saving, wrong

PAGE = 20


@dataclass(frozen=True, slots=True)
class Version:
    """One saved version, what it changed in the one before it, whether it is in force, and whether the reader's own."""

    revision: Revision
    changed: tuple[Changed, ...]
    in_force: bool
    own: bool


class Versions:
    """Every version of a playbook. All raise NotAllowed for people who may not, and NotKept without a database."""

    def __init__(self, saving: Saving) -> None:
        self._saving = saving

    def ships(self, playbook: str) -> bool:
        """Whether Cuecard came with this playbook, so that it can be brought back as shipped."""
        return self._saving.gate.shelves.shipped.entry(playbook) is not None

    def history(self, workspace: str, person: str, playbook: str, page: int = 0) -> tuple[Version, ...]:
        """One page of versions, the newest first, twenty at a time."""
        self._saving.who.check_edit(workspace, person)
        versions = self._saving.newest(workspace, playbook)
        force = self._in_force(workspace, versions)
        shown = versions[page * PAGE : (page + 1) * PAGE]
        numbers = [one.number for one in shown] + [one.number - 1 for one in shown[-1:]]
        fields = [self._saving.fields(playbook, versions, number) for number in numbers]
        return tuple(
            Version(revision, difference(before, after), revision.number == force, revision.author == person)
            for revision, (after, before) in zip(shown, itertools.pairwise(fields), strict=True)
        )

    def restore(self, workspace: str, person: str, playbook: str, seen: int, number: int) -> Outcome:
        """An earlier version again, as a new one; 0 is as shipped.

        Here and below, `seen` is the newest version that the person has seen: a Conflict where there is a later one.
        """
        found = next((one for one in self._saving.newest(workspace, playbook) if one.number == number), None)
        if found:
            draft = _seen(workspace, person, playbook, seen)
            again = self._saving.next(draft, found.kind, found.text, f"As in version {number}")
            return self._saving.add(again)
        if number == 0:
            return self.ship(workspace, person, playbook, seen)
        return wrong(playbook, "", "There is no such version; open the list again.")

    def retire(self, workspace: str, person: str, playbook: str, seen: int) -> Outcome:
        """Take the card off, so that no question finds it."""
        return self._saving.add(self._saving.next(_seen(workspace, person, playbook, seen), Kind.RETIRED))

    def revive(self, workspace: str, person: str, playbook: str, seen: int) -> Outcome:
        """Bring a card back that was taken off, as it last stood."""
        versions = self._saving.newest(workspace, playbook)
        last = next((one for one in versions if one.kind is not Kind.RETIRED and not one.waiting), None)
        return self.restore(workspace, person, playbook, seen, last.number if last else 0)

    def ship(self, workspace: str, person: str, playbook: str, seen: int) -> Outcome:
        """Back to the words that Cuecard came with."""
        if not self.ships(playbook):
            return wrong(playbook, "", "Cuecard did not come with this playbook; choose one of its versions.")
        return self._saving.add(self._saving.next(_seen(workspace, person, playbook, seen), Kind.SHIPPED))

    def approve(self, workspace: str, person: str, playbook: str, number: int) -> Outcome:
        """Put into force what waits for a second manager."""
        versions = self._saving.newest(workspace, playbook)
        if not versions or versions[0].number != number or not versions[0].waiting:
            return wrong(playbook, "", "This version does not wait any more; open the list again.")
        waiting = versions[0]
        self._saving.who.check_approve(waiting, person)
        return self._saving.approve(waiting, person)

    def _in_force(self, workspace: str, versions: Sequence[Revision]) -> int:
        """The number of the version that questions are answered from; 0 for the shipped words."""
        library = self._saving.gate.shelves.library(workspace)
        for revision in versions:
            words = library.texts.get(revision.playbook, "") if library.entry(revision.playbook) else ""
            if not revision.waiting and (revision.kind is Kind.SHIPPED or revision.text == words):
                return revision.number
        return 0


def _seen(workspace: str, person: str, playbook: str, newest: int) -> Draft:
    return Draft(workspace=workspace, person=person, playbook=playbook, base=newest, fields={})
