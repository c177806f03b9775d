"""What others saved while a form was being filled in, laid together with it field by field; nobody's text is lost."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.domain.draft import Draft
from bot.domain.revision import Kind, Revision
from bot.services.difference import LABELS, Changed, difference
from bot.services.saving import Saving

APART = ("phrases", "tests")
"""The fields of which each line stands for itself, so that what two people wrote there fits together."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A form on the newest version: its own text wherever its writer changed something, else the newest.

    `theirs` is the newest version, where it came after the form was opened and something of the form is left to save;
    `changed` is what it and those before it changed, `both` the fields among them where only one text can stand.
    """

    draft: Draft
    theirs: Revision | None = None
    changed: tuple[Changed, ...] = ()
    both: tuple[Changed, ...] = ()


class Meanwhile:
    """Compares forms with what is stored. All raise NotKept without a database."""

    def __init__(self, saving: Saving) -> None:
        self._saving = saving

    def mine(self, draft: Draft) -> tuple[Changed, ...]:
        """What a form changes in the version that it was opened on."""
        versions = self._saving.newest(draft.workspace, draft.playbook)
        return _shown(self._saving.fields(draft.playbook, versions, draft.base), draft.fields)

    def join(self, draft: Draft) -> Joined:
        """The form on the newest version."""
        versions = self._saving.newest(draft.workspace, draft.playbook)
        if not versions or versions[0].number <= draft.base:
            return Joined(draft)
        before = self._saving.fields(draft.playbook, versions, draft.base)
        theirs = self._saving.fields(draft.playbook, versions)
        changed = difference(before, theirs)
        mine = (one.field for one in difference(before, draft.fields))
        own = {name: draft.fields[name] for name in mine if name in draft.fields}
        for name in own.keys() & set(APART):
            own[name] = _together(*(found.get(name, "") for found in (before, own, theirs)))
        joined = replace(draft, base=versions[0].number, fields={**theirs, **own})
        told = changed or versions[0].kind is Kind.RETIRED
        if not told or not _shown(theirs, joined.fields):
            return Joined(joined)
        once = (one for one in changed if one.field in own and one.field not in APART)
        both = tuple(one for one in once if own[one.field] != theirs.get(one.field))
        return Joined(joined, versions[0], changed, both)


def _shown(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Changed, ...]:
    """The differences in what a form shows."""
    return tuple(one for one in difference(before, after) if one.field in LABELS)


def _together(before: str, own: str, theirs: str) -> str:
    """The lines of both, without what the other took out."""
    old, other = before.splitlines(), theirs.splitlines()
    kept = (line for line in own.splitlines() if line in other or line not in old)
    came = (line for line in other if line not in old)
    return "\n".join(dict.fromkeys((*kept, *came)))
