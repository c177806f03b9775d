"""What a web process serves: a door that is open at once, and behind it the bot as soon as it is built."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

from bot import logs
from bot.cli.stop import end_with_parent
from bot.domain.problem import Refused
from bot.operating import Operating, said
from bot.progress import note
from bot.services.ports import NotKept
from bot.services.unlearnt import Unlearnt
from bot.serving import as_wsgi, build_door, build_kept, build_slack, build_starting, build_unlearnt
from bot.settings import Settings, SettingsError
from bot.slack.opening import Opening
from bot.slack.reception import Reception
from bot.storage.fault import DatabaseError
from bot.wiring import build_bot

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
        logs.begin(settings.log)
        operating = Operating(settings)
        unlearnt = build_unlearnt(settings)
        opening = Opening(as_wsgi(build_starting(unlearnt, settings, operating.figures)))
        reception = Reception(build_door(opening, settings, operating.pages, operating.figures.refused), opening)
    except (Refused, SettingsError) as error:
        log.critical("%s", error)
        sys.exit(1)
    given = (operating, unlearnt, opening, stood)
    building = threading.Thread(target=_open, args=given, name="build", daemon=True)
    building.start()
    if not beside:
        building.join()
    return reception


def _open(operating: Operating, unlearnt: Unlearnt, opening: Opening, stood: Callable[[str], object]) -> None:
    settings, served = operating.settings, ""
    try:
        kept = build_kept(settings)
        with suppress(NotKept):
            unlearnt.read(kept)
        bot = build_bot(settings, note).over(kept, real=True)
        bot.warm()
        opening.open(as_wsgi(build_slack(bot, settings, operating.over(bot, kept), operating.figures)))
        served = said(bot, settings)
    except (Refused, SettingsError, DatabaseError) as error:
        log.critical("%s", error)
    finally:
        if not served:
            os.kill(os.getpid(), signal.SIGTERM)
    if served:
        stood(served)
