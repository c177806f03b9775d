"""Work that may take longer than the three seconds that Slack waits: it goes on beside, and its view follows."""

import contextlib
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass
from functools import partial
from threading import BoundedSemaphore, Lock
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.domain.asker import Asker
from bot.slack.fault import Faults
from bot.slack.parts import Block, page
from bot.slack.pool import FULL, Found, Full, Pool
from bot.slack.reach import Reach, open_view, refilled
from bot.slack.sending import Sending, later, silent
from bot.slack.trouble import TROUBLE, note
from bot.slack.where import Where, where_of

THREADS, WORKERS = 16, 4
"""Threads that send views, and those that draw what takes long: sending never keeps these from it."""
DRAWINGS = 100
"""Views that wait to be drawn, beyond those under way."""
PATIENCE = 2.0
"""Seconds that a form waits for its answer; Slack itself waits for three."""
WAITERS = 3
"""Forms that may wait so at once: each holds a thread of the web server, and questions need the others."""
SETTLED = 0.5
"""Seconds after an acknowledgement until Slack shows the view it held; an earlier update would be overwritten."""
LATE = 20.0
"""Seconds after which a form says that its answer takes longer than usual."""
TITLE = "Cuecard"
MOMENT = page(
    "One moment",
    "This page changes by itself. If it does not within a minute, close it and look at my Home tab: what was saved "
    "stands there.",
)
STILL = page(
    "One moment",
    "This takes longer than usual: Cuecard is busy. Your text is kept. Wait here, and this page changes by itself; or "
    "close it and go on from my Home tab in a minute.",
)
DONE = page(TITLE, "That is done. You can close this.")


@dataclass(frozen=True, slots=True)
class Errors:
    """What must be mended in a form: a sentence by block_id."""

    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Fault:
    """What went wrong, in a sentence, while a form was answered."""

    text: str


Draw = Callable[[], Block]


@dataclass(frozen=True, slots=True)
class Slow:
    """A view that takes long to draw."""

    draw: Draw


Settled = Block | Errors | None
"""What becomes of a form: the view that comes next, what to mend, or nothing, and it closes."""
_Outcome = Settled | _Fault
Settle = Callable[[], Settled | Slow]
Show = Callable[[WebClient, Asker, str, str], None]
"""Publishes a page of Home by its name, with what is searched there, for one person."""


