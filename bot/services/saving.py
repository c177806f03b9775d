"""The one place that writes versions: who may, what is there already, the gate, then the row."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.domain.draft import Draft
from bot.domain.gap import GapState
from bot.domain.playbook import Phrases
from bot.domain.problem import Problem, Refused
from bot.domain.revision import Kind, Revision
from bot.matching.matcher import Matcher
from bot.matching.redact import as_phrase
from bot.safety.cards import CARDS
from bot.services.difference import Changed, difference
from bot.services.draft import fields_of
from bot.services.gate import Gate, Verdict
from bot.services.in_form import in_form
from bot.services.overlay import Written, read_text
from bot.services.ports import Kept, NotKept, Taken
from bot.services.who_may import WhoMay

log = logging.getLogger(__name__)
NOTE = 300
UNCHANGED = "Nothing is different from the newest version; change something, or close this form."


@dataclass(frozen=True, slots=True)
class Saved:
    """It is kept, and in force unless it waits for a second manager; what else it moves."""

    revision: Revision
    moves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wrong:
    """It is not saved; each Problem stands under its field of the form."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """It is not saved: somebody else was first. Their version, and what they changed."""

    theirs: Revision
    changed: tuple[Changed, ...]


def wrong(playbook: str, field: str, sentence: str) -> Wrong:
    """One thing wrong, in one field of a form."""
    return Wrong((Problem(f"{playbook}.yaml", 0, 0, field, sentence),))


Outcome = Saved | Wrong | Conflict


class Saving:
    """Writes versions of playbooks for people who may."""

    def __init__(
        self, who: WhoMay, kept: Kept, gate: Gate, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.who = who
        self.kept = kept
        self.gate = gate
        self._now = now

    def newest(self, workspace: str, playbook: str) -> Sequence[Revision]:
        """Every version, the newest first. Raises NotKept."""
        return self.kept.revisions.history(workspace, playbook)

    def next(self, draft: Draft, kind: Kind = Kind.WORDS, text: str = "", note: str = "") -> Revision:
        """The version that a change would become. Raises NotAllowed and NotKept."""
        self.who.check_edit(draft.workspace, draft.person)
        return Revision(
            workspace=draft.workspace,
            playbook=draft.playbook,
            number=draft.base + 1,
            author=draft.person,
            at=self._now(),
            note=note,
            kind=kind,
            text=text,
            needs=self.who.needs_second(draft.workspace, draft.playbook),
        )

    def weigh(self, revision: Revision) -> Verdict:
        """What the gate says of a version, in the form's fields."""
        try:
            written = self.written(revision)
        except Refused as refused:
            return Verdict(self.in_form(revision.workspace, refused.problems, {}))
        verdict = self.gate.weigh(revision.workspace, {revision.playbook: written})
        fields = fields_of(written.entry) if written else {}
        problems, known = (
            self.in_form(revision.workspace, found, fields) for found in (verdict.problems, verdict.known)
        )
        return replace(verdict, problems=problems, known=known)

    def add(self, revision: Revision) -> Outcome:
        """Write a version down, if nobody was first and the gate takes it, and put it into force. Raises NotKept."""
        if refused := self._unusable(revision) or self.conflict(revision):
            return refused
        verdict = self.weigh(revision)
        if verdict.problems or verdict.candidate is None:
            return Wrong(verdict.problems)
        try:
            self.kept.revisions.add(revision)
        except Taken:
            conflict = self.conflict(revision)
            assert conflict is not None
            return conflict
        if not revision.waiting:
            self.gate.shelves.put(revision.workspace, verdict.candidate, [revision])
        return Saved(revision, verdict.moves)

    def approve(self, revision: Revision, person: str) -> Outcome:
        """Put what waits into force, if the gate still takes it. Raises NotKept."""
        verdict = self.weigh(revision)
        if verdict.problems or verdict.candidate is None:
            return Wrong(verdict.problems)
        if not self.kept.revisions.approve(revision, person):
            return wrong(revision.playbook, "", "Somebody has approved this version already.")
        approved = replace(revision, approved_by=person)
        self.gate.shelves.put(revision.workspace, verdict.candidate, [approved])
        with self.afterwards():
            self.close_gaps(revision.workspace, revision.playbook)
        return Saved(approved, verdict.moves)

    def close_gaps(self, workspace: str, playbook: str) -> None:
        """Close the gaps that were added to a playbook and that it answers as it is in force. Raises NotKept."""
        matcher = self.gate.shelves.of(workspace).matcher
        for gap in self.kept.gaps.open(workspace):
            if gap.playbook == playbook and _finds(matcher, as_phrase(gap.text)) == playbook:
                self.kept.gaps.close(workspace, gap.id, GapState.ADDED, playbook)

    @contextmanager
    def afterwards(self) -> Iterator[None]:
        """Run what tidies up after a version was written: what is saved stays saved, also where this fails."""
        try:
            yield
        except NotKept:
            log.warning("A version was saved; its form or its gap could not be put away.")

    def conflict(self, revision: Revision) -> Conflict | None:
        """What somebody else has saved since the version that this one follows; None where nobody has."""
        base, versions = revision.number - 1, self.newest(revision.workspace, revision.playbook)
        if not versions or versions[0].number <= base:
            return None
        then, now = (self.fields(revision.playbook, versions, number) for number in (base, versions[0].number))
        return Conflict(versions[0], difference(then, now))

    def _unusable(self, revision: Revision) -> Wrong | None:
        versions = self.newest(revision.workspace, revision.playbook)
        newest = versions[0] if versions else None
        if not 0 < revision.number <= 1 + (newest.number if newest else 0):
            return wrong(revision.playbook, "title", "This form is not one of Cuecard's; close it and open it again.")
        if len(revision.note) > NOTE:
            return wrong(revision.playbook, "note", f"Shorten the note to at most {NOTE} characters.")
        if newest is None and revision.kind is not Kind.WORDS and self.shipped_entry(revision.playbook) is None:
            return wrong(revision.playbook, "", "There is no such playbook any more; open the list again.")
        return wrong(revision.playbook, "title", UNCHANGED) if self._is_same(revision, versions) else None

    def _is_same(self, revision: Revision, versions: Sequence[Revision]) -> bool:
        """Whether a version would say what the newest says."""
        kind = versions[0].kind if versions else Kind.SHIPPED
        if Kind.WORDS not in (kind, revision.kind) or Kind.RETIRED in (kind, revision.kind):
            return kind is revision.kind
        return self.fields(revision.playbook, versions) == self.fields(revision.playbook, [revision])

    def fields(self, playbook: str, versions: Sequence[Revision], number: int | None = None) -> Mapping[str, str]:
        """The form of a playbook as it stood at a version (None: the newest); of a retired one, its last words."""
        for revision in versions:
            if (number is None or revision.number <= number) and revision.kind is not Kind.RETIRED:
                try:
                    written = self.written(revision)
                except Refused:
                    continue
                return fields_of(written.entry) if written else {}
        entry = self.shipped_entry(playbook)
        return fields_of(entry) if entry else {}

    def written(self, revision: Revision) -> Written | None:
        """What a version says; None where it takes the card off. Raises Refused where it cannot be read."""
        if revision.kind is Kind.WORDS:
            return read_text(revision.playbook, revision.text)
        shipped = self.gate.shelves.shipped
        entry = shipped.entry(revision.playbook)
        if revision.kind is Kind.RETIRED or entry is None:
            return None
        return Written(entry, shipped.places.get(entry.id, {}), shipped.texts.get(entry.id, ""))

    def shipped_entry(self, playbook: str) -> Phrases | None:
        """The shipped playbook, or the fixed phrases of a safety card whose file is gone; None where there is none."""
        card = CARDS.get(playbook)
        fixed = Phrases(id=playbook, title=card.title, phrases=card.phrases) if card else None
        return self.gate.shelves.shipped.entry(playbook) or fixed

    def in_form(self, workspace: str, problems: Sequence[Problem], fields: Mapping[str, str]) -> tuple[Problem, ...]:
        """The same problems under the form's fields, with titles for ids."""
        library = self.gate.shelves.library(workspace)
        titles = {name: entry.title for name, entry in (*library.playbooks.items(), *library.phrases.items())}
        return tuple(in_form(problems, fields, titles))


def _finds(matcher: Matcher, text: str) -> str:
    """The entry that a text surely finds; empty where there is none."""
    chances = matcher.look(text).told
    return next(iter(chances), "") if matcher.is_sure(chances) else ""
