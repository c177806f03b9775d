"""Owners and admins name who keeps the playbooks, and whether a second person approves every change."""

from dataclasses import dataclass

from bot.services.ports import Managers
from bot.services.who_may import WhoMay


@dataclass(frozen=True, slots=True)
class Named:
    """The people who were named, and whether every change waits for a second one of them."""

    people: frozenset[str]
    second_person: bool


class Naming:
    """The list of a workspace's managers. All raise NotAllowed and NotKept."""

    def __init__(self, who: WhoMay, managers: Managers) -> None:
        self._who = who
        self._managers = managers

    def open(self, workspace: str, person: str) -> Named:
        """The list as it is."""
        self._who.check_name(workspace, person)
        return Named(self._managers.named(workspace), self._managers.second_person(workspace))

    def save(self, workspace: str, person: str, before: Named, wanted: Named) -> None:
        """Change what differs from `before`, so that whom somebody else named meanwhile stays named."""
        self._who.check_name(workspace, person)
        self._managers.change(
            workspace,
            name=wanted.people - before.people,
            unname=before.people - wanted.people,
            second_person=None if wanted.second_person == before.second_person else wanted.second_person,
        )
