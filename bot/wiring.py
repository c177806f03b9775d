"""Builds everything from Settings; the only module that knows every part."""

import gc
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient

from bot.domain.library import Library
from bot.domain.problem import Problem, Refused
from bot.domain.situation import Situation
from bot.library.load import load_library
from bot.library.watch import changes
from bot.matching.compiler import Compiler
from bot.matching.encoder import SHIPPED, Encoder, EncoderError, Told
from bot.matching.store import Store
from bot.progress import tell
from bot.rendering.frames import Frames
from bot.services.ask import Ask
from bot.services.call import CallBoss
from bot.services.edit import Edit
from bot.services.front import Front
from bot.services.gaps import OpenGaps, TellGap
from bot.services.gate import Gate
from bot.services.meanwhile import Meanwhile
from bot.services.naming import Naming
from bot.services.new_playbook import Begin
from bot.services.overview import Overview
from bot.services.ports import Kept
from bot.services.rehearse import Rehearse
from bot.services.saving import Saving
from bot.services.shelf import Shelf
from bot.services.shelves import Shelves, ship
from bot.services.sites import WorkSites
from bot.services.survive import survived
from bot.services.versions import Versions
from bot.services.who_may import WhoMay
from bot.settings import Settings, SettingsError
from bot.slack.act import Act
from bot.slack.answers import Answers
from bot.slack.app import Listener, build_app
from bot.slack.beside import Beside, Show
from bot.slack.command import Command, Form
from bot.slack.details import Details
from bot.slack.door import Door
from bot.slack.duty import CallButton, DutyChannel
from bot.slack.editor import Editor
from bot.slack.editor_forms import Forms
from bot.slack.editor_insert import EditorInsert
from bot.slack.editor_look import EditorLook
from bot.slack.editor_save import EditorSave
from bot.slack.fault import Faults
from bot.slack.gap import GapForm
from bot.slack.home import Home
from bot.slack.managers import ManagersForm
from bot.slack.message import Messages
from bot.slack.new_playbook import NewPlaybook
from bot.slack.people import SlackPeople
from bot.slack.playbook_menu import PlaybookMenu
from bot.slack.site_forms import SiteForms
from bot.slack.sites import SiteChoice
from bot.slack.versions import VersionsView
from bot.storage.database import connect
from bot.storage.kept import keep_in

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

log = logging.getLogger(__name__)
SLACK_TIMEOUT = 5
"""Seconds that a call to Slack may take."""
FRESH = 0.5
"""Seconds between two looks at what other processes have changed."""


@dataclass(frozen=True, slots=True)
class Bot:
    """The parts that a command or a server needs; `kept` is the database that the shelves follow, if any."""

    shelves: Shelves
    compiler: Compiler
    kept: Kept | None = None

    @property
    def library(self) -> Library:
        """The shipped playbooks."""
        return self.shelves.shipped

    @property
    def shelf(self) -> Shelf:
        """The shipped shelf, as policy.yaml's site sees it."""
        return self.shelves.of("")

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the folder of playbooks."""
        return self.shelves.problems

    @property
    def ask(self) -> Ask:
        """What answers questions."""
        return Ask(self.shelves.at)

    def warm(self) -> None:
        """Answer once for nobody, so that the first person does not wait for lists of names and words.

        What is there by then stays, so that the garbage collector need not look through it, which halts everybody.
        """
        self.ask.ask(Situation("the first question"))
        gc.collect()
        gc.freeze()

    def over(self, kept: Kept, *, real: bool = False) -> "Bot":
        """The same shipped shelf over a database, with what it keeps in force; a `real` workplace sees no fiction."""
        shelves = self.shelves.over(kept, real=real)
        shelves.refresh()
        return replace(self, shelves=shelves, kept=kept)


def build_bot(settings: Settings, told: Told = tell) -> Bot:
    """Read the folder of playbooks and compile them. Raises Refused when the policy or the folder cannot be read.

    `told` hears how many of how many texts are read, and may raise.
    """
    with uncollected():
        library, problems = load_library(settings.playbooks)
        if library is None:
            raise Refused(problems)
        compiler = build_compiler(settings, told)
        shipped, more = ship(library, Frames(settings.templates), compiler)
    return Bot(Shelves(shipped, compiler, problems=(*problems, *more)), compiler)


@contextmanager
def uncollected() -> Iterator[None]:
    """Leave the garbage collector out where all that is built stays: it would look through it again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def build_kept(settings: Settings) -> Kept:
    """The database. Raises DatabaseError where its address cannot be used."""
    return keep_in(connect(settings.database_url))


