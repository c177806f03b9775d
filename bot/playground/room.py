"""The playground as a whole: a made-up Slack, the real app behind it, and what the page sees of both."""

import dataclasses
import itertools
import secrets
import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bot.domain.policy import Policy
from bot.domain.problem import Problem, Refused
from bot.library.watch import changes
from bot.playground.app_host import AppHost
from bot.playground.courier import Courier
from bot.playground.desk import Desk
from bot.playground.exchanges import curl
from bot.playground.payloads import verification
from bot.playground.said import Said, user_of
from bot.playground.sending_off import SendingOff
from bot.playground.signed import SECONDS, Line
from bot.playground.snapshot import snapshot
from bot.playground.stand_in import Slack
from bot.playground.tapping import Tapping
from bot.playground.typing_in import TypingIn
from bot.playground.web_api import WebApi
from bot.playground.why import why
from bot.playground.workspace import DUTY, TEAM_NAME, TOKEN, USERS
from bot.progress import share, tell
from bot.services.telling import keep_telling
from bot.serving import build_calls, build_kept, build_slack, build_web
from bot.settings import Settings
from bot.storage.database import connect
from bot.storage.schema import migrate
from bot.wiring import Bot, build_bot, keep_fresh

READING = "Reading the playbooks …"
BROKEN = "The playbooks cannot be read; mend what stands here, and this page goes on by itself."
NOT_SLACK = "This is not Slack. It plays a small workspace on your own machine"
NOTICED = 2.0
"""Seconds in which the building of the app notices that nobody waits for it any more."""

Make = Callable[[Settings, Callable[[int, int], None]], Bot]


class Stopped(Exception):
    """Nobody waits for the app any more."""


class Playground:
    """One workspace with the app in it; its state and its database live until `close`."""

    def __init__(self, settings: Settings, make: Make = build_bot, seconds: float = SECONDS) -> None:
        """`make` builds the bot, tells how many of how many texts are read, and may raise Refused.

        The app must acknowledge and open forms within `seconds`.
        """
        self.api = WebApi(Slack(seconds=seconds))
        self.slack = self.api.slack
        self._settings = settings
        self._make = make
        self._seconds = seconds
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._courier: Courier | None = None
        self._desk: Desk | None = None
        self._host: AppHost | None = None
        self._stopped = threading.Event()
        self._building = threading.Thread(target=self.build, name="build", daemon=True)
        self._stop_following: Callable[[], None] = lambda: None
        self._telling = threading.Event()
        self._bot: Bot | None = None
        self._problems: tuple[Problem, ...] = ()
        self._notice: str | None = READING

    def start(self) -> None:
        """Play Slack at once, and build the app beside it."""
        self.api.serve()
        self._building.start()

    def build(self) -> None:
        """Build the app and put it behind its own port; while the playbooks cannot be read, look at each change."""
        secret, folder = secrets.token_hex(16), tempfile.TemporaryDirectory(prefix="cuecard-")
        self._folder = folder
        settings = dataclasses.replace(
            self._settings,
            bot_token=TOKEN,
            signing_secret=secret,
            duty_channel=DUTY,
            slack_api=self.api.url,
            database_url=f"sqlite:///{Path(folder.name) / 'cuecard.db'}",
        )
        migrate(connect(settings.database_url))
        for _ in itertools.chain([None], changes(settings.playbooks, self._stopped)):
            try:
                bot = self._make(settings, self._read).over(build_kept(settings))
            except Refused as refused:
                with self.slack.bell:
                    self._problems, self._notice = refused.problems, BROKEN
            except Stopped:
                return
            else:
                self._open(bot, settings)
                return

    def _read(self, done: int, total: int) -> None:
        if self._stopped.is_set():
            raise Stopped
        tell(done, total)
        if line := share(done, total):
            with self.slack.bell:
                self._notice = f"{line}. Then this page goes on by itself."

    def _open(self, bot: Bot, settings: Settings) -> None:
        bot.warm()
        self._stop_following = keep_fresh(bot.shelves, settings, self.slack.bell.ring)
        calls = build_calls(bot, bot.kept or build_kept(settings), settings)
        if calls:
            self._telling = keep_telling(calls)
        self._host = AppHost(build_web(build_slack(bot, settings, calls), settings))
        courier = Courier(self.slack, Line(self._host.port, settings.signing_secret, self._seconds))
        desk = Desk(self.slack, TypingIn(self.api, courier), Tapping(self.api, courier), SendingOff(self.api, courier))
        courier.event(verification())
        with self.slack.bell:
            self._bot, self._courier, self._desk, self._notice = bot, courier, desk, None

    def close(self) -> None:
        """Stop everything, and forget it."""
        self._stopped.set()
        if self._building.is_alive():
            self._building.join(NOTICED)
        self._stop_following()
        self._telling.set()
        self.api.close()
        if self._host:
            self._host.close()
        if self._folder:
            self._folder.cleanup()

    def state(self, user: str) -> dict[str, Any]:
        """Everything that a person sees; the first person where none is named. Raises Said."""
        person = user_of(user or USERS[0].id)
        with self.slack.bell.still:
            found = snapshot(self.slack, person)
            problems = self._bot.problems if self._bot else self._problems
            return {
                **found,
                **_workplace(self._bot.shelf.policy if self._bot else None),
                "problems": [_problem(problem) for problem in problems],
                "notice": self._notice,
                "ready": self._desk is not None,
            }

    def wait(self, seen: int, seconds: float) -> int:
        """The number of changes, once there is another than `seen` or the seconds are over."""
        return self.slack.bell.wait(seen, seconds)

    def do(self, name: str, held: Mapping[str, Any]) -> dict[str, Any]:
        """One thing that a person does. Raises Said."""
        if self._desk is None:
            raise Said(self._notice or READING)
        if name not in self._desk.asked:
            raise Said("Nothing of that name can be done here.")
        return self._desk.asked[name](held)

    def exchange(self, number: str) -> dict[str, Any]:
        """One exchange in full, with a command for a terminal and why it was answered so. Raises Said."""
        with self.slack.bell.still:
            found = self.slack.exchanges.find(number)
        if found is None or self._courier is None or self._bot is None:
            raise Said("This exchange is no longer remembered; only the last ones are.")
        headers = self._courier.signed_anew(found) if found.inwards else found.headers
        more = {"curl": curl(found.url, headers, found.body), "explanation": why(self._bot, found)}
        return {**found.whole(), "id": number, **more}


def _workplace(policy: Policy | None) -> dict[str, str]:
    if policy is None:
        return {"workplace": TEAM_NAME, "demo": f"{NOT_SLACK}."}
    numbers = "its numbers are made up" if policy.fictional_numbers() else "with your own numbers"
    return {"workplace": policy.workplace, "demo": f"{NOT_SLACK}, for {policy.workplace}; {numbers}."}


def _problem(problem: Problem) -> dict[str, Any]:
    return {"file": problem.file, "line": problem.line, "field": problem.field, "sentence": problem.sentence}
