"""What the web server serves."""

import sys
from typing import TYPE_CHECKING

from bot.settings import Settings
from bot.wiring import build_bot, build_kept, build_slack, build_web, keep_fresh

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication


TURN = 0.0005
"""Seconds after which a thread lets another go on: a question must not wait for an edit that is being compiled."""


def build() -> "WSGIApplication":
    """Build the whole bot from the environment; Granian calls this once a process."""
    sys.setswitchinterval(TURN)
    settings = Settings.from_env()
    bot = build_bot(settings).over(build_kept(settings), real=True)
    bot.warm()
    keep_fresh(bot.shelves, settings.playbooks)
    return build_web(build_slack(bot, settings), settings)
