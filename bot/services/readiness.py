"""How a running Cuecard stands: whether it answers with the workplace's own words, and what does not work."""

from dataclasses import dataclass

from bot.services.call import CallBoss
from bot.services.shelves import Shelves


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """How things stand in one process; `duty_channel` is empty, “not set”, or Slack's word for why it does not work."""

    playbooks: int
    left_out: int
    safety_only: bool
    database: bool
    duty_channel: str

    @property
    def ready(self) -> bool:
        """Whether questions are answered with playbooks. A database that is gone stops edits, and no answer."""
        return self.playbooks > 0 and not self.safety_only

    @property
    def well(self) -> bool:
        """Whether nothing is wrong."""
        return self.ready and self.database and not self.left_out and self.duty_channel in ("", "not set")


STARTING = Readiness(playbooks=0, left_out=0, safety_only=True, database=True, duty_channel="")
"""While the playbooks are read."""


def readiness(shelves: Shelves, calls: CallBoss | None) -> Readiness:
    """How things stand, as last seen: nobody is asked, so that it costs nothing and never waits."""
    return Readiness(
        playbooks=len(shelves.as_shipped.cards),
        left_out=len(shelves.problems),
        safety_only=shelves.safety_only,
        database=shelves.answers,
        duty_channel=calls.trouble if calls else "not set",
    )
