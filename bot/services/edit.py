"""A manager opens a playbook as a form, sees what is wrong with it, and saves it; nothing that was typed is lost."""

import re
from dataclasses import replace

from bot.domain.draft import Draft
from bot.domain.gap import GapState
from bot.domain.playbook import Playbook
from bot.domain.problem import Problem, Refused
from bot.rendering.card import compile_card
from bot.rendering.wording import WordingError
from bot.services.draft import text_of
from bot.services.gate import Verdict
from bot.services.overlay import read_text
from bot.services.saving import Conflict, Outcome, Saved, Saving, Wrong
from bot.services.stale_tests import Stale, renewed, stale_tests

ANYBODY = ""
"""Whose a form is that nobody has taken up yet, as those that came from a file."""
GAPS = "gap"
"""The field of a form that holds the gaps it began from; nobody sees it."""
FORM = "form"
"""The field that holds which of a person's forms was kept last, as they may have two open; nobody sees it."""
PLAYBOOK_ID = re.compile(r"(?!policy$)[a-z][a-z0-9-]{2,59}")
"""An id that a file of a playbook can have."""


class Edit:
    """Forms of playbooks. All raise NotAllowed for people who may not, and NotKept without a database."""

    def __init__(self, saving: Saving) -> None:
        self._saving = saving
        self._drafts = saving.kept.drafts

    def open(self, workspace: str, person: str, playbook: str) -> Draft:
        """The form: the one this person left unsaved, else one that nobody has taken up, else the newest words."""
        self._saving.who.check_edit(workspace, person)
        kept = self._drafts.find(workspace, person, playbook) or self._drafts.find(workspace, ANYBODY, playbook)
        if kept:
            return replace(kept, person=person)
        versions = self._saving.newest(workspace, playbook)
        base = versions[0].number if versions else 0
        fields = self._saving.fields(playbook, versions)
        return Draft(workspace=workspace, person=person, playbook=playbook, base=base, fields=fields)

    def keep(self, draft: Draft) -> None:
        """Remember a form as it stands. Raises Refused for an id that no playbook can have."""
        self._saving.who.check_edit(draft.workspace, draft.person)
        if not PLAYBOOK_ID.fullmatch(draft.playbook):
            raise Refused((Problem("", 0, 0, "title", "Give it another title, with a few plain letters in it."),))
        self._drafts.keep(draft)

    def drop(self, workspace: str, person: str, playbook: str) -> None:
        """Throw a form away."""
        self._saving.who.check_edit(workspace, person)
        for owner in (person, ANYBODY):
            self._drafts.drop(workspace, owner, playbook)

    def look(self, draft: Draft) -> tuple[Problem, ...]:
        """What is wrong with the form and the words, told at once."""
        try:
            changed = {draft.playbook: read_text(draft.playbook, text_of(draft.playbook, draft.fields))}
        except Refused as refused:
            return refused.problems
        found = self._saving.gate.look(draft.workspace, changed)
        return self._saving.in_form(draft.workspace, found, draft.fields)

    def stale(self, draft: Draft) -> tuple[Stale, ...]:
        """The tests that expect words which the form takes out of the card; none while its words cannot be used."""
        shelf = self._saving.gate.shelves.of(draft.workspace)
        before = shelf.cards.get(draft.playbook)
        try:
            entry = read_text(draft.playbook, text_of(draft.playbook, draft.fields)).entry
            after = compile_card(entry, shelf.frames) if isinstance(entry, Playbook) else None
        except (Refused, WordingError):
            return ()
        return stale_tests(before, after, shelf) if before and after else ()

    def renew(self, draft: Draft) -> Draft:
        """The form with its stale tests expecting the new words; it is kept so."""
        fields = {**draft.fields, "tests": renewed(draft.fields.get("tests", ""), self.stale(draft))}
        found = replace(draft, fields=fields)
        self.keep(found)
        return found

    def check(self, draft: Draft) -> Verdict:
        """All that is wrong with it, and what else it moves; takes as long as compiling a shelf."""
        try:
            text = text_of(draft.playbook, draft.fields)
        except Refused as refused:
            return Verdict(refused.problems)
        return self._saving.weigh(self._saving.next(draft, text=text))

    def meanwhile(self, draft: Draft) -> Conflict | None:
        """What somebody else has saved since this form was opened; None where nobody has."""
        return self._saving.conflict(self._saving.next(draft))

    def save(self, draft: Draft, note: str = "") -> Outcome:
        """Save a form as the next version. The form itself is kept first, and stays kept until it is saved."""
        try:
            self.keep(draft)
            revision = self._saving.next(draft, text=text_of(draft.playbook, draft.fields), note=note)
        except Refused as refused:
            return Wrong(refused.problems)
        outcome = self._saving.add(revision)
        if isinstance(outcome, Saved):
            with self._saving.afterwards():
                self._mark_gaps(draft)
                if not outcome.revision.waiting:
                    self._saving.close_gaps(draft.workspace, draft.playbook)
                for owner in (draft.person, ANYBODY):
                    self._drafts.drop(draft.workspace, owner, draft.playbook)
        return outcome

    def _mark_gaps(self, draft: Draft) -> None:
        """Write down where gaps went; they stay open until their words are in force."""
        gaps = self._saving.kept.gaps
        for name in gaps_of(draft):
            gap = gaps.find(draft.workspace, name)
            if gap and gap.state is GapState.OPEN:
                gaps.close(draft.workspace, name, GapState.OPEN, draft.playbook)


def gaps_of(draft: Draft) -> tuple[str, ...]:
    """The ids of the gaps that a form began from."""
    return tuple(gap for gap in draft.fields.get(GAPS, "").split(",") if gap)
