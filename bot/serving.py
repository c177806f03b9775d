"""Puts the bot over a database and before Slack; the only module that knows both."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient

from bot.services.call import CallBoss
from bot.services.counted import CountedAsk, CountedGap, CountedSaving
from bot.services.edit import Edit
from bot.services.figures import NOBODY, Figures
from bot.services.front import Front
from bot.services.gaps import OpenGaps
from bot.services.gate import Gate
from bot.services.meanwhile import Meanwhile
from bot.services.naming import Naming
from bot.services.new_playbook import Begin
from bot.services.overview import Overview
from bot.services.ports import Kept
from bot.services.rehearse import Rehearse
from bot.services.saving import Saving
from bot.services.sites import WorkSites
from bot.services.versions import Versions
from bot.services.who_may import WhoMay
from bot.settings import Settings, SettingsError
from bot.slack.act import Act
from bot.slack.answers import Answers
from bot.slack.app import Listener, build_app
from bot.slack.beside import Beside, Show
from bot.slack.command import Command, Form
from bot.slack.details import Details
from bot.slack.door import Door, Page
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
from bot.slack.turned_away import TurnedAway
from bot.slack.versions import VersionsView
from bot.slack.web import SlackWeb
from bot.storage.database import connect
from bot.storage.kept import keep_in
from bot.wiring import Bot

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

SLACK_TIMEOUT = 5
"""Seconds that a call to Slack may take."""


def build_kept(settings: Settings) -> Kept:
    """The database. Raises DatabaseError where its address cannot be used."""
    return keep_in(connect(settings.database_url))


def build_slack(bot: Bot, settings: Settings, calls: CallBoss | None = None, figures: Figures = NOBODY) -> App:
    """The Bolt app over a bot and a database, with the duty channel's button where one is set. Raises DatabaseError.

    `calls` are those that somebody tells again; `figures` count what people do.
    """
    kept = bot.kept or build_kept(settings)
    if bot.kept is None:
        bot = bot.over(kept)
    at = bot.shelves.at
    ask, faults = CountedAsk(at, figures), Faults(at, TurnedAway(figures))
    calls = calls or build_calls(bot, kept, settings, figures)
    client = partial(_client, settings, figures=figures)
    beside = Beside(faults)
    answers = Answers(faults, client(settings.bot_token))
    messages = Messages(at, calls=bool(calls))
    who = WhoMay(SlackPeople(client(settings.bot_token)), kept.managers)
    managers = ManagersForm(Naming(who, kept.managers), faults)
    sites = WorkSites(kept.sites, who, bot.shelves.of, bot.shelves.refresh)
    trouble = (lambda: calls.trouble) if calls else str
    front = Front(at, who, Overview(bot.shelves, kept, who), OpenGaps(kept.gaps, at, who), sites, trouble)
    choice = SiteChoice(sites, ask, messages, answers, beside)
    forms: dict[str, Form] = {"managers": managers.open, "site": choice.open}
    home = Home(front, ask, messages, faults, forms)
    listeners: list[Listener] = [
        Command(ask, messages, faults, forms),
        home,
        Act(ask, messages, answers),
        Details(ask, messages, answers),
        GapForm(CountedGap(kept, at, figures), at, messages, faults),
        managers,
        choice,
        SiteForms(sites, bot.shelves, faults, beside, home.show),
        *build_editor(bot, CountedSaving(who, kept, Gate(bot.shelves, bot.compiler), figures), faults, home.show),
    ]
    if calls:
        listeners.append(CallButton(calls, at, answers))
    return build_app(listeners, settings.bot_token, client)


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


def build_calls(bot: Bot, kept: Kept, settings: Settings, figures: Figures = NOBODY) -> CallBoss | None:
    """Calls for the boss, kept in a database and told in the duty channel; None where none is set."""
    if not settings.duty_channel:
        return None
    duty = DutyChannel(_client(settings, settings.bot_token, figures), settings.duty_channel, figures)
    return CallBoss(kept.calls, duty, bot.shelves.at)


def _client(settings: Settings, token: str, figures: Figures) -> WebClient:
    return SlackWeb(figures, token=token or None, timeout=SLACK_TIMEOUT, base_url=settings.slack_api)


def build_web(
    app: App, settings: Settings, pages: Mapping[str, Page] | None = None, figures: Figures = NOBODY
) -> "WSGIApplication":
    """What a web server serves. Raises SettingsError without a signing secret."""
    if not settings.signing_secret:
        raise SettingsError("Set SLACK_SIGNING_SECRET (Basic Information → App Credentials on your app's page).")
    return Door(SlackRequestHandler(app), settings.signing_secret, pages=pages, refused=TurnedAway(figures))
