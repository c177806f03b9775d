"""`cuecard explain`: why a situation is answered as it is."""

import click
from rich.console import Console
from rich.text import Text

from bot.cli.bot import open_bot
from bot.domain.situation import Situation
from bot.services.explain import explain as explain_situation


@click.command()
@click.argument("text", nargs=-1, required=True)
def explain(text: tuple[str, ...]) -> None:
    """Say why TEXT gets its card: which phrases and words decided.

    \b
    Example:
      cuecard explain custmer wants daves cel
    """
    bot = open_bot()
    entries = (*bot.library.playbooks.values(), *bot.library.phrases.values())
    phrases = {entry.id: entry.phrases for entry in entries}
    found = explain_situation(bot.shelf, bot.compiler, Situation(" ".join(text)), phrases)
    console = Console(highlight=False, soft_wrap=True)
    console.print(Text(f"Read as: {found.read}"))
    for typed, mended in found.mended:
        console.print(Text(f"  mended: {typed} → {mended}", style="dim"))
    for candidate in found.candidates:
        console.print(Text(f"{candidate.match.probability:6.3f}  {candidate.match.playbook}", style="bold"))
        if candidate.phrase:
            console.print(Text(f"        nearest phrase ({candidate.cosine:.2f}): {candidate.phrase}", style="dim"))
    if found.words:
        carried = ", ".join(f"{word} {weight:+.2f}" for word, weight in found.words)
        console.print(Text(f"Words that carried it: {carried}"))
    console.print(Text(found.why))
    console.print(Text(found.danger))
