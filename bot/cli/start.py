"""`make run`: the bot where Slack's tokens are set, else Cuecard in a browser."""

import os
import sys

from bot.cli import main


def start() -> None:
    """Run the command that fits the environment."""
    if os.environ.get("SLACK_BOT_TOKEN"):
        sys.argv = ["cuecard", "serve", *(["--socket"] if os.environ.get("SLACK_APP_TOKEN") else [])]
    else:
        sys.argv = ["cuecard", "playground"]
    main()


if __name__ == "__main__":
    start()
