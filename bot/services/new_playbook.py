"""A new playbook, or a phrase for one that is there, begun as a form; often from a situation that nothing covered."""

import re
import unicodedata
from dataclasses import replace

from bot.domain.draft import Draft
from bot.domain.gap import Gap
from bot.domain.reserved import PHRASES_ONLY
from bot.services.edit import Edit
from bot.services.lines import flat, lines
from bot.services.saving import Saving

LONGEST = 60
"""Characters of an id."""
_BLANK = {"say.to": "customer", "review.every": "180 days", "review.jurisdiction": "any"}


class Begin:
    """Begins forms. All raise NotAllowed and NotKept."""

    def __init__(self, edit: Edit, saving: Saving) -> None:
        self._edit = edit
        self._saving = saving

    def gap(self, workspace: str, person: str, gap: str) -> Gap | None:
        """An open gap, for somebody who may do something about it."""
        self._saving.who.check_edit(workspace, person)
        return self._saving.kept.gaps.find(workspace, gap) if gap else None

    def new(self, workspace: str, person: str, title: str, gap: Gap | None = None) -> Draft:
        """The kept form of a new playbook, with an id of its own made from its title."""
        draft = self._edit.open(workspace, person, self._free(workspace, new_id(title)))
        return self._kept(replace(draft, fields={**_BLANK, **draft.fields, "title": flat(title)}), gap)

    def add(self, workspace: str, person: str, playbook: str, gap: Gap | None) -> Draft:
        """The kept form of a playbook that is there, with the situation as one more phrase."""
        return self._kept(self._edit.open(workspace, person, playbook), gap)

    def _kept(self, draft: Draft, gap: Gap | None) -> Draft:
        if gap:
            phrases = lines(draft.fields.get("phrases", ""))
            more = [] if flat(gap.text) in phrases else [flat(gap.text)]
            draft = replace(draft, fields={**draft.fields, "phrases": "\n".join([*phrases, *more]), "gap": gap.id})
        self._edit.keep(draft)
        return draft

    def _free(self, workspace: str, wanted: str) -> str:
        number, found = 1, wanted
        while self._is_taken(workspace, found):
            number += 1
            found = f"{wanted[: LONGEST - 4]}-{number}"
        return found

    def _is_taken(self, workspace: str, name: str) -> bool:
        shelves = self._saving.gate.shelves
        there = name in PHRASES_ONLY or shelves.library(workspace).entry(name) or shelves.shipped.entry(name)
        return bool(there) or bool(self._saving.newest(workspace, name))


def new_id(title: str) -> str:
    """The id that a title makes: small letters, digits and hyphens; `playbook` where nothing of it can be used."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower().replace("'", "")
    found = re.sub(r"[^a-z0-9]+", "-", plain).strip("-0123456789")[:LONGEST].strip("-")
    return found if len(found) > 2 else "playbook"  # noqa: PLR2004 - the shortest id that a file may have
