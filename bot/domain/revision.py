"""One saved version of a playbook: written once, never changed, except that a second manager may approve it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

FORGOTTEN = "forgotten"
"""Who wrote or approved a version of which nobody is to know that any more."""


class Kind(StrEnum):
    """What a revision does: new words, the card taken off, or back to the shipped words."""

    WORDS = "words"
    RETIRED = "retired"
    SHIPPED = "shipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One version; `number` counts 1, 2, 3 … within a workspace's playbook, and 0 means as shipped.

    `text` is the playbook's YAML, empty unless the kind is WORDS. `needs` is set where a second manager must approve
    it; until `approved_by` names one, it waits and is not in force.
    """

    workspace: str
    playbook: str
    number: int
    author: str
    at: datetime
    note: str = ""
    kind: Kind = Kind.WORDS
    text: str = ""
    needs: bool = False
    approved_by: str | None = None

    @property
    def waiting(self) -> bool:
        """Whether it is not in force until a second manager has approved it."""
        return self.needs and self.approved_by is None
