"""`cuecard doctor`: what is missing before the bot can serve, and how to get it."""

import sys
from collections.abc import Callable, Iterator

import click
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.cli.ready import refuse_fiction, stored_sites
from bot.domain.problem import Refused
from bot.domain.site import Site
from bot.services.at_site import OVERRULED
from bot.serving import build_kept
from bot.settings import Settings, SettingsError
from bot.storage.database import connect
from bot.storage.fault import DatabaseError
from bot.storage.schema import is_current
from bot.wiring import build_bot

Finding = tuple[bool, str]


@click.command()
def doctor() -> None:
    """Say what is missing before the bot can serve.

    Looks at playbooks, tokens, Slack and the database, and says how to get what is missing. Exits 0 when the bot could
    serve, 1 when something is missing.

    \b
    Example:
      cuecard doctor
    """
    settings = Settings.from_env()
    well = True
    for look in (_playbooks, _tokens, _slack, _database):
        for good, sentence in look(settings):
            click.echo(f"{'ok  ' if good else 'MISS'}  {sentence}")
            well = well and good
    sys.exit(0 if well else 1)


def _playbooks(settings: Settings) -> Iterator[Finding]:
    try:
        bot = build_bot(settings)
    except Refused as refused:
        yield from ((False, str(problem)) for problem in refused.problems)
        return
    yield from ((False, f"left out: {problem}") for problem in bot.problems)
    yield True, f"{len(bot.shelf.cards)} playbooks in {settings.playbooks}"
    if sites := _stored_sites(settings):
        yield True, OVERRULED
        yield from map(_site, sites)
    else:
        yield _tried(lambda: refuse_fiction(bot.shelf.policy), f"numbers of {bot.shelf.policy.workplace}")


def _stored_sites(settings: Settings) -> list[Site]:
    try:
        return stored_sites(build_kept(settings))
    except DatabaseError:
        return []


def _site(site: Site) -> Finding:
    wrong = site.policy.missing() or site.policy.fictional_numbers()
    if not wrong:
        return True, f"numbers of {site.name}"
    why = "not set, so it shows safety cards alone" if site.policy.missing() else "made up: nobody answers 555 01xx"
    return False, f"{site.name}: {', '.join(wrong)} {why}; set your own on Cuecard's Home tab, Sites and switches."


def _tokens(settings: Settings) -> Iterator[Finding]:
    named = (
        (settings.bot_token, "xoxb-", "SLACK_BOT_TOKEN", "OAuth & Permissions → Install to Workspace"),
        (settings.signing_secret, "", "SLACK_SIGNING_SECRET", "Basic Information → App Credentials (not for --socket)"),
        (settings.app_token, "xapp-", "SLACK_APP_TOKEN", "Basic Information → App-Level Tokens (only for --socket)"),
    )
    for value, prefix, name, where in named:
        good = bool(value) and value.startswith(prefix)
        one_of_two = name != "SLACK_BOT_TOKEN" and (settings.signing_secret or settings.app_token)
        if good or not one_of_two:
            yield good, name if good else f"{name} is {'not set' if not value else 'not of its form'}: {where}"


def _slack(settings: Settings) -> Iterator[Finding]:
    if not settings.bot_token:
        return
    try:
        found = WebClient(settings.bot_token, base_url=settings.slack_api, timeout=5).auth_test()
        yield True, f"Slack knows the token: workspace {found['team']}"
    except SlackApiError as error:
        yield False, f"Slack refuses the token ({error.response['error']}); copy it again from OAuth & Permissions."
    except (SlackClientError, OSError):
        yield False, "Slack cannot be reached; check the network and any proxy."


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        ready = is_current(connect(settings.database_url))
        yield (
            ready,
            "database is ready" if ready else "The database has no tables yet, or old ones; run `cuecard migrate`.",
        )
    except DatabaseError as error:
        yield False, str(error)


def _tried(check: Callable[[], None], name: str) -> Finding:
    try:
        check()
    except SettingsError as error:
        return False, str(error)
    return True, name
