"""What managers see of their playbooks: how each one stands, who changed what, and where to find one."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum

from bot.domain.asker import Asker
from bot.domain.draft import Draft
from bot.domain.library import Library
from bot.domain.playbook import Phrases, Playbook
from bot.domain.reserved import PHRASES_ONLY, SAFETY_CARDS
from bot.domain.revision import Kind, Revision
from bot.safety.cards import CARDS
from bot.services.edit import ANYBODY
from bot.services.ports import Kept
from bot.services.shelves import Shelves
from bot.services.who_may import WhoMay

RECENT = 50
"""Versions that are listed as recent changes."""
NEAR = 0.05
"""The probability from which a playbook that matches what was searched for is listed."""


class Standing(StrEnum):
    """How a playbook stands."""

    SHIPPED = "as shipped"
    EDITED = "edited"
    WAITING = "waits for a second manager"
    RETIRED = "taken off"
    NEW = "begun, not saved yet"
    IMPORTED = "imported, to finish"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One playbook in the list; `last` is its newest version, None where it stands as shipped from the start.

    `unsaved` where the reader, or nobody yet, has a form of it that was not saved.
    """

    id: str
    title: str
    standing: Standing
    overdue: bool = False
    unsaved: bool = False
    last: Revision | None = None


class Overview:
    """The list of playbooks and of changes. All raise NotAllowed and NotKept."""

    def __init__(
        self,
        shelves: Shelves,
        kept: Kept,
        who: WhoMay,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._shelves = shelves
        self._revisions = kept.revisions
        self._drafts = kept.drafts
        self._who = who
        self._now = now

    def rows(self, asker: Asker, wanted: str = "") -> tuple[Row, ...]:
        """Every playbook and safety card: what needs somebody first, then by title; only those that fit a search."""
        self._who.check_edit(asker.workspace, asker.person)
        library = self._shelves.library(asker.workspace)
        newest = {name: listed[0] for name, listed in self._revisions.newest(asker.workspace).items() if listed}
        saved = {row.id: row for row in _rows(library, self._shelves.shipped, newest, self._now().date())}
        rows = dict(saved)
        for draft in self._unsaved(asker):
            rows[draft.playbook] = replace(saved.get(draft.playbook) or _begun(draft), unsaved=True)
        if wanted.strip():
            return tuple(rows[name] for name in self._found(asker, library, rows, wanted) if name in rows)
        return tuple(sorted(rows.values(), key=_order))

    def changes(self, asker: Asker) -> tuple[Revision, ...]:
        """The versions that were saved last, of every playbook, the latest first."""
        self._who.check_edit(asker.workspace, asker.person)
        return tuple(self._revisions.latest(asker.workspace, RECENT))

    def title(self, asker: Asker, playbook: str) -> str:
        """The title of a playbook, as it is in force or was shipped."""
        return _title(playbook, self._shelves.library(asker.workspace), self._shelves.shipped)

    def _unsaved(self, asker: Asker) -> Sequence[Draft]:
        return [*self._drafts.of(asker.workspace, ANYBODY), *self._drafts.of(asker.workspace, asker.person)]

    def _found(self, asker: Asker, library: Library, rows: Mapping[str, Row], wanted: str) -> Iterable[str]:
        """Ids: where the title holds what was typed, then where a phrase does, then what it would be answered.

        What was taken off is found by its title and by the phrases that it came with.
        """
        typed = wanted.casefold().strip()
        entries: Mapping[str, Phrases] = {**self._shelves.shipped.playbooks, **library.playbooks, **library.phrases}
        by_title = [row.id for row in rows.values() if typed in row.title.casefold() or typed in row.id]
        by_phrase = [one.id for one in entries.values() if any(typed in phrase.casefold() for phrase in one.phrases)]
        chances = self._shelves.of(asker.workspace).matcher.chances(wanted)
        by_meaning = [name for name, chance in chances.items() if chance >= NEAR]
        return dict.fromkeys((*by_title, *by_phrase, *by_meaning))


def _rows(library: Library, shipped: Library, newest: Mapping[str, Revision], today: date) -> Iterator[Row]:
    own = [name for name in newest if name not in PHRASES_ONLY]
    for name in dict.fromkeys((*shipped.playbooks, *library.playbooks, *own, *SAFETY_CARDS)):
        last = newest.get(name)
        found = library.playbooks.get(name)
        overdue = isinstance(found, Playbook) and _is_overdue(found, today)
        title = _title(name, library, shipped)
        yield Row(id=name, title=title, standing=_standing(last), overdue=overdue, last=last)


def _begun(draft: Draft) -> Row:
    standing = Standing.IMPORTED if draft.person == ANYBODY else Standing.NEW
    return Row(id=draft.playbook, title=draft.fields.get("title") or draft.playbook, standing=standing)


def _standing(last: Revision | None) -> Standing:
    if last is None:
        return Standing.SHIPPED
    if last.waiting:
        return Standing.WAITING
    kinds = {Kind.WORDS: Standing.EDITED, Kind.RETIRED: Standing.RETIRED, Kind.SHIPPED: Standing.SHIPPED}
    return kinds[last.kind]


def _is_overdue(playbook: Playbook, today: date) -> bool:
    review = playbook.review
    return review.approved is not None and review.approved + review.every < today


def _title(name: str, library: Library, shipped: Library) -> str:
    if name in CARDS:
        return CARDS[name].title
    found = library.playbooks.get(name) or shipped.playbooks.get(name)
    return found.title if found else name.replace("-", " ").capitalize()


def _order(row: Row) -> tuple[bool, bool, bool, str]:
    return row.standing is not Standing.WAITING, not row.unsaved, not row.overdue, row.title.casefold()
