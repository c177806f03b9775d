"""Work that may take longer than the three seconds that Slack waits: it goes on beside, and its view follows."""

import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.domain.asker import Asker
from bot.logs import Threads
from bot.slack.fault import Faults
from bot.slack.parts import Block, page
from bot.slack.where import where_of

log = logging.getLogger(__name__)
THREADS, WORKERS = 16, 4
"""Threads that send views or wait for them, and those that draw what takes long: waiting never keeps these from it."""
PATIENCE = 2.0
"""Seconds that a form waits for its answer; Slack itself waits for three."""
SETTLED = 0.5
"""Seconds after an acknowledgement until Slack shows the view it held; an earlier update would be overwritten."""
LATE = 20.0
"""Seconds after which a form says that its answer takes longer than usual."""
TITLE = "Cuecard"
STILL = page(
    "One moment",
    "This takes longer than usual: Cuecard is busy. Your text is kept. Wait here, and this page changes by itself; or "
    "close it and go on from my Home tab in a minute.",
)

Draw = Callable[[], Block]
Show = Callable[[WebClient, Asker, str, str], None]
"""Publishes a page of Home by its name, with what is searched there, for one person."""


class Beside:
    """Draws views for people, in time or beside; an error becomes a view that says so."""

    def __init__(self, faults: Faults, patience: float = PATIENCE) -> None:
        self._faults = faults
        self._patience = patience
        self._pool = Threads(THREADS, thread_name_prefix="beside")
        self._work = Threads(WORKERS, thread_name_prefix="drawing")

    def drawn(self, asker: Asker, draw: Draw) -> Block:
        """The view, or one with a sentence on what went wrong."""
        found: list[Block] = []
        with self._faults.told(asker, lambda text: found.append(page(TITLE, text))):
            found.append(draw())
        return found[0]

    @contextmanager
    def told(self, ack: Ack, body: dict[str, Any]) -> Iterator[None]:
        """Run what acknowledges a form; an error is put on top of it, so that what was typed still stands below."""
        with self._faults.told(where_of(body).asker, lambda text: ack(response_action="push", view=page(TITLE, text))):
            yield

    def do(self, body: dict[str, Any], call: Callable[[], object]) -> None:
        """Run what nobody waits for; an error is only logged."""

        def done() -> None:
            with self._faults.told(where_of(body).asker, lambda _: None):
                call()

        self._pool.submit(done)

    def show(self, body: dict[str, Any], client: WebClient, draw: Draw) -> None:
        """After a press was acknowledged: open a view, or put it on top of the form that held the button."""
        held = body.get("view") or {}

        def shown() -> None:
            view = self.drawn(where_of(body).asker, draw)
            opened = client.views_push if held.get("type") == "modal" else client.views_open
            opened(trigger_id=str(body.get("trigger_id", "")), view=view)

        self._submit(shown)

    def replace(self, body: dict[str, Any], client: WebClient, draw: Draw, waiting: Block | None = None) -> None:
        """After a press was acknowledged: change the form that held the button, first to `waiting` if it takes long."""
        view, asker = str(body["view"]["id"]), where_of(body).asker

        def replaced() -> None:
            if waiting is None:
                client.views_update(view_id=view, view=self.drawn(asker, draw))
                return
            client.views_update(view_id=view, view=waiting)
            self._follow(self._work.submit(self.drawn, asker, draw), view, client)

        self._submit(replaced)

    def update(self, view: str, client: WebClient, shown: Block) -> None:
        """Change a form below the one that is being acknowledged; waits for it as long as there is time."""
        wait([self._submit(lambda: client.views_update(view_id=view, view=shown))], self._patience)

    def answer(self, ack: Ack, body: dict[str, Any], client: WebClient, waiting: Block, draw: Draw) -> None:
        """Acknowledge a form with the view that comes next, or with `waiting` and later that view."""
        view, asker = str(body["view"]["id"]), where_of(body).asker
        future = self._work.submit(self.drawn, asker, draw)

        def followed() -> None:
            threading.Event().wait(SETTLED)
            self._follow(future, view, client)

        try:
            ack(response_action="update", view=future.result(self._patience))
        except NotYet:
            ack(response_action="update", view=waiting)
            self._submit(followed)

    def _follow(self, future: "Future[Block]", view: str, client: WebClient) -> None:
        """Show a view once it is drawn, and that it takes longer than usual where it does."""
        wait([future], LATE)
        if not future.done():
            client.views_update(view_id=view, view=STILL)
        client.views_update(view_id=view, view=future.result())

    def _submit(self, call: Callable[[], object]) -> "Future[None]":
        def told() -> None:
            try:
                call()
            except (SlackClientError, OSError) as error:
                # The message of Slack's error may hold the view, and so what was typed.
                log.warning("Slack did not show a view: %s", type(error).__name__)

        return self._pool.submit(told)
