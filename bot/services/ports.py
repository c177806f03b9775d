"""What services need of the world outside, as they see it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.call import Call
from bot.domain.draft import Draft
from bot.domain.gap import Gap, GapState
from bot.domain.revision import Revision
from bot.domain.site import Site


class Calls(Protocol):
    """Where calls for the boss are kept until they are told."""

    def keep(self, call: Call, until: datetime) -> None:
        """Store a call, which nobody else is to tell until then; durable when it returns. Raises NotKept."""

    def take(self, now: datetime, until: datetime, call: str = "") -> Sequence[Call]:
        """Calls that are not told and that nobody else is telling, the oldest first; others leave them until then.

        Only one of them where its id is given. Raises NotKept.
        """

    def waits(self, call: str) -> bool:
        """Whether a call is kept and not told. Raises NotKept."""

    def leave(self, call: str, until: datetime) -> None:
        """Let anybody take a call from then on. Raises NotKept."""

    def forget(self, call: str, before: datetime) -> None:
        """Delete a call that was told, and every one made before that time. Raises NotKept."""


class Duty(Protocol):
    """The channel that the boss on duty watches."""

    @property
    def trouble(self) -> str:
        """Why the last post or look did not work, in a word of Slack's; empty where it did, or nobody looked yet."""

    def look(self) -> str:
        """Look whether posts would get through; a word for why they would not, empty if they would."""

    def tell(self, call: Call, title: str) -> None:
        """Tell of a call. Raises NotTold when it did not get through."""


class Revisions(Protocol):
    """Where every saved version of every playbook is kept. All raise NotKept when the database does not answer."""

    def add(self, *revisions: Revision) -> None:
        """Store new versions, all of them or none; durable when it returns. Raises Taken where a number exists."""

    def newest(self, workspace: str) -> Mapping[str, Sequence[Revision]]:
        """Every version by playbook, the newest first, so that an overlay can fall back."""

    def latest(self, workspace: str, most: int) -> Sequence[Revision]:
        """The versions that were saved last, of any playbook, the latest first; at most so many."""

    def history(self, workspace: str, playbook: str) -> Sequence[Revision]:
        """Every version of one playbook, the newest first."""

    def approve(self, revision: Revision, by: str) -> bool:
        """Write down who approved a version; False where it needs no approval, has one, or is not there."""


class Drafts(Protocol):
    """Where unsaved forms are kept. All raise NotKept when the database does not answer."""

    def keep(self, draft: Draft) -> None:
        """Store a form in place of the person's earlier one of that playbook; durable when it returns."""

    def find(self, workspace: str, person: str, playbook: str) -> Draft | None:
        """The kept form; None where there is none."""

    def of(self, workspace: str, person: str) -> Sequence[Draft]:
        """All kept forms of one person, by playbook."""

    def drop(self, workspace: str, person: str, playbook: str) -> None:
        """Throw a form away; nothing happens where there is none."""


class Gaps(Protocol):
    """Where situations without a playbook are kept. All raise NotKept when the database does not answer."""

    def add(self, gap: Gap) -> None:
        """Store one; durable when it returns."""

    def find(self, workspace: str, gap: str) -> Gap | None:
        """One gap by its id; None where the workspace has none of that id."""

    def open(self, workspace: str) -> Sequence[Gap]:
        """All open ones, the oldest first."""

    def count(self, workspace: str) -> int:
        """How many are open."""

    def close(self, workspace: str, gap: str, state: GapState, playbook: str = "") -> None:
        """Write down what became of one; `playbook` is the one it was added to, or is to be once that is approved."""


class Sites(Protocol):
    """Where a workspace's sites are kept. All raise NotKept when the database does not answer."""

    def all(self, workspace: str) -> Sequence[Site]:
        """Every site, by name."""

    def save(self, *changed: Site) -> None:
        """Store sites, all of them or none; durable when it returns.

        Raises Taken where one is no longer of the version it was read with, so that nobody's change is lost, and where
        another site has a channel that is new to it.
        """

    def remove(self, workspace: str, site: str) -> bool:
        """Forget a site, and who chose it; False where no other would be left, and nothing is forgotten."""

    def choose(self, workspace: str, person: str, site: str) -> None:
        """Remember which site a person belongs to."""

    def choices(self, workspace: str) -> Mapping[str, str]:
        """The site that each person chose."""


class Events(Protocol):
    """Which of Slack's events were taken already."""

    def first(self, workspace: str, event: str, now: datetime) -> bool:
        """Whether an event comes for the first time, in any process. Raises NotKept."""


class People(Protocol):
    """The people of a workspace, as Slack knows them."""

    def is_here(self, workspace: str) -> bool:
        """Whether it is the workspace that Cuecard was set up for. Raises NotAnswered."""

    def is_admin(self, workspace: str, person: str) -> bool:
        """Whether somebody is an owner or an admin of the workspace. Raises NotAnswered."""


class Managers(Protocol):
    """Who was named to edit, beside owners and admins. All raise NotKept when the database does not answer."""

    def named(self, workspace: str) -> frozenset[str]:
        """The people who were named."""

    def second_person(self, workspace: str) -> bool:
        """Whether every change waits for a second one of them; False unless it was asked for."""

    def change(
        self,
        workspace: str,
        *,
        name: Collection[str] = (),
        unname: Collection[str] = (),
        second_person: bool | None = None,
    ) -> None:
        """Name some, take some off the list, and ask for a second one or no longer (None: as it is); all or nothing."""


class Changes(Protocol):
    """How often each workspace's answers have changed: revisions, approvals, sites, choices."""

    def workspaces(self) -> Mapping[str, "Count"]:
        """The counters by workspace; one cheap query. Raises NotKept."""


@dataclass(frozen=True, slots=True)
class Count:
    """Two numbers that grow: with each change of versions or sites, and with each choice of a site."""

    answers: int = 0
    choices: int = 0


class Traces(Protocol):
    """What is kept of people, whatever it is. All raise NotKept when the database does not answer."""

    def workspaces(self) -> frozenset[str]:
        """Those of which anything is kept."""

    def forget(self, workspace: str, person: str) -> Mapping[str, int]:
        """Delete what is kept of somebody; what stays, stays without a name. How much there was of what."""

    def clear(self, now: datetime, keep: timedelta) -> Mapping[str, int]:
        """Delete the gaps, unsaved forms and choices of a site that are older than `keep`; how many of each."""


class NotAnswered(Exception):
    """Slack did not say who somebody is."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything that one database keeps."""

    calls: Calls
    revisions: Revisions
    drafts: Drafts
    gaps: Gaps
    sites: Sites
    managers: Managers
    changes: Changes
    traces: Traces
    events: Events


class NotKept(Exception):
    """Nothing can be stored now."""


class Taken(Exception):
    """Somebody else was there first: with a version of that number, or with a change of the same site."""


class NotTold(Exception):
    """The boss could not be told."""
