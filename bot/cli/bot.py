"""The bot that a command of the terminal works with."""

import dataclasses
from pathlib import Path

import click

from bot.settings import Settings
from bot.wiring import Bot, build_bot

playbooks_option = click.option(
    "--playbooks",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Your folder of playbooks; unless given, CUECARD_PLAYBOOKS, else the shipped ones.",
)


def settings_for(playbooks: Path | None) -> Settings:
    """The environment's settings, with another folder of playbooks where one is given. Raises SettingsError."""
    settings = Settings.from_env()
    return dataclasses.replace(settings, playbooks=playbooks or settings.playbooks)


def open_bot(playbooks: Path | None = None) -> Bot:
    """Build the bot and tell of playbooks that had to stay out. Raises Refused and SettingsError."""
    bot = build_bot(settings_for(playbooks))
    for problem in bot.problems:
        click.echo(f"left out: {problem}", err=True)
    return bot
