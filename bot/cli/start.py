"""`make run`: the bot where Slack's tokens are set, else Cuecard in a browser."""

import click

from bot.cli import told
from bot.cli.playground import playground
from bot.cli.serve import serve
from bot.settings import Settings
from bot.storage.database import connect
from bot.storage.schema import migrate


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def start(context: click.Context) -> None:
    """Start what the environment is ready for; `make run` calls this.

    \b
    With SLACK_BOT_TOKEN set:       cuecard migrate, then cuecard serve
    With SLACK_APP_TOKEN as well:   cuecard migrate, then cuecard serve --socket
    Without:                        cuecard playground
    For anything else, such as another port, call these commands yourself.
    """
    settings = Settings.from_env()
    if not settings.bot_token:
        context.invoke(playground)
        return
    migrate(connect(settings.database_url))
    context.invoke(serve, over_socket=bool(settings.app_token), workers=1, replace=False)


if __name__ == "__main__":
    told(start)
