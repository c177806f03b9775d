"""A new playbook, or a phrase for one that is there, begun as a form; often from a situation that nothing covered."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.draft import Draft
from bot.domain.gap import Gap, GapState
from bot.domain.reserved import PHRASES_ONLY
from bot.services.edit import GAPS, Edit, gaps_of
from bot.services.lines import flat, lines
from bot.services.new_id import new_id
from bot.services.saving import Saving

_BLANK = {"say.to": "customer", "review.every": "180 days", "review.jurisdiction": "any"}


class Begin:
    """Begins forms. All raise NotAllowed and NotKept."""

    def __init__(self, edit: Edit, saving: Saving) -> None:
        self._edit = edit
        self._saving = saving

    def gaps(self, workspace: str, person: str, ids: Iterable[str]) -> tuple[Gap, ...]:
        """Those gaps that are still open, for somebody who may do something about them."""
        self._saving.who.check_edit(workspace, person)
        found = (self._saving.kept.gaps.find(workspace, gap) for gap in ids if gap)
        return tuple(gap for gap in found if gap and gap.state is GapState.OPEN)

    def new(self, workspace: str, person: str, title: str, gaps: Sequence[Gap] = ()) -> Draft:
        """The kept form of a new playbook, with an id of its own made from its title."""
        name = new_id(title, lambda found: self._is_taken(workspace, found))
        draft = self._edit.open(workspace, person, name)
        return self._kept(replace(draft, fields={**_BLANK, **draft.fields, "title": flat(title)}), gaps)

    def add(self, workspace: str, person: str, playbook: str, gaps: Sequence[Gap]) -> Draft:
        """The kept form of a playbook that is there, with the situations as phrases on top of its own.

        Where something was taken out of a situation its mark stays, for a person to put words there.
        """
        return self._kept(self._edit.open(workspace, person, playbook), gaps)

    def _kept(self, draft: Draft, gaps: Sequence[Gap]) -> Draft:
        if gaps:
            told = (flat(gap.text) for gap in gaps)
            phrases = "\n".join(dict.fromkeys((*told, *lines(draft.fields.get("phrases", "")))))
            begun = ",".join(dict.fromkeys((*gaps_of(draft), *(gap.id for gap in gaps))))
            draft = replace(draft, fields={**draft.fields, "phrases": phrases, GAPS: begun})
        self._edit.keep(draft)
        return draft

    def _is_taken(self, workspace: str, name: str) -> bool:
        shelves = self._saving.gate.shelves
        there = name in PHRASES_ONLY or shelves.library(workspace).entry(name) or shelves.shipped.entry(name)
        return bool(there) or bool(self._saving.newest(workspace, name))
