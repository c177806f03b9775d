"""What the web server serves."""

import logging
import signal
import sys
from typing import TYPE_CHECKING

from bot import logs
from bot.domain.problem import Refused
from bot.operating import Operating
from bot.progress import note
from bot.serving import build_kept, build_slack, build_web
from bot.settings import Settings, SettingsError
from bot.storage.fault import DatabaseError
from bot.wiring import build_bot

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

log = logging.getLogger(__name__)
TURN = 0.0005
"""Seconds after which a thread lets another go on: a question must not wait for an edit that is being compiled."""


def build() -> "WSGIApplication":
    """Build the whole bot from the environment; Granian calls this once a process.

    What cannot be used ends the process with a sentence.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        # Granian's workers take their parent's ear for these along, and would not stop before they serve.
        signal.signal(number, signal.SIG_DFL)
    sys.setswitchinterval(TURN)
    try:
        settings = Settings.from_env()
        logs.begin(settings.log)
        bot = build_bot(settings, note).over(build_kept(settings), real=True)
        bot.warm()
        operating = Operating(settings)
        app = build_slack(bot, settings, operating.over(bot), operating.figures)
        return build_web(app, settings, operating.pages, operating.figures)
    except (Refused, SettingsError, DatabaseError) as error:
        log.critical(str(error))
        sys.exit(1)
