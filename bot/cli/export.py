"""`cuecard export`: a workspace's playbooks as a folder of files, as for git or another workspace."""

import shutil
from pathlib import Path

import click

from bot.cli.bot import open_bot
from bot.cli.workspace import the_workspace, workspace_option
from bot.services.exchange import export as texts_of
from bot.serving import build_kept
from bot.settings import Settings


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@workspace_option
def export(folder: Path, workspace: str) -> None:
    """Write the playbooks in force to FOLDER.

    They are written as Slack's managers have changed them, over what stands there under the same names. FOLDER works
    as CUECARD_PLAYBOOKS, and with `cuecard import`.

    \b
    Example:
      cuecard export ~/our-playbooks
    """
    settings = Settings.from_env()
    kept = build_kept(settings)
    name = the_workspace(kept, workspace)
    bot = open_bot().over(kept)
    if folder.resolve() != settings.playbooks.resolve():
        shutil.copytree(settings.playbooks, folder, dirs_exist_ok=True)
    found = texts_of(bot.shelves.library(name), bot.library)
    for path in folder.glob("*.yaml"):
        if path.stem in bot.library.playbooks and path.name not in found:
            path.unlink()
    for file, text in found.items():
        (folder / file).write_text(text, encoding="utf-8")
    click.echo(f"{len(found) - 1} files of workspace {name} are in {folder}.")
