"""Versions of playbooks, so many a person and a minute: nobody fills the list of versions, by hand or by a script."""

from collections.abc import Mapping, Sequence

from bot.domain.revision import Revision
from bot.services.limit import Limit
from bot.services.ports import Revisions

SAVES = 20
"""Versions that one person may save in a minute."""


class FairRevisions:
    """The stored versions, with a limit on new ones."""

    def __init__(self, revisions: Revisions, limit: Limit | None = None) -> None:
        self._revisions = revisions
        self._limit = limit or Limit(SAVES)

    def add(self, *revisions: Revision) -> None:
        """Store new versions. Raises NotAllowed where somebody saves too many, Taken and NotKept."""
        for one in revisions:
            self._limit.check((one.workspace, one.author), "versions")
        self._revisions.add(*revisions)

    def newest(self, workspace: str) -> Mapping[str, Sequence[Revision]]:
        """As they are stored."""
        return self._revisions.newest(workspace)

    def latest(self, workspace: str, most: int) -> Sequence[Revision]:
        """As they are stored."""
        return self._revisions.latest(workspace, most)

    def history(self, workspace: str, playbook: str) -> Sequence[Revision]:
        """As they are stored."""
        return self._revisions.history(workspace, playbook)

    def approve(self, revision: Revision, by: str) -> bool:
        """As they are stored."""
        return self._revisions.approve(revision, by)
