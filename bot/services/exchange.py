"""A workspace's playbooks as a folder of files, and such a folder back: through the gate, all of it or nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.domain.library import Library
from bot.domain.problem import Problem, Refused
from bot.domain.reserved import PHRASES_ONLY
from bot.domain.revision import Kind, Revision
from bot.library.write import write_playbook
from bot.services.gate import Changes, Gate
from bot.services.overlay import Written, read_text
from bot.services.ports import Kept, Taken

RETIRED = "retired.txt"
"""The file that names, one a line, the shipped playbooks that were taken off."""
IMPORT = "import"
"""Who wrote what came from a folder."""
POLICY = "policy.yaml"
WAITS = "A version of `{}` waits for a second manager; this would come after it, and it could not be approved any more."


def export(library: Library, shipped: Library) -> dict[str, str]:
    """File names to texts: every entry in force as it was written, and what was taken off.

    What only stands in for a file that the folder does not have stays out.
    """
    found = {}
    for entry in (*library.playbooks.values(), *library.phrases.values()):
        if entry.id in library.lent and entry == shipped.entry(entry.id):
            continue
        text = library.texts.get(entry.id, "")
        as_written = text and read_text(entry.id, text).entry == entry
        found[f"{entry.id}.yaml"] = text if as_written else write_playbook(entry)
    retired = sorted(set(shipped.playbooks) - set(library.playbooks))
    return found | {RETIRED: "".join(f"{name}\n" for name in retired)}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a folder would change in a workspace: an entry by id (None: taken off), and what else that moves.

    `base` holds the newest version of each playbook that was changed before, as it stood when this was looked at.
    """

    workspace: str
    changed: Changes
    moves: tuple[str, ...]
    base: Mapping[str, int]


class Import:
    """Takes folders into a workspace, as an operator does who may change the shipped folder as well."""

    def __init__(self, kept: Kept, gate: Gate, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._kept = kept
        self._gate = gate
        self._now = now

    def plan(self, workspace: str, files: Mapping[str, str]) -> Plan:
        """What these files would change. Raises Refused with every problem of every file."""
        newest = {name: found[0] for name, found in self._kept.revisions.newest(workspace).items()}
        # Read after the numbers: what comes in between is looked at, and then refused, rather than passed over.
        self._gate.shelves.refresh()
        changed = self._changed(self._gate.shelves.library(workspace), files)
        if not changed:
            return Plan(workspace, {}, (), {})
        verdict = self._gate.weigh(workspace, changed)
        if verdict.problems:
            raise Refused(verdict.problems)
        waits = (WAITS.format(name) for name in changed if name in newest and newest[name].waiting)
        base = {name: one.number for name, one in newest.items()}
        return Plan(workspace, changed, (*waits, *verdict.moves, *map(str, verdict.known)), base)

    def save(self, plan: Plan) -> tuple[Revision, ...]:
        """Write a plan down, all of it or nothing. Raises Refused when somebody was first, and NotKept."""
        second = self._kept.managers.second_person(plan.workspace)
        revisions = tuple(
            replace(self._revision(plan, name, written), needs=second or name in PHRASES_ONLY)
            for name, written in plan.changed.items()
        )
        try:
            self._kept.revisions.add(*revisions)
        except Taken:
            sentence = "Somebody has saved a playbook in between, so that nothing was changed; import again."
            raise Refused((Problem("", 0, 0, "", sentence),)) from None
        return revisions

    def _changed(self, library: Library, files: Mapping[str, str]) -> dict[str, Written | None]:
        changed: dict[str, Written | None] = {}
        problems: list[Problem] = []
        for file, text in sorted(files.items()):
            name = file.removesuffix(".yaml")
            if file in (POLICY, RETIRED):
                continue
            try:
                written = read_text(name, text)
            except Refused as refused:
                problems += refused.problems
            else:
                if written.entry != library.entry(name):
                    changed[name] = written
        if problems:
            raise Refused(tuple(problems))
        off = (line.strip() for line in files.get(RETIRED, "").splitlines())
        return changed | {name: None for name in off if name and library.entry(name) and f"{name}.yaml" not in files}

    def _revision(self, plan: Plan, name: str, written: Written | None) -> Revision:
        shipped = written is not None and written.entry == self._gate.shelves.shipped.entry(name)
        kind = Kind.RETIRED if written is None else Kind.SHIPPED if shipped else Kind.WORDS
        return Revision(
            workspace=plan.workspace,
            playbook=name,
            number=1 + plan.base.get(name, 0),
            author=IMPORT,
            at=self._now(),
            note="From a folder",
            kind=kind,
            text=written.text if written and kind is Kind.WORDS else "",
        )
