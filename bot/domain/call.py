"""Somebody asks for the boss, by a tap."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call for the boss: who taps, where, at which card. Never what was typed.

    `site` is its name; empty where it is not known.
    """

    id: str
    workspace: str
    person: str
    playbook: str
    site: str
    at: datetime
