"""Who is an owner or an admin of the workspace, as Slack says; an answer counts for at most five minutes."""

import time
from collections.abc import Callable
from functools import lru_cache

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.services.ports import NotAnswered

KEPT = 300.0
"""Seconds for which an answer of Slack's counts, at most."""
MOST = 5000
"""People whose answers are remembered."""
_REIGNS = ("is_admin", "is_owner", "is_primary_owner")


class SlackPeople:
    """Slack's users.info, asked once a person in each spell of five minutes. Safe to share between threads."""

    def __init__(self, client: WebClient, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._clock = clock
        self._asked = lru_cache(MOST)(self._ask)

    def is_admin(self, workspace: str, person: str) -> bool:
        """Whether somebody is an owner or an admin of the workspace. Raises NotAnswered."""
        return self._asked(workspace, person, self._clock() // KEPT)

    def _ask(self, workspace: str, person: str, _spell: float) -> bool:
        try:
            user = self._client.users_info(user=person)["user"]
        except (SlackClientError, OSError):
            raise NotAnswered from None
        # Somebody of another workspace may act in a shared channel; their own rank there gives none here.
        at_home = workspace in ("", str(user.get("team_id") or workspace))
        return at_home and not user.get("deleted") and any(user.get(name) for name in _REIGNS)
