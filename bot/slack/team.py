"""One workspace: that of the token. Anybody else's questions, taps and forms get a sentence and nothing else."""

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltResponse
from slack_sdk import WebClient

from bot.services.ports import NotAnswered
from bot.services.who_may import NotAllowed
from bot.slack.parts import page
from bot.slack.reach import Reach
from bot.slack.sending import Sending
from bot.slack.trouble import TROUBLE, note
from bot.slack.where import team_of, where_of

log = logging.getLogger(__name__)
AGAIN = 10.0
"""Seconds until Slack is asked again whose the token is, where it did not say."""
_DANGER = "In danger? Leave first, then call the emergency number."
FOREIGN = f"This Cuecard was set up by another workspace, so it has no words for yours.\n{_DANGER}"
NOWHERE = f"Slack did not tell me which workspace you are in, so I can do nothing here. Try it there.\n{_DANGER}"
UNSURE = (
    "I cannot find out from Slack right now which workspace I belong to, so nothing was kept. Try again in a minute."
)
NO_RETRY: dict[str, str | Sequence[str]] = {"x-slack-no-retry": ["1"]}
"""What tells Slack not to send an event again."""


class OwnTeam:
    """The workspace of the token, asked of Slack beside and remembered. Safe to share between threads.

    Until Slack has said it, questions are answered, since somebody may need the words now; but nothing is stored or
    posted for anybody, and nobody has rights by their rank: whoever is first need not be whom the token belongs to.
    """

    def __init__(self, client: WebClient, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._clock = clock
        self._own = ""
        self._next = float("-inf")
        self._asking = threading.Lock()

    def start(self) -> None:
        """Ask Slack beside, where it has not said it yet and was not asked just now."""
        if not self._own and self._clock() >= self._next and not self._asking.locked():
            threading.Thread(target=self._ask, name="own-team", daemon=True).start()

    def refusal(self, team: str) -> str:
        """Why somebody of a workspace gets nothing here; empty where they may. Never waits."""
        self.start()
        if not team:
            return NOWHERE
        return FOREIGN if self._own and team != self._own else ""

    def check(self, team: str) -> None:
        """Raise NotAllowed unless it is the token's; may wait for Slack."""
        try:
            own = self.is_own(team)
        except NotAnswered:
            raise NotAllowed(UNSURE) from None
        if not own:
            raise NotAllowed(self.refusal(team))

    def is_own(self, team: str) -> bool:
        """Whether it is the token's; may wait for Slack. Raises NotAnswered where Slack has not said it."""
        if not self._own:
            self._ask()
        if not self._own:
            raise NotAnswered
        return team == self._own

    def _ask(self) -> None:
        with self._asking:
            if self._own or self._clock() < self._next:
                return
            try:
                self._own = str(self._client.auth_test()["team_id"])
            except TROUBLE as error:
                self._next = self._clock() + AGAIN
                note("the question which workspace the token belongs to", error)


class Entry:
    """What every request passes before its listener."""

    def __init__(self, own: OwnTeam, reach: Reach, sending: Sending) -> None:
        self._own = own
        self._reach = reach
        self._sending = sending

    def listen(self, app: App) -> None:
        """Register with Bolt, before the listeners."""
        self._own.start()
        app.use(self.check)

    def check(self, ack: Ack, body: dict[str, Any], next_: Callable[[], BoltResponse]) -> BoltResponse:
        """Let a request in, or acknowledge it with a sentence."""
        refused = self._own.refusal(team_of(body))
        kind = "command" if "command" in body else str(body.get("type"))
        if not refused or kind not in _KINDS:
            return next_()
        log.info("refused: another workspace, or none")
        if kind == "block_actions":
            where = where_of(body)
            self._sending.send(where, partial(self._reach.tell, where, refused))
        if kind == "event_callback":
            return BoltResponse(status=200, headers=NO_RETRY)
        return ack(**_KINDS[kind](refused))


_KINDS: Mapping[str, Callable[[str], dict[str, Any]]] = {
    "command": lambda text: {"response_type": "ephemeral", "text": text},
    "view_submission": lambda text: {"response_action": "update", "view": page("Cuecard", text)},
    "view_closed": lambda _: {},
    "block_actions": lambda _: {},
    "block_suggestion": lambda _: {"options": []},
    "event_callback": lambda _: {},
}
"""How a request of each kind is acknowledged with a sentence, where there is one; others have no listener."""
