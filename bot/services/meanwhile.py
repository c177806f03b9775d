"""What others saved while a form was being filled in, laid together with it field by field; nobody's text is lost."""

from dataclasses import dataclass, replace

from bot.domain.draft import Draft
from bot.domain.revision import Revision
from bot.services.difference import LABELS, Changed, difference
from bot.services.saving import Saving


@dataclass(frozen=True, slots=True)
class Joined:
    """A form on the newest version: its own text wherever its writer changed something, else the newest.

    `theirs` is the newest version, where it came after the form was opened; `changed` is what it and those before it
    changed, `both` the fields among them that the writer changed as well.
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
        found = difference(self._saving.fields(draft.playbook, versions, draft.base), draft.fields)
        return tuple(one for one in found if one.field in LABELS)

    def join(self, draft: Draft) -> Joined:
        """The form on the newest version."""
        versions = self._saving.newest(draft.workspace, draft.playbook)
        if not versions or versions[0].number <= draft.base:
            return Joined(draft)
        before = self._saving.fields(draft.playbook, versions, draft.base)
        theirs = self._saving.fields(draft.playbook, versions)
        changed = difference(before, theirs)
        own = {one.field for one in difference(before, draft.fields)}
        kept = {name: text for name, text in draft.fields.items() if name in own}
        both = tuple(
            one for one in changed if one.field in own and draft.fields.get(one.field) != theirs.get(one.field)
        )
        return Joined(replace(draft, base=versions[0].number, fields={**theirs, **kept}), versions[0], changed, both)
