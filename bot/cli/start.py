"""`make run`: the bot where Slack's tokens are set, else Cuecard in a browser."""

import os
import sys

from bot.cli import main, told
from bot.settings import Settings
from bot.storage.database import connect
from bot.storage.schema import migrate


def start() -> None:
    """Run the command that fits the environment."""
    if os.environ.get("SLACK_BOT_TOKEN"):
        told(lambda: migrate(connect(Settings.from_env().database_url)))
        sys.argv = ["cuecard", "serve", *(["--socket"] if os.environ.get("SLACK_APP_TOKEN") else [])]
    else:
        sys.argv = ["cuecard", "playground"]
    main()


if __name__ == "__main__":
    start()