def keep_fresh(shelves: Shelves, folder: Path, told: Callable[[], None] = lambda: None) -> Callable[[], None]:
    """Follow the database and the folder of playbooks in the background; what to call to stop that.

    `told` is called after each look at a folder that has changed.
    """
    stopped = threading.Event()

    def follow_database() -> None:
        while not stopped.wait(FRESH):
            with survived("following the database"):
                shelves.refresh()

    def follow_folder() -> None:
        for _ in changes(folder, stopped):
            with survived("following the folder of playbooks"):
                shelves.reload(*load_library(folder))
                for problem in shelves.problems:
                    log.warning("%s The playbooks stay as they were.", problem)
                told()

    for work in (follow_database, follow_folder):
        threading.Thread(target=work, name=work.__name__, daemon=True).start()
    return stopped.set


def build_compiler(settings: Settings, told: Told = tell) -> Compiler:
    """What compiles libraries. Without a loadable encoder, words alone decide, and the log says so.

    Raises SettingsError when CUECARD_ENCODER names a folder that cannot be used.
    """
    try:
        encoder = Encoder(settings.encoder or SHIPPED)
    except EncoderError as error:
        if settings.encoder:
            raise SettingsError(f"{error} CUECARD_ENCODER must hold model.onnx and tokenizer.json.") from None
        log.warning("%s Words alone decide until it is there again.", error)
        encoder = None
    return Compiler(encoder, Store(settings.cache), told)


def build_slack(bot: Bot, settings: Settings) -> App:
    """The Bolt app over a bot and a database, with the duty channel's button where one is set. Raises DatabaseError."""
    kept = bot.kept or build_kept(settings)
    if bot.kept is None:
        bot = bot.over(kept)
    at = bot.shelves.at
    faults = Faults(at)
    beside = Beside(faults)
    answers, messages = (
        Answers(faults, _client(settings, settings.bot_token)),
        Messages(at, calls=bool(settings.duty_channel)),
    )
    who = WhoMay(SlackPeople(_client(settings, settings.bot_token)), kept.managers)
    managers = ManagersForm(Naming(who, kept.managers), faults)
    sites = WorkSites(kept.sites, who, bot.shelves.of, bot.shelves.refresh)
    front = Front(at, who, Overview(bot.shelves, kept, who), OpenGaps(kept.gaps, at, who), sites)
    choice = SiteChoice(sites, bot.ask, messages, answers, beside)
    forms: dict[str, Form] = {"managers": managers.open, "site": choice.open}
    home = Home(front, bot.ask, messages, faults, forms)
    listeners: list[Listener] = [
        Command(bot.ask, messages, faults, forms),
        home,
        Act(bot.ask, messages, answers),
        Details(bot.ask, messages, answers),
        GapForm(TellGap(kept.gaps, bot.ask, at), at, messages, faults),
        managers,
        choice,
        SiteForms(sites, bot.shelves, faults, beside, home.show),
        *build_editor(bot, Saving(who, kept, Gate(bot.shelves, bot.compiler)), faults, home.show),
    ]
    if settings.duty_channel:
        listeners.append(CallButton(build_calls(bot, kept, settings), at, answers))
    return build_app(listeners, settings.bot_token, _client(settings, ""))


def build_editor(bot: Bot, saving: Saving, faults: Faults, show: Show) -> list[Listener]:
    """The forms that keep the playbooks: the editor with all that stands on top of it, and the versions."""
    edit, meanwhile, beside = Edit(saving), Meanwhile(saving), Beside(faults)
    forms = Forms(edit, meanwhile, bot.shelves)
    saves = EditorSave(edit, meanwhile, forms, beside, show)
    return [
        Editor(edit, meanwhile, forms, saves, beside),
        saves,
        EditorLook(Rehearse(bot.shelves), forms, beside),
        EditorInsert(edit, forms, beside),
        NewPlaybook(Begin(edit, saving), forms, beside),
        PlaybookMenu(bot.shelves),
        VersionsView(Versions(saving), bot.shelves, beside, show),
    ]


def build_calls(bot: Bot, kept: Kept, settings: Settings) -> CallBoss:
    """Calls for the boss, kept in a database and told in the duty channel."""
    duty = DutyChannel(_client(settings, settings.bot_token), settings.duty_channel)
    return CallBoss(kept.calls, duty, bot.shelves.at)


def _client(settings: Settings, token: str) -> WebClient:
    return WebClient(token=token or None, timeout=SLACK_TIMEOUT, base_url=settings.slack_api)


def build_web(app: App, settings: Settings) -> "WSGIApplication":
    """What a web server serves. Raises SettingsError without a signing secret."""
    if not settings.signing_secret:
        raise SettingsError("Set SLACK_SIGNING_SECRET (Basic Information → App Credentials on your app's page).")
    return Door(SlackRequestHandler(app), settings.signing_secret)
