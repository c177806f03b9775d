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


def export(library: Library, shipped: Library) -> dict[str, str]:
    """File names to texts: every entry in force as it was written, and what was taken off."""
    found = {}
    for entry in (*library.playbooks.values(), *library.phrases.values()):
        text = library.texts.get(entry.id, "")
        as_written = text and read_text(entry.id, text).entry == entry
        found[f"{entry.id}.yaml"] = text if as_written else write_playbook(entry)
    retired = sorted(set(shipped.playbooks) - set(library.playbooks))
    return found | {RETIRED: "".join(f"{name}\n" for name in retired)}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a folder would change in a workspace: an entry by id (None: taken off), and what else that moves."""

    workspace: str
    changed: Changes
    moves: tuple[str, ...]


class Import:
    """Takes folders into a workspace, as an operator does who may change the shipped folder as well."""

    def __init__(self, kept: Kept, gate: Gate, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._kept = kept
        self._gate = gate
        self._now = now

    def plan(self, workspace: str, files: Mapping[str, str]) -> Plan:
        """What these files would change. Raises Refused with every problem of every file."""
        changed = self._changed(self._gate.shelves.library(workspace), files)
        if not changed:
            return Plan(workspace, {}, ())
        verdict = self._gate.weigh(workspace, changed)
        if verdict.problems:
            raise Refused(verdict.problems)
        return Plan(workspace, changed, (*verdict.moves, *map(str, verdict.known)))

    def save(self, plan: Plan) -> tuple[Revision, ...]:
        """Write a plan down, all of it or nothing. Raises Refused when somebody was first, and NotKept."""
        second = self._kept.rules.second_person(plan.workspace)
        revisions = tuple(
            replace(self._revision(plan.workspace, name, written), needs=second or name in PHRASES_ONLY)
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

    def _revision(self, workspace: str, name: str, written: Written | None) -> Revision:
        versions = self._kept.revisions.history(workspace, name)
        shipped = written is not None and written.entry == self._gate.shelves.shipped.entry(name)
        kind = Kind.RETIRED if written is None else Kind.SHIPPED if shipped else Kind.WORDS
        return Revision(
            workspace=workspace,
            playbook=name,
            number=1 + (versions[0].number if versions else 0),
            author=IMPORT,
            at=self._now(),
            note="From a folder",
            kind=kind,
            text=written.text if written and kind is Kind.WORDS else "",
        )
