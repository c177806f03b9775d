"""Who may keep the playbooks: owners and admins of the workspace, and the people they name."""

from bot.domain.reserved import PHRASES_ONLY
from bot.domain.revision import Revision
from bot.domain.site import Site
from bot.services.ports import Managers, NotAnswered, NotKept, People

_NOBODY = "I do not know which workspace you are in, so I leave everything as it is."
_LATER = "I cannot look up right now who may do this, so I leave everything as it is. Try again in a minute."


class NotAllowed(Exception):
    """Somebody may not do this; its text is one sentence that says so.

    `ask` are the people to ask besides owners and admins; None where asking people would not help.
    """

    def __init__(self, sentence: str, ask: frozenset[str] | None = None) -> None:
        super().__init__(sentence)
        self.ask = ask


class NotLookedUp(NotAllowed):
    """Slack or the database does not say right now whether somebody may."""


class WhoMay:
    """Permissions of one workspace's people. Where Slack or the database does not answer, nobody may.

    Nobody may where the workspace is not known.
    """

    def __init__(self, people: People, managers: Managers) -> None:
        self._people = people
        self._managers = managers

    def check_here(self, workspace: str) -> None:
        """Raise NotAllowed unless something may be kept of this workspace's people."""
        try:
            here = bool(workspace) and self._people.is_here(workspace)
        except NotAnswered:
            raise NotLookedUp(_LATER) from None
        if not here:
            raise NotAllowed(_NOBODY)

    def check_edit(self, workspace: str, person: str) -> None:
        """Raise NotAllowed unless they may change playbooks, sites and gaps."""
        if not workspace or not person:
            raise NotAllowed(_NOBODY)
        named = self._named(workspace)
        if person not in named and not self._is_admin(workspace, person):
            raise NotAllowed("Only the people who keep the playbooks may do this.", named)

    def check_site(self, workspace: str, person: str, site: Site) -> None:
        """Raise NotAllowed unless they may change this site's switches and numbers."""
        if person in site.managers:
            return
        try:
            self.check_edit(workspace, person)
        except NotAllowed as refused:
            ask = None if refused.ask is None else refused.ask | site.managers
            raise NotAllowed(str(refused), ask) from None

    def check_name(self, workspace: str, person: str) -> None:
        """Raise NotAllowed unless they may name managers: only owners and admins may."""
        if not workspace or not self._is_admin(workspace, person):
            raise NotAllowed("Only owners and admins of this workspace may name who keeps the playbooks.", frozenset())

    def check_approve(self, revision: Revision, person: str) -> None:
        """Raise NotAllowed unless they may approve this version: somebody else than who wrote it, who may edit."""
        self.check_edit(revision.workspace, person)
        if person == revision.author:
            others = self._named(revision.workspace) - {person}
            raise NotAllowed("You wrote this version, so somebody else must approve it.", others)

    def may_edit(self, workspace: str, person: str) -> bool:
        """Whether they may change playbooks; False where it cannot be looked up."""
        try:
            return self.surely_may(workspace, person)
        except NotLookedUp:
            return False

    def surely_may(self, workspace: str, person: str) -> bool:
        """Whether they may change playbooks. Raises NotLookedUp."""
        try:
            self.check_edit(workspace, person)
        except NotLookedUp:
            raise
        except NotAllowed:
            return False
        return True

    def needs_second(self, workspace: str, playbook: str) -> bool:
        """Whether a change waits for a second manager.

        Always that of a safety card, or of a list of what needs no card; any, where the workspace asks for it.

        Raises NotLookedUp where that cannot be looked up.
        """
        if playbook in PHRASES_ONLY:
            return True
        try:
            return self._managers.second_person(workspace)
        except NotKept:
            raise NotLookedUp(_LATER) from None

    def _named(self, workspace: str) -> frozenset[str]:
        try:
            return self._managers.named(workspace)
        except NotKept:
            raise NotLookedUp(_LATER) from None

    def _is_admin(self, workspace: str, person: str) -> bool:
        try:
            return self._people.is_admin(workspace, person)
        except NotAnswered:
            raise NotLookedUp(_LATER) from None
