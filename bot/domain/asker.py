"""Who asks, and where: what decides whose playbooks and whose numbers are shown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asker:
    """One person in one channel of one workspace; all empty in a terminal."""

    workspace: str = ""
    person: str = ""
    channel: str = ""
