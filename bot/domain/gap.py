"""A situation that nothing covers, as its asker agreed to store it: no name, nobody's id."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class GapState(StrEnum):
    """What became of a gap."""

    OPEN = "open"
    ADDED = "added"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One gap; `playbook` is the one it was added to, empty until then. While that waits, the gap stays open."""

    id: str
    workspace: str
    site: str
    text: str
    at: datetime
    state: GapState = GapState.OPEN
    playbook: str = ""