class Beside:
    """Draws views for people, in time or beside; an error becomes a view that says so."""

    def __init__(self, faults: Faults, reach: Reach, patience: float = PATIENCE) -> None:
        self._faults = faults
        self._reach = reach
        self._patience = patience
        self._sending = Sending(faults, reach, "beside", THREADS)
        self._light, self._heavy = Pool("settling", THREADS, DRAWINGS), Pool("drawing", WORKERS, DRAWINGS)
        self._waiters = BoundedSemaphore(WAITERS)

    def drawn(self, asker: Asker, draw: Draw) -> Block:
        """The view, or one with a sentence on what went wrong."""
        found = self._drawn(asker, draw)
        return page(TITLE, found.text) if isinstance(found, _Fault) else found

    def _drawn(self, asker: Asker, draw: Callable[[], Found]) -> Found | _Fault:
        found: list[Found | _Fault] = []
        with self._faults.told(asker, lambda text: found.append(_Fault(text))):
            found.append(draw())
        return found[0]

    def suggest(self, ack: Ack, asker: Asker, find: Callable[[], list[Block]]) -> None:
        """Acknowledge what is typed into a menu with what fits; with nothing where that takes long."""
        found: list[Block] = []

        def sought() -> None:
            with self._faults.told(asker, lambda _: None):
                found.extend(find())

        with contextlib.suppress(Full, NotYet):
            self._patiently(self._light.submit(sought))
        ack(options=list(found))

    def do(self, body: dict[str, Any], call: Callable[[], object]) -> None:
        """Run what nobody waits for; an error is only logged."""
        where = where_of(body)

        def done() -> None:
            failed: list[BaseException] = []
            with self._faults.told(where.asker, lambda _: None):
                try:
                    call()
                except TROUBLE as error:
                    failed.append(error)
            if failed:
                raise failed[0]

        self._sending.send(where, done, lost=silent)

    def show(self, body: dict[str, Any], client: WebClient, draw: Draw) -> None:
        """After a press was acknowledged: open a view, or put it on top of the form that held the button."""
        self.open(where_of(body), client, draw)

    def open(self, where: Where, client: WebClient, draw: Draw) -> None:
        """Open a view by a trigger, which lives for three seconds: it is not tried again."""

        def opened() -> None:
            found = self._drawn(where.asker, draw)
            if isinstance(found, _Fault):
                self._reach.tell(where, found.text)
            else:
                open_view(client, where, found)

        self._sending.send(where.later(), opened, tries=0)

    def publish(self, where: Where, client: WebClient, draw: Callable[[], Iterable[Block] | None]) -> None:
        """Show somebody a page of Home, unless `draw` finds that there is none to show; where it cannot, say why."""
        found: list[Block] = []

        def drawn() -> None:
            with self._faults.told(where.asker, partial(self._reach.tell, where)):
                if (blocks := draw()) is not None:
                    found.append({"type": "home", "blocks": list(blocks)})

        def published() -> None:
            if not found:
                drawn()
            for view in found:
                client.views_publish(user_id=where.asker.person, view=view)

        self._sending.send(where, published)

    def replace(self, body: dict[str, Any], client: WebClient, draw: Draw, waiting: Block | None = None) -> None:
        """After a press was acknowledged: change the form that held the button, first to `waiting` if it takes long."""
        where = where_of(body)
        if waiting is None:
            update = partial(client.views_update, view_id=where.form)
            self._sending.send(where.later(), lambda: update(view=self.drawn(where.asker, draw)))
            return
        future = self._started(where.asker, lambda: Slow(draw))
        self._sending.send(where.later(), partial(self._wait, where, client, waiting, future))

    def answer(self, ack: Ack, body: dict[str, Any], client: WebClient, waiting: Block, draw: Draw) -> None:
        """Acknowledge a form with the view that comes next, or with `waiting`, and later with it; for what is slow."""
        self.settle(ack, body, client, lambda: Slow(draw), waiting)

    def settle(self, ack: Ack, body: dict[str, Any], client: WebClient, draw: Settle, waiting: Block = MOMENT) -> None:
        """Acknowledge a form with what becomes of it, or with `waiting`, and then with that."""
        where = where_of(body)
        future = self._started(where.asker, draw)
        try:
            settled = self._patiently(future)
        except NotYet:
            ack(response_action="update", view=waiting)
            later(SETTLED, partial(self._follow, where, client, future))
        else:
            _acknowledge(ack, settled)

    def _patiently(self, future: "Future[Found]") -> Found:
        """What comes of something in time; for more than a few at once there is none. Raises NotYet."""
        patient = self._waiters.acquire(blocking=False)
        try:
            return future.result(self._patience if patient else 0)
        finally:
            if patient:
                self._waiters.release()

    def _started(self, asker: Asker, draw: Settle) -> "Future[_Outcome]":
        """What becomes of a form, once it is known; what is slow has threads of its own."""
        found: Future[_Outcome] = Future()

        def slow(draw: Draw) -> None:
            found.set_result(self._drawn(asker, draw))

        def quick() -> None:
            settled = self._drawn(asker, draw)
            if isinstance(settled, Slow):
                submit(self._heavy, partial(slow, settled.draw))
            else:
                found.set_result(settled)

        def submit(pool: Pool, call: Callable[[], None]) -> None:
            try:
                pool.submit(call)
            except Full:
                found.set_result(_Fault(self._faults.with_safety(asker, FULL)))

        submit(self._light, quick)
        return found

    def _wait(self, where: Where, client: WebClient, waiting: Block, future: "Future[_Outcome]") -> None:
        """Say that it takes a moment, whether or not Slack takes that, and then what became of it."""
        try:
            client.views_update(view_id=where.form, view=waiting)
        except TROUBLE as error:
            note("a page that says to wait", error)
        self._follow(where, client, future)

    def _follow(self, where: Where, client: WebClient, future: "Future[_Outcome]") -> None:
        """Show what became of a form once that is known, and that it takes longer than usual where it does."""
        turn, gone = Lock(), Where(where.asker)

        def shown() -> None:
            with turn:
                client.views_update(view_id=where.form, view=_late(where.view, future.result()))

        def still() -> None:
            with turn:
                if not future.done():
                    client.views_update(view_id=where.form, view=STILL)

        timer = later(LATE, partial(self._sending.send, gone, still, lost=silent))

        def done(_: object) -> None:
            timer.cancel()
            self._sending.send(gone, shown, lost=_unseen)

        future.add_done_callback(done)


def _acknowledge(ack: Ack, settled: _Outcome) -> None:
    if settled is None:
        ack()
    elif isinstance(settled, Errors):
        ack(response_action="errors", errors=dict(settled.fields))
    elif isinstance(settled, _Fault):
        # On top, so that what was typed still stands below.
        ack(response_action="push", view=page(TITLE, settled.text))
    else:
        ack(response_action="update", view=settled)


def _late(sent: Mapping[str, Any], settled: _Outcome) -> Block:
    """What became of a form, as a view in place of the page that says to wait."""
    if settled is None:
        return DONE
    if isinstance(settled, Errors):
        return refilled(sent, " ".join(settled.fields.values()))
    return refilled(sent, settled.text) if isinstance(settled, _Fault) else settled


def _unseen(_error: BaseException) -> str:
    return "Slack did not let me show you what became of your form. Open my Home tab: what was saved stands there."
