"""Who is an owner or an admin of the workspace, as Slack says; an answer counts for at most five minutes."""

import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol

from slack_sdk import WebClient

from bot.services.ports import NotAnswered
from bot.slack.trouble import TROUBLE, code_of, note, seconds_of

KEPT = 300.0
"""Seconds for which an answer of Slack's counts, at most."""
DOWN = 10.0
"""Seconds for which Slack is not asked again after it did not answer: whoever asks would only wait for it."""
MOST = 5000
"""People whose answers are remembered."""
_REIGNS = ("is_admin", "is_owner", "is_primary_owner")
_UNKNOWN = ("user_not_found", "user_not_visible")
"""What Slack says of people who are none of the workspace's."""


class Own(Protocol):
    """The workspace of the token."""

    def is_own(self, team: str) -> bool:
        """Whether it is this one. Raises NotAnswered where Slack has not said so."""


class SlackPeople:
    """Slack's users.info, asked once a person in each spell of five minutes. Safe to share between threads."""

    def __init__(self, client: WebClient, own: Own, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._own = own
        self._clock = clock
        self._down = float("-inf")
        self._asked = lru_cache(MOST)(self._ask)

    def is_here(self, workspace: str) -> bool:
        """Whether it is the workspace of the token. Raises NotAnswered."""
        return self._own.is_own(workspace)

    def is_admin(self, workspace: str, person: str) -> bool:
        """Whether somebody is an owner or an admin of the token's workspace. Raises NotAnswered."""
        return self.is_here(workspace) and self._asked(workspace, person, self._clock() // KEPT)

    def _ask(self, workspace: str, person: str, _spell: float) -> bool:
        if self._clock() < self._down:
            raise NotAnswered
        try:
            user = self._client.users_info(user=person)["user"]
        except TROUBLE as error:
            if code_of(error) in _UNKNOWN:
                return False
            self._down = self._clock() + max(DOWN, min(seconds_of(error) or 0, KEPT))
            note("the question who somebody is", error)
            raise NotAnswered from None
        # Somebody of another workspace may act in a shared channel; their own rank there gives none here.
        return workspace in _homes(user) and not user.get("deleted") and any(user.get(name) for name in _REIGNS)


def _homes(user: dict[str, Any]) -> tuple[str, ...]:
    """The workspaces that somebody is a member of: their own, and in an organisation all that it put them in."""
    return (str(user.get("team_id") or ""), *((user.get("enterprise_user") or {}).get("teams") or ()))
