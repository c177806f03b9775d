"""`make run`: the bot where Slack's tokens are set, else the loop in the terminal."""

import os
import sys

from bot.cli import main


def start() -> None:
    """Run the command that fits the environment."""
    if os.environ.get("SLACK_BOT_TOKEN"):
        sys.argv = ["cuecard", "serve", *(["--socket"] if os.environ.get("SLACK_APP_TOKEN") else [])]
    else:
        sys.argv = ["cuecard", "ask"]
    main()


if __name__ == "__main__":
    start()
