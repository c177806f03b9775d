"""What one person described."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Situation:
    """One question, as typed. The text is hidden from logs and error reports."""

    text: str = field(repr=False)
    person: str = ""
    workspace: str = ""
    channel: str = ""
