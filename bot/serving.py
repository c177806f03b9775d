"""Puts the bot over a database and before Slack; the only module that knows both."""

from dataclasses import replace
from typing import TYPE_CHECKING

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler

from bot.services.call import CallBoss
from bot.services.edit import Edit
from bot.services.fair import FairRevisions
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
from bot.services.sites import WorkSites
from bot.services.versions import Versions
from bot.services.who_may import WhoMay
from bot.settings import Settings, SettingsError
from bot.slack.act import Act
from bot.slack.answers import Answers
from bot.slack.app import Listener, build_app
from bot.slack.beside import Beside, Show
from bot.slack.client import Line
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
from bot.slack.reach import Reach
from bot.slack.sending import Sending
from bot.slack.site_forms import SiteForms
from bot.slack.sites import SiteChoice
from bot.slack.team import Entry, OwnTeam
from bot.slack.versions import VersionsView
from bot.storage.database import connect
from bot.storage.kept import keep_in
from bot.wiring import Bot

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication


def build_kept(settings: Settings) -> Kept:
    """The database. Raises DatabaseError where its address cannot be used."""
    return keep_in(connect(settings.database_url))


def build_slack(bot: Bot, settings: Settings) -> App:
    """The Bolt app over a bot and a database, with the duty channel's button where one is set. Raises DatabaseError."""
    kept = bot.kept or build_kept(settings)
    if bot.kept is None:
        bot = bot.over(kept)
    at, line = bot.shelves.at, Line(settings.slack_api, settings.bot_token)
    own, faults, reach = OwnTeam(line.client()), Faults(at), Reach(line)
    beside, answers = Beside(faults, reach), Answers(faults, reach, line)
    messages = Messages(at, calls=bool(settings.duty_channel))
    who = WhoMay(SlackPeople(line.client(), own), kept.managers)
    managers = ManagersForm(Naming(who, kept.managers), beside)
    sites = WorkSites(kept.sites, who, bot.shelves.of, bot.shelves.refresh)
    front = Front(at, who, Overview(bot.shelves, kept, who), OpenGaps(kept.gaps, at, who), sites, kept.events)
    fair = replace(kept, revisions=FairRevisions(kept.revisions))
    choice = SiteChoice(sites, bot.ask, messages, answers, beside)
    forms: dict[str, Form] = {"managers": managers.form, "site": choice.form}
    home = Home(front, bot.ask, messages, beside, forms)
    listeners: list[Listener] = [
        Entry(own, reach, Sending(faults, reach, "entry", 2)),
        Command(bot.ask, messages, faults, beside, forms),
        home,
        Act(bot.ask, messages, answers),
        Details(bot.ask, messages, answers, beside),
        GapForm(TellGap(kept.gaps, bot.ask, at), at, messages, beside, own),
        managers,
        choice,
        SiteForms(sites, bot.shelves, beside, home.show),
        *build_editor(bot, Saving(who, fair, Gate(bot.shelves, bot.compiler)), beside, home.show),
    ]
    if settings.duty_channel:
        listeners.append(CallButton(build_calls(bot, kept, settings), at, answers, own))
    return build_app(listeners, settings.bot_token, line.client(""))


def build_editor(bot: Bot, saving: Saving, beside: Beside, show: Show) -> list[Listener]:
    """The forms that keep the playbooks: the editor with all that stands on top of it, and the versions."""
    edit, meanwhile = Edit(saving), Meanwhile(saving)
    forms = Forms(edit, meanwhile, bot.shelves)
    saves = EditorSave(edit, meanwhile, forms, beside, show)
    return [
        Editor(edit, meanwhile, forms, saves, beside),
        saves,
        EditorLook(edit, Rehearse(bot.shelves), forms, beside),
        EditorInsert(edit, forms, beside),
        NewPlaybook(Begin(edit, saving), forms, beside),
        PlaybookMenu(bot.shelves),
        VersionsView(Versions(saving), bot.shelves, beside, show),
    ]


def build_calls(bot: Bot, kept: Kept, settings: Settings) -> CallBoss:
    """Calls for the boss, kept in a database and told in the duty channel."""
    duty = DutyChannel(Line(settings.slack_api, settings.bot_token).client(), settings.duty_channel)
    return CallBoss(kept.calls, duty, bot.shelves.at)


def build_web(app: App, settings: Settings) -> "WSGIApplication":
    """What a web server serves. Raises SettingsError without a signing secret."""
    if not settings.signing_secret:
        raise SettingsError("Set SLACK_SIGNING_SECRET (Basic Information → App Credentials on your app's page).")
    return Door(SlackRequestHandler(app), settings.signing_secret)
