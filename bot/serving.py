"""Puts the bot over a database and before Slack; the only module that knows both."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler

from bot.library.last_good import LastGood
from bot.library.load import load_policy
from bot.matching.compiler import Compiler
from bot.matching.store import Nowhere
from bot.rendering.frames import Frames
from bot.services.ask import Ask
from bot.services.call import CallBoss
from bot.services.counted import CountedAsk, CountedGap, CountedSaving
from bot.services.edit import Edit
from bot.services.fair import FairRevisions
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
from bot.services.shelf import Shelf, sectors_of
from bot.services.sites import WorkSites
from bot.services.unlearnt import Unlearnt
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
from bot.slack.reach import Reach
from bot.slack.sending import Sending
from bot.slack.site_forms import SiteForms
from bot.slack.sites import SiteChoice
from bot.slack.starting import Starting
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


def build_slack(bot: Bot, settings: Settings, calls: CallBoss | None = None, figures: Figures = NOBODY) -> App:
    """The Bolt app over a bot and a database, with the duty channel's button where one is set. Raises DatabaseError.

    `calls` are those that somebody tells again; `figures` count what people do.
    """
    kept = bot.kept or build_kept(settings)
    if bot.kept is None:
        bot = bot.over(kept)
    at, line = bot.shelves.at, Line(settings.slack_api, settings.bot_token, figures)
    ask, faults = CountedAsk(at, figures), Faults(at, figures.refused)
    own, reach = OwnTeam(line.client()), Reach(line)
    calls = calls or build_calls(bot, kept, settings, figures)
    beside, answers = Beside(faults, reach), Answers(faults, reach, line)
    messages = Messages(at, calls=bool(calls))
    who = WhoMay(SlackPeople(line.client(), own), kept.managers)
    managers = ManagersForm(Naming(who, kept.managers), beside)
    sites = WorkSites(kept.sites, who, bot.shelves.of, bot.shelves.refresh)
    trouble = (lambda: calls.trouble) if calls else str
    front = Front(at, who, Overview(bot.shelves, kept, who), OpenGaps(kept.gaps, at, who), sites, kept.events, trouble)
    fair = replace(kept, revisions=FairRevisions(kept.revisions))
    choice = SiteChoice(sites, ask, messages, answers, beside)
    forms: dict[str, Form] = {"managers": managers.form, "site": choice.form}
    home = Home(front, ask, messages, beside, forms)
    listeners: list[Listener] = [
        Entry(own, reach, Sending(faults, reach, "entry", 2)),
        Command(ask, messages, faults, beside, forms),
        home,
        Act(ask, messages, answers),
        Details(ask, messages, answers, beside),
        GapForm(CountedGap(kept, at, figures), at, messages, beside, own),
        managers,
        choice,
        SiteForms(sites, bot.shelves, beside, home.show),
        *build_editor(bot, CountedSaving(who, fair, Gate(bot.shelves, bot.compiler), figures), beside, home.show),
    ]
    if calls:
        listeners.append(CallButton(calls, at, answers, own))
    return build_app(listeners, line)


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


def build_calls(bot: Bot, kept: Kept, settings: Settings, figures: Figures = NOBODY) -> CallBoss | None:
    """Calls for the boss, kept in a database and told in the duty channel; None where none is set."""
    if not settings.duty_channel:
        return None
    line = Line(settings.slack_api, settings.bot_token, figures)
    return CallBoss(kept.calls, DutyChannel(line.client(), settings.duty_channel, figures), bot.shelves.at)


def build_unlearnt(settings: Settings) -> Unlearnt:
    """What people are answered from while the playbooks are read. Raises Refused where the policy cannot be."""
    policy = load_policy(settings.playbooks, LastGood(settings.cache, settings.playbooks).read())
    frames, matcher = Frames(settings.templates), Compiler(None, Nowhere()).compile(())
    return Unlearnt(Shelf(cards={}, policy=policy, frames=frames, matcher=matcher, sectors=sectors_of({})))


def build_starting(unlearnt: Unlearnt, settings: Settings, figures: Figures = NOBODY) -> App:
    """The Bolt app that answers meanwhile."""
    at, line = unlearnt.at, Line(settings.slack_api, settings.bot_token, figures)
    faults, reach = Faults(at, figures.refused), Reach(line)
    sentence = Frames(settings.templates).render("unlearnt")
    listeners: list[Listener] = [
        Entry(OwnTeam(line.client()), reach, Sending(faults, reach, "entry", 2)),
        Starting(Ask(at), Messages(at, calls=False), Answers(faults, reach, line), sentence),
    ]
    return build_app(listeners, line)


def build_web(app: App, settings: Settings) -> Door:
    """What a web server serves. Raises SettingsError without a signing secret."""
    return build_door(as_wsgi(app), settings)


def as_wsgi(app: App) -> "WSGIApplication":
    """A Bolt app as a web server's application, without a door before it."""
    return SlackRequestHandler(app)


def build_door(
    inside: "WSGIApplication",
    settings: Settings,
    pages: Mapping[str, Page] | None = None,
    refused: Callable[[str], object] = str,
) -> Door:
    """The door before an application, with the pages and the ear of a Door. Raises SettingsError without a secret."""
    if not settings.signing_secret:
        raise SettingsError("Set SLACK_SIGNING_SECRET (Basic Information → App Credentials on your app's page).")
    return Door(inside, settings.signing_secret, pages=pages, refused=refused)
