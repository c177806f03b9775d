"""What changed between two versions of a playbook, field by field, in words for a manager."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

LABELS: Mapping[str, str] = {
    "title": "Title",
    "sectors": "Place in the menu",
    "phrases": "How people say it",
    "details": "Details",
    "say.first": "First line",
    "say.firm": "When they push",
    "say.final": "Last line",
    "say.to": "Who hears it",
    "posture": "Posture",
    "steps": "Steps",
    "never": "Never",
    "boss.level": "Boss",
    "boss.when": "When the boss takes over",
    "boss.who": "Who the boss is",
    "next": "What it grows into",
    "review.owner": "Who answers for it",
    "review.approved": "Approved on",
    "review.every": "Reviewed every",
    "review.jurisdiction": "Whose law",
    "tests": "Tests",
}
"""The form's fields in the order of the form, as a manager reads them."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One field that changed: the lines that went and the lines that came."""

    field: str
    gone: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def said(self) -> str:
        """It in a few words."""
        label = LABELS.get(self.field, self.field)
        gone, new = (", ".join(f"“{line}”" for line in found) for found in (self.gone, self.new))
        if gone and new:
            return f"{label}: now {new}, before {gone}"
        return f"{label}: {new} added" if new else f"{label}: {gone} taken out"


def difference(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Changed, ...]:
    """The fields that differ, in the order of the form."""
    names = dict.fromkeys((*LABELS, *before, *after))
    found = (_changed(name, before.get(name, ""), after.get(name, "")) for name in names)
    return tuple(one for one in found if one.gone or one.new)


def _changed(name: str, before: str, after: str) -> Changed:
    old, new = before.splitlines(), after.splitlines()
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    gone: list[str] = []
    came: list[str] = []
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind != "equal":
            gone += old[old_from:old_to]
            came += new[new_from:new_to]
    return Changed(name, tuple(gone), tuple(came))
