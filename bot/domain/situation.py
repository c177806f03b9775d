"""What one person described."""

from dataclasses import dataclass, field

from bot.domain.asker import Asker


@dataclass(frozen=True, slots=True)
class Situation:
    """One question, as typed. The text is hidden from logs and error reports."""

    text: str = field(repr=False)
    person: str = ""
    workspace: str = ""
    channel: str = ""

    @property
    def asker(self) -> Asker:
        """Who asks, and where."""
        return Asker(self.workspace, self.person, self.channel)
