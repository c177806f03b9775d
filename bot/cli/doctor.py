"""`cuecard doctor`: what is missing before the bot can serve, and how to get it."""

import os
import sys
from collections.abc import Callable, Iterator

import click

from bot.cli.ready import look_at_slack, refuse_fiction, stored_sites
from bot.domain.problem import Refused
from bot.domain.site import Site
from bot.services.at_site import OVERRULED
from bot.serving import build_kept
from bot.settings import Settings, SettingsError
from bot.storage.database import connect
from bot.storage.fault import DatabaseError
from bot.storage.rights import missing_right
from bot.storage.schema import is_current
from bot.wiring import build_bot

Finding = tuple[bool, str]


@click.command()
def doctor() -> None:
    """Say what is missing before the bot can serve.

    Looks at playbooks, tokens, Slack, the clock, the duty channel, the database and the cache, and says how to get what
    is missing. Exits 0 when the bot could serve, 1 when something is missing.

    \b
    Example:
      cuecard doctor
    """
    settings = Settings.from_env()
    well = True
    for look in (_playbooks, _tokens, _slack, _database, _cache):
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
    if not settings.duty_channel:
        yield True, "CUECARD_DUTY_CHANNEL is not set: safety cards give the boss's number, and offer no call"
    if settings.bot_token:
        yield from ((found.well, found.sentence) for found in look_at_slack(settings, settings.duty_channel))
    if settings.duty_channel:
        yield True, "`cuecard serve` tells calls again by itself; `cuecard worker` need not run beside it"


def _cache(settings: Settings) -> Iterator[Finding]:
    there = next(folder for folder in (settings.cache, *settings.cache.parents) if folder.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        yield (
            False,
            f"{there} takes no files, so each start reads for a minute or two; set XDG_CACHE_HOME to one that does.",
        )
    elif any(settings.cache.glob("*.npz")):
        yield True, f"cache in {settings.cache}"
    else:
        yield True, f"The cache {settings.cache} is empty: the first start reads for a minute or two"


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        engine = connect(settings.database_url)
        if not is_current(engine):
            yield False, "The database has no tables yet, or old ones; run `cuecard migrate`."
        elif why := missing_right(engine):
            yield False, f"The database can be read and not written ({why}): give Cuecard's user the right to do so."
        else:
            yield True, "database is ready"
    except DatabaseError as error:
        yield False, str(error)


def _tried(check: Callable[[], None], name: str) -> Finding:
    try:
        check()
    except SettingsError as error:
        return False, str(error)
    return True, name
