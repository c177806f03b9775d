"""What a form of the editor carries in its private metadata: which playbook, which page, how often it was drawn."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.slack.state import StateError


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the editor somebody is; `seal` marks the long fields as they were drawn.

    `newest` is the newest version that a list of versions showed.
    """

    playbook: str
    page: int = 0
    turn: int = 0
    seal: str = ""
    newest: int = 0

    def dump(self) -> str:
        """The private metadata."""
        return json.dumps([self.playbook, self.page, self.turn, self.seal, self.newest])


def place_of(view: Mapping[str, Any]) -> Place:
    """Read a form's private metadata. Raises StateError where Cuecard did not write it."""
    try:
        playbook, page, turn, seal, newest = json.loads(str(view.get("private_metadata", "")))
        return Place(str(playbook), int(page), int(turn), str(seal), int(newest))
    except (ValueError, TypeError, RecursionError):
        raise StateError from None
