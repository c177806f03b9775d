"""What a web process serves: a door that is open at once, and behind it the bot as soon as it is built."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import version

from bot.cli.stop import end_with_parent
from bot.domain.problem import Refused
from bot.services.ports import Kept, NotKept
from bot.services.unlearnt import Unlearnt
from bot.serving import as_wsgi, build_door, build_kept, build_slack, build_starting, build_unlearnt
from bot.settings import Settings, SettingsError
from bot.slack.opening import Opening
from bot.slack.reception import Reception
from bot.storage.database import shown
from bot.storage.fault import DatabaseError
from bot.wiring import Bot, build_bot, keep_fresh, keep_tidy

log = logging.getLogger(__name__)
TURN = 0.0005
"""Seconds after which a thread lets another go on: a question must not wait for an edit that is being compiled."""


def build(stood: Callable[[str], object] = log.info, *, beside: bool = True) -> Reception:
    """Build the whole bot from the environment; `stood` then hears in a line what is served.

    `beside`, the door is open meanwhile; it is not where another Cuecard still serves on the same socket. What cannot
    be used ends the process with a sentence.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        # Granian's workers take their parent's ear for these along, and would not stop before they serve.
        signal.signal(number, signal.SIG_DFL)
    end_with_parent()
    sys.setswitchinterval(TURN)
    try:
        settings = Settings.from_env()
        unlearnt = build_unlearnt(settings)
        opening = Opening(as_wsgi(build_starting(unlearnt, settings)))
        reception = Reception(build_door(opening, settings), opening)
    except (Refused, SettingsError) as error:
        log.critical("%s", error)
        sys.exit(1)
    building = threading.Thread(target=_open, args=(settings, unlearnt, opening, stood), name="build", daemon=True)
    building.start()
    if not beside:
        building.join()
    return reception


def _open(settings: Settings, unlearnt: Unlearnt, opening: Opening, stood: Callable[[str], object]) -> None:
    stands = False
    try:
        kept = build_kept(settings)
        with suppress(NotKept):
            unlearnt.read(kept)
        bot = build_bot(settings).over(kept, real=True)
        for problem in bot.problems:
            log.warning("left out: %s", problem)
        bot.warm()
        keep_fresh(bot.shelves, settings.playbooks)
        keep_tidy(kept, settings.keep_days)
        opening.open(as_wsgi(build_slack(bot, settings)))
        stands = True
    except (Refused, SettingsError, DatabaseError) as error:
        log.critical("%s", error)
    finally:
        if not stands:
            os.kill(os.getpid(), signal.SIGTERM)
    if stands:
        stood(_served(bot, kept, settings))


def _served(bot: Bot, kept: Kept, settings: Settings) -> str:
    """One line on what is served: the version, the playbooks, the database and the workspaces known to it."""
    known: list[str] = []
    with suppress(NotKept):
        known = sorted(kept.changes.workspaces())
    workspaces = f"workspace {', '.join(known)}" if known else "no workspace has changed anything yet"
    return (
        f"Cuecard {version('cuecard')} serves {len(bot.library.playbooks)} playbooks from {settings.playbooks}, "
        f"database {shown(settings.database_url)}, {workspaces}."
    )
