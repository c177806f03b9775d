"""What must be there before the bot can serve; each thing that is not is said in a sentence."""

import logging
import time
from collections.abc import Iterator

from bot.domain.policy import Policy
from bot.domain.site import Site
from bot.library.last_good import LastGood
from bot.library.load import load_policy
from bot.services.at_site import OVERRULED
from bot.services.ports import Kept, NotKept
from bot.serving import build_kept
from bot.settings import Settings, SettingsError
from bot.slack.at_start import Finding, look
from bot.slack.client import Line
from bot.storage.database import connect
from bot.storage.fault import DatabaseError, SchemaError
from bot.storage.schema import is_current

log = logging.getLogger(__name__)


def require_ready(settings: Settings, *, over_socket: bool) -> None:
    """Raise SettingsError, DatabaseError or Refused with what is missing before the bot can serve."""
    _require_tokens(settings, over_socket=over_socket)
    if stored_sites(build_kept(settings)):
        log.warning(OVERRULED)
    else:
        refuse_fiction(load_policy(settings.playbooks, LastGood(settings.cache, settings.playbooks).read()))
    require_tables(settings)


def require_bot_token(settings: Settings) -> None:
    """Raise SettingsError without a bot token."""
    if not settings.bot_token.startswith("xoxb-"):
        raise SettingsError("Set SLACK_BOT_TOKEN to the token that starts with xoxb- (OAuth & Permissions).")


def _require_tokens(settings: Settings, *, over_socket: bool) -> None:
    require_bot_token(settings)
    if over_socket and not settings.app_token.startswith("xapp-"):
        raise SettingsError("Set SLACK_APP_TOKEN to the token that starts with xapp- (Basic Information).")
    if not over_socket and not settings.signing_secret:
        raise SettingsError("Set SLACK_SIGNING_SECRET (Basic Information → App Credentials), or use --socket.")


def require_slack(settings: Settings) -> None:
    """Raise SettingsError where Slack will not take the token; what else is wrong goes into the log."""
    for found in look_at_slack(settings, channel=""):
        if found.stops:
            raise SettingsError(found.sentence)
        log.log(logging.INFO if found.well else logging.WARNING, "%s", found.sentence)


def look_at_slack(settings: Settings, channel: str) -> Iterator[Finding]:
    """What Slack says of the token, the clock and a duty channel."""
    return look(Line(settings.slack_api, settings.bot_token).client(), channel, time.time)


def require_tables(settings: Settings) -> None:
    """Raise SettingsError where the tables are not there, and SchemaError; a database that is away may come back."""
    engine = connect(settings.database_url)
    try:
        ready = is_current(engine)
    except SchemaError:
        raise
    except DatabaseError as error:
        log.warning(
            "%s Until it answers, only safety cards are shown, without numbers, and nothing can be changed.", error
        )
        return
    if not ready:
        raise SettingsError("The database is not ready; run `cuecard migrate` first.")


def stored_sites(kept: Kept) -> list[Site]:
    """Every site that is stored, none while the database does not answer; made-up numbers of theirs are not shown."""
    try:
        return [site for workspace in kept.changes.workspaces() for site in kept.sites.all(workspace)]
    except NotKept:
        return []


def refuse_fiction(policy: Policy) -> None:
    """Raise SettingsError while the policy holds the demo's made-up numbers."""
    if made_up := policy.fictional_numbers():
        raise SettingsError(
            f"Put your own {', '.join(made_up)} into policy.yaml first: nobody answers the demo's 555 01xx numbers. "
            "Copy the folder playbooks/, edit policy.yaml in it, and point CUECARD_PLAYBOOKS at it."
        )
