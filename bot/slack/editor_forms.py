"""Forms as they stand: opened on the newest version, and kept with what was typed on a page."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.asker import Asker
from bot.domain.draft import Draft
from bot.domain.problem import Problem
from bot.services.edit import FORM, Edit
from bot.services.meanwhile import Joined, Meanwhile
from bot.services.shelves import Shelves
from bot.slack.conflict_view import draw_conflict
from bot.slack.editor_pages import Page, fill, pages_of, seal, too_long
from bot.slack.editor_state import Place, place_of
from bot.slack.editor_view import draw_page, typed_in
from bot.slack.parts import Block


@dataclass(frozen=True, slots=True)
class Turned:
    """A form that was kept, its pages with what was typed in them, where it was, and what was too long to keep."""

    draft: Draft
    pages: tuple[Page, ...]
    place: Place
    too_long: Mapping[str, str]


class Forms:
    """The unsaved forms of people who may edit. All raise NotAllowed, NotKept and StateError."""

    def __init__(self, edit: Edit, meanwhile: Meanwhile, shelves: Shelves) -> None:
        self._edit = edit
        self._meanwhile = meanwhile
        self._shelves = shelves

    def open(self, asker: Asker, playbook: str) -> Block:
        """The first page on the newest version; where others saved one since this form was begun, what they changed."""
        return self.go_on(self._meanwhile.join(self._edit.open(asker.workspace, asker.person, playbook)))

    def go_on(self, joined: Joined) -> Block:
        """The form laid together with what others saved; first what they changed, where there is something to tell."""
        if joined.theirs:
            return draw_conflict(joined)
        self._edit.keep(joined.draft)
        return self.draw(joined.draft, Place(joined.draft.playbook))

    def find(self, asker: Asker, view: Mapping[str, Any]) -> Draft:
        """The form behind a view."""
        return self._edit.open(asker.workspace, asker.person, place_of(view).playbook)

    def keep(self, asker: Asker, view: Mapping[str, Any]) -> Turned:
        """Keep what stands on a page, as far as it can be kept.

        It takes the place of what was kept of the same form before; only what a second form of the same person wrote
        since this one was drawn is put together with it.
        """
        draft, place, typed = self.find(asker, view), place_of(view), typed_in(view)
        pages = pages_of(draft.playbook, draft.fields)
        number = min(place.page, len(pages) - 1)
        long = too_long(typed)
        usable = {block: text for block, text in typed.items() if block not in long}
        form = str(view.get("id", ""))
        same = draft.fields.get(FORM) == form or place.seal == seal(draft.fields, pages[number])
        filled = fill(draft.fields, pages[number], usable, same=same)
        kept = dataclasses.replace(draft, fields={**filled, FORM: form} if filled != draft.fields else filled)
        if kept != draft:
            self._edit.keep(kept)
        shown = tuple(dataclasses.replace(slot, text=typed.get(slot.block, slot.text)) for slot in pages[number].slots)
        as_typed = (*pages[:number], dataclasses.replace(pages[number], slots=shown), *pages[number + 1 :])
        return Turned(kept, as_typed, dataclasses.replace(place, page=number), long)

    def draw(self, draft: Draft, place: Place, problems: Iterable[Problem] = ()) -> Block:
        """One page of a form."""
        playbooks = self._shelves.library(draft.workspace).playbooks
        titles = {name: playbook.title for name, playbook in playbooks.items()}
        return draw_page(draft, place, titles, problems)
