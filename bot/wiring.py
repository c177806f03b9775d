"""Builds everything from Settings; the only module that knows every part."""

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient

from bot.domain.library import Library
from bot.domain.problem import Problem, Refused
from bot.library.load import load_library
from bot.matching.compiler import Compiler
from bot.matching.encoder import SHIPPED, Encoder, EncoderError
from bot.matching.store import Store
from bot.rendering.frames import Frames
from bot.services.ask import Ask
from bot.services.at_site import place
from bot.services.call import CallBoss
from bot.services.naming import Naming
from bot.services.shelf import Shelf, build_shelf
from bot.services.who_may import WhoMay
from bot.settings import Settings, SettingsError
from bot.slack.act import Act
from bot.slack.answers import Answers
from bot.slack.app import Listener, build_app
from bot.slack.command import Command
from bot.slack.details import Details
from bot.slack.door import Door
from bot.slack.duty import CallButton, DutyChannel
from bot.slack.fault import Faults
from bot.slack.managers import ManagersForm
from bot.slack.message import Messages
from bot.slack.people import SlackPeople
from bot.storage.calls import StoredCalls
from bot.storage.database import connect
from bot.storage.managers import StoredManagers, StoredRules

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

log = logging.getLogger(__name__)
SLACK_TIMEOUT = 5
"""Seconds that a call to Slack may take."""


@dataclass(frozen=True, slots=True)
class Bot:
    """The parts that a command or a server needs."""

    library: Library
    shelf: Shelf
    compiler: Compiler
    ask: Ask
    problems: tuple[Problem, ...]


def build_bot(settings: Settings) -> Bot:
    """Read the folder of playbooks and compile them. Raises Refused when the policy or the folder cannot be read."""
    library, problems = load_library(settings.playbooks)
    if library is None:
        raise Refused(problems)
    compiler = build_compiler(settings)
    built, more = build_shelf(library, Frames(settings.templates), compiler)
    shelf = place(built, (), {})
    return Bot(library, shelf, compiler, Ask(shelf.at), (*problems, *more))


def build_compiler(settings: Settings) -> Compiler:
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
    return Compiler(encoder, Store(settings.cache))


def build_slack(bot: Bot, settings: Settings) -> App:
    """The Bolt app over a bot, with the duty channel's button where one is set."""
    at = bot.shelf.at
    faults = Faults(at)
    answers, messages = Answers(faults), Messages(at, calls=bool(settings.duty_channel))
    managers = build_managers(settings, faults)
    listeners: list[Listener] = [
        Command(bot.ask, messages, faults, {"managers": managers.open}),
        Act(bot.ask, messages, answers),
        Details(bot.ask, messages, answers),
        managers,
    ]
    if settings.duty_channel:
        listeners.append(CallButton(build_calls(bot, settings), at, answers))
    return build_app(listeners, settings.bot_token, _client(settings, ""))


def build_managers(settings: Settings, faults: Faults) -> ManagersForm:
    """The form that names managers. Raises DatabaseError."""
    engine = connect(settings.database_url)
    managers, rules = StoredManagers(engine), StoredRules(engine)
    who = WhoMay(SlackPeople(_client(settings, settings.bot_token)), managers, rules)
    return ManagersForm(Naming(who, managers, rules), faults)


def build_calls(bot: Bot, settings: Settings) -> CallBoss:
    """Calls for the boss: the database and the duty channel. Raises DatabaseError."""
    duty = DutyChannel(_client(settings, settings.bot_token), settings.duty_channel)
    return CallBoss(StoredCalls(connect(settings.database_url)), duty, bot.shelf.at)


def _client(settings: Settings, token: str) -> WebClient:
    return WebClient(token=token or None, timeout=SLACK_TIMEOUT, base_url=settings.slack_api)


def build_web(app: App, settings: Settings) -> "WSGIApplication":
    """What a web server serves. Raises SettingsError without a signing secret."""
    if not settings.signing_secret:
        raise SettingsError("Set SLACK_SIGNING_SECRET (Basic Information → App Credentials on your app's page).")
    return Door(SlackRequestHandler(app), settings.signing_secret)
