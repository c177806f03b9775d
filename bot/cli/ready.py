"""What must be there before the bot can serve; each thing that is not is said in a sentence."""

import logging
import socket
import time
from collections.abc import Iterator

from slack_sdk import WebClient

from bot.domain.policy import Policy
from bot.domain.problem import Refused
from bot.domain.site import Site
from bot.library.load import load_library
from bot.services.at_site import OVERRULED
from bot.services.ports import Kept, NotKept
from bot.serving import build_kept
from bot.settings import Settings, SettingsError
from bot.slack.at_start import Finding, look
from bot.storage.database import connect
from bot.storage.fault import DatabaseError
from bot.storage.schema import is_current

log = logging.getLogger(__name__)
PATIENCE = 5
"""Seconds that a look at Slack may take."""
EVERYWHERE = "0.0.0.0"  # noqa: S104 - hosts route to it


def require_ready(settings: Settings, *, over_socket: bool) -> None:
    """Raise SettingsError, DatabaseError or Refused with what is missing before the bot can serve."""
    _require_tokens(settings, over_socket=over_socket)
    if stored_sites(build_kept(settings)):
        log.warning(OVERRULED)
    else:
        refuse_fiction(_read_policy(settings))
    require_tables(settings)
    if not over_socket:
        _require_port(settings.port)


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
    client = WebClient(settings.bot_token, base_url=settings.slack_api, timeout=PATIENCE)
    return look(client, channel, time.time)


def require_tables(settings: Settings) -> None:
    """Raise SettingsError where the tables are not there; a database that is away may come back."""
    engine = connect(settings.database_url)
    try:
        ready = is_current(engine)
    except DatabaseError as error:
        log.warning(
            "%s Until it answers, only safety cards are shown, without numbers, and nothing can be changed.", error
        )
        return
    if not ready:
        raise SettingsError("The database is not ready; run `cuecard migrate` first.")


def _read_policy(settings: Settings) -> Policy:
    library, problems = load_library(settings.playbooks)
    if library is None:
        raise Refused(problems)
    return library.policy


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


def _require_port(port: int) -> None:
    # Granian shares a port with whoever shares it, such as a Cuecard that was left running.
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((EVERYWHERE, port))
        except OSError as error:
            raise SettingsError(
                f"Cuecard cannot listen on port {port} ({error.strerror}); stop what does, or set PORT to another."
            ) from None
