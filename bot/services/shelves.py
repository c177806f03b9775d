"""Every workspace's shelf: the shipped one, or one with the workspace's own versions laid over it.

Questions look a shelf up and never wait. A changed shelf is compiled beside the one in force, then takes its place.
"""

import contextlib
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.asker import Asker
from bot.domain.library import Library
from bot.domain.problem import Problem
from bot.domain.revision import Revision
from bot.domain.site import Site
from bot.matching.compiler import Compiler
from bot.rendering.frames import Frames
from bot.services.at_site import OVERRULED, chosen, honest, place, unnumbered
from bot.services.overlay import Overlay, Versions, Written, change
from bot.services.ports import Count, Kept, NotKept
from bot.services.shelf import Shelf, build_shelf
from bot.services.survive import survived

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class InForce:
    """What one workspace has: its library, the shelf compiled from it, and that shelf as its sites see it."""

    library: Library
    compiled: Shelf
    shelf: Shelf
    versions: Versions = field(default_factory=dict)
    sites: Sequence[Site] = ()
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A change, compiled beside what is in force: the library it starts from, what changes, and what would come."""

    base: Library
    changed: Mapping[str, Written | None]
    library: Library
    shelf: Shelf
    problems: tuple[Problem, ...]


def ship(
    library: Library, frames: Frames, compiler: Compiler, like: Shelf | None = None
) -> tuple[InForce, tuple[Problem, ...]]:
    """The shipped playbooks, compiled: what every workspace has until it keeps versions of its own."""
    compiled, problems = build_shelf(library, frames, compiler, like)
    return InForce(library, compiled, place(compiled, (), {})), problems


class Shelves:
    """The shelves in force, by workspace; without a database, the shipped one for all.

    `problems` are those of the folder on disk, as it was last read.
    """

    def __init__(
        self,
        shipped: InForce,
        compiler: Compiler,
        kept: Kept | None = None,
        problems: tuple[Problem, ...] = (),
        remember: Callable[[Library], None] = lambda _library: None,
    ) -> None:
        """`remember` is told each time that a folder is taken up in which all is well."""
        self.problems = problems
        self._remember = remember
        self._shipped = shipped
        self._compiler = compiler
        self._kept = kept
        self._overlay = Overlay(shipped.compiled.frames)
        self._own: dict[str, InForce] = {}
        self._seen: Mapping[str, Count] = {}
        self._tried: Mapping[str, Count] = {}
        self._answers = True
        self._real = self._read = False
        self._changing = threading.RLock()

    def over(self, kept: Kept, *, real: bool = False) -> "Shelves":
        """The same shipped shelf, not compiled again, over a database.

        A `real` workplace never sees made-up numbers, and none at all before the database was read once.
        """
        found = Shelves(self._shipped, self._compiler, kept, self.problems, self._remember)
        if real:
            found._real = True
            compiled = self._shipped.compiled
            nameless = replace(compiled, policy=unnumbered(compiled.policy))
            found._shipped = replace(self._shipped, shelf=place(nameless, (), {}))
        return found

    def of(self, workspace: str) -> Shelf:
        """The shelf that a workspace is answered from: a look-up, which never waits."""
        return self._own.get(workspace, self._shipped).shelf

    def at(self, asker: Asker) -> Shelf:
        """The view that somebody is answered from: their workspace's shelf as their site sees it."""
        return self.of(asker.workspace).at(asker)

    def library(self, workspace: str) -> Library:
        """The playbooks that a workspace is answered from."""
        return self._own.get(workspace, self._shipped).library

    @property
    def shipped(self) -> Library:
        """The playbooks of the folder on disk."""
        return self._shipped.library

    @property
    def as_shipped(self) -> Shelf:
        """The shelf of that folder, compiled, with nothing of any workspace in it."""
        return self._shipped.compiled

    @property
    def answers(self) -> bool:
        """Whether the database answered when it was last looked at; without one, it does."""
        return self._answers

    @property
    def safety_only(self) -> bool:
        """Whether nobody, at any site, is shown more than safety cards."""
        places = [now.shelf.places for now in self._own.values() or (self._shipped,)]
        return not any(view.ready for one in places if one for view in (*one.views.values(), one.anywhere))

    def candidate(self, workspace: str, changed: Mapping[str, Written | None]) -> Candidate:
        """What a workspace would have after a change, compiled beside what it has; None takes an entry out."""
        now = self._own.get(workspace, self._shipped)
        library = change(now.library, self.shipped, changed)
        shipped = self._shipped.compiled
        shelf, problems = build_shelf(library, shipped.frames, self._compiler, shipped)
        return Candidate(now.library, changed, library, place(shelf, now.sites, now.choices), problems)

    def put(self, workspace: str, candidate: Candidate, saved: Sequence[Revision]) -> None:
        """Put a change into force that was saved as these versions; compiled anew where another came in between."""
        with self._changing:
            now = self._own.get(workspace, self._shipped)
            if any(_is_behind(one, now.versions) for one in saved):
                return
            if candidate.base is not now.library:
                candidate = self.candidate(workspace, candidate.changed)
            self._own[workspace] = self._placed(
                replace(now, library=candidate.library, compiled=candidate.shelf, versions=_with(now.versions, saved))
            )

    def refresh(self) -> None:
        """Bring what other processes have changed into force; the last good shelves stay while the database is gone.

        A workspace whose change cannot be read keeps its last good shelf, and is tried again; the others go on.
        """
        if self._kept is None:
            return
        try:
            counted = self._kept.changes.workspaces()
            self._leave(counted)
            for workspace, count in counted.items():
                if self._seen.get(workspace) != count:
                    with survived(f"bringing {workspace} up to date", again=self._tried.get(workspace) == count):
                        self._catch_up(self._kept, workspace, count)
                        self._seen = {**self._seen, workspace: count}
                    self._tried = {**self._tried, workspace: count}
        except NotKept:
            self._tell(answers=False)
        else:
            if not self._read:
                self._shipped, self._read = self._placed(self._shipped), True
            self._tell(answers=True)

    def reload(self, library: Library | None, problems: tuple[Problem, ...]) -> None:
        """Take up the folder on disk as it was read now; while anything in it is broken, the last good shelf stays."""
        with self._changing:
            if library == self.shipped and not (problems or self.problems):
                return
            shipped = None
            if library is not None and not problems:
                last = self._shipped.compiled
                shipped, problems = ship(library, last.frames, self._compiler, last)
            self.problems = problems
            if shipped is None or problems:
                return
            self._remember(shipped.library)
            if shipped.library.policy != self.shipped.policy and any(now.sites for now in self._own.values()):
                log.warning(OVERRULED)
            self._overlay.forget()
            self._shipped = self._placed(shipped) if self._read else replace(shipped, shelf=self._shipped.shelf)
            for workspace, now in list(self._own.items()):
                with contextlib.suppress(NotKept), survived(f"laying {workspace}'s own versions over the folder"):
                    self._lay(workspace, now)

    def _leave(self, counted: Mapping[str, Count]) -> None:
        """Drop the workspaces that were seen in the database and are gone from it: another one was put in its place."""
        for workspace in self._seen.keys() - counted.keys():
            with self._changing:
                self._own.pop(workspace, None)
                self._seen = {name: count for name, count in self._seen.items() if name != workspace}

    def _catch_up(self, kept: Kept, workspace: str, count: Count) -> None:
        if self._seen.get(workspace, Count()).answers == count.answers:
            self._choose(kept, workspace)
        else:
            self._renew(kept, workspace)

    def _renew(self, kept: Kept, workspace: str) -> None:
        with self._changing:
            versions = kept.revisions.newest(workspace)
            sites, choices = kept.sites.all(workspace), kept.sites.choices(workspace)
            now = self._own.get(workspace, self._shipped)
            self._lay(workspace, replace(now, versions=versions, sites=sites, choices=choices))

    def _choose(self, kept: Kept, workspace: str) -> None:
        with self._changing:
            now, choices = self._own.get(workspace, self._shipped), kept.sites.choices(workspace)
            self._own[workspace] = replace(now, choices=choices, shelf=chosen(now.shelf, choices))

    def _lay(self, workspace: str, now: InForce) -> None:
        """Put into force what the versions, the sites and the choices of `now` come to, compiling only what is new."""

        def older(playbook: str) -> Sequence[Revision]:
            return self._kept.revisions.history(workspace, playbook) if self._kept else ()

        library, versions = self._overlay.lay(workspace, self.shipped, now.versions, older)
        now = replace(now, versions=versions)
        there = (now, self._shipped, *self._own.values())
        same = next((one for one in there if _same(one.library, library)), None)
        if same is None:
            shipped = self._shipped.compiled
            compiled, _ = build_shelf(library, shipped.frames, self._compiler, shipped)
            self._own[workspace] = self._placed(replace(now, library=library, compiled=compiled))
        else:
            self._own[workspace] = self._placed(replace(now, library=same.library, compiled=same.compiled))

    def _placed(self, found: InForce) -> InForce:
        compiled, sites = found.compiled, found.sites
        if self._real:
            compiled = replace(compiled, policy=honest(compiled.policy))
            sites = [replace(site, policy=honest(site.policy)) for site in sites]
        return replace(found, shelf=place(compiled, sites, found.choices))

    def _tell(self, *, answers: bool) -> None:
        if answers != self._answers:
            self._answers = answers
            log.warning(
                "The database answers again."
                if answers
                else "The database does not answer; the shelves stay as they are."
            )


def _same(one: Library, other: Library) -> bool:
    return replace(one, places={}) == replace(other, places={})


def _is_behind(saved: Revision, known: Versions) -> bool:
    """Whether a later version is known already, or this one, in force."""
    newest = next(iter(known.get(saved.playbook, ())), None)
    return newest is not None and (newest.number, not newest.waiting) >= (saved.number, True)


def _with(known: Versions, saved: Sequence[Revision]) -> Versions:
    return {
        **known,
        **{
            new.playbook: (new, *(one for one in known.get(new.playbook, ()) if one.number != new.number))
            for new in saved
        },
    }
