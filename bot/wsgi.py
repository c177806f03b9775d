"""What the web server serves."""

from typing import TYPE_CHECKING

from bot.settings import Settings
from bot.wiring import build_bot, build_kept, build_slack, build_web, keep_fresh

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication


def build() -> "WSGIApplication":
    """Build the whole bot from the environment; Granian calls this once a process."""
    settings = Settings.from_env()
    bot = build_bot(settings).over(build_kept(settings))
    bot.warm()
    keep_fresh(bot.shelves, settings.playbooks)
    return build_web(build_slack(bot, settings), settings)
