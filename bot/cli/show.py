"""A Reply drawn in a terminal."""

from collections.abc import Iterable

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from bot.domain.answer import Card, Choice, Guidance, Listing, Menu, Reply
from bot.domain.playbook import Rung
from bot.rendering.spoken import TO, head
from bot.rendering.wording import unescape
from bot.services.shelf import Shelf


def show(console: Console, reply: Reply, shelf: Shelf) -> None:
    """Print a reply: danger in red, the answer below it, the safety line last."""
    if reply.danger:
        show_card(console, reply.danger)
    content = reply.content
    if isinstance(content, Guidance):
        console.print(_panel(content.card, content.rung, "green"))
    else:
        console.print(Text(unescape(head(reply, shelf.frames, shelf.policy))))
        for number, name in enumerate(_options(content), start=1):
            console.print(Text(f"  {number}  {name}", style="bold"))
    console.print(Text(reply.safety_line, style="dim"))


def show_card(console: Console, danger: Card) -> None:
    """Print a safety card."""
    console.print(_panel(danger, Rung.FIRST, "red"))


def _options(content: object) -> Iterable[str]:
    if isinstance(content, Choice | Listing):
        return [option.title for option in content.options]
    return [sector.label for sector in content.sectors] if isinstance(content, Menu) else []


def _panel(card: Card, rung: Rung | None, colour: str) -> Panel:
    parts: list[RenderableType] = []
    if rung is None:
        parts.append(Text("You have said it all.", style="bold"))
    else:
        parts += [Text(TO[card.to], style="dim"), Text(f"“{unescape(card.lines[rung])}”", style="bold")]
    parts.append(Text(unescape(card.posture), style="italic"))
    parts += [Text(f"{number}. {unescape(step)}") for number, step in enumerate(card.steps, start=1)]
    parts += [Text(f"✗ {unescape(do)}: {unescape(because)}") for do, because in card.never]
    parts.append(Text(unescape(card.boss), style="yellow"))
    if card.note:
        parts.append(Text(card.note, style="dim"))
    return Panel(Group(*parts), title=Text(card.title), title_align="left", border_style=colour, width=88)
