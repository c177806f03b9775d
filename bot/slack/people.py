"""Who is an owner or an admin of the workspace, as Slack says; asked at most once in five minutes for each person."""

import time
from collections.abc import Callable

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.services.ports import NotAnswered

KEPT = 300.0
"""Seconds for which an answer of Slack's counts."""
_REIGNS = ("is_admin", "is_owner", "is_primary_owner")


class SlackPeople:
    """Slack's users.info, kept for five minutes. Safe to share between threads."""

    def __init__(self, client: WebClient, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._clock = clock
        self._known: dict[tuple[str, str], tuple[float, bool]] = {}

    def is_admin(self, workspace: str, person: str) -> bool:
        """Whether somebody is an owner or an admin of the workspace. Raises NotAnswered."""
        now = self._clock()
        until, found = self._known.get((workspace, person), (0.0, False))
        if now >= until:
            found = self._ask(workspace, person)
            self._known[workspace, person] = (now + KEPT, found)
        return found

    def _ask(self, workspace: str, person: str) -> bool:
        try:
            user = self._client.users_info(user=person)["user"]
        except (SlackClientError, OSError):
            raise NotAnswered from None
        # Somebody of another workspace may act in a shared channel; their own rank there gives none here.
        at_home = workspace in ("", str(user.get("team_id") or workspace))
        return at_home and not user.get("deleted") and any(user.get(name) for name in _REIGNS)
