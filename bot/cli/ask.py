"""`cuecard ask`: the card in a terminal, once or in a loop."""

import json
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markup import escape

from bot.cli.bot import open_bot
from bot.cli.show import show, show_card
from bot.domain.answer import Choice, Guidance, Listing, Menu, Reply
from bot.domain.asker import Asker
from bot.domain.problem import Refused
from bot.domain.situation import Situation
from bot.rendering.paper import printed
from bot.rendering.spoken import head, spoken
from bot.safety.card import UnknownNumbers, safety_line
from bot.safety.cards import CARDS
from bot.safety.danger import find_danger
from bot.services.ask import Wanted
from bot.services.booklet import booklet
from bot.services.check import check_words_of
from bot.slack.blocks import draw
from bot.wiring import Bot

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Asker()
KEYS = "f firmer · o something else · n none of these · m menu · a number to choose · q quit"


@click.command()
@click.argument("text", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print the answer and Slack's blocks as JSON.")
@click.option("--all", "whole", is_flag=True, help="Print every card as a booklet, in Markdown.")
@click.option("--html", is_flag=True, help="The booklet as a page that prints well.")
def ask(text: tuple[str, ...], *, as_json: bool, whole: bool, html: bool) -> None:
    """Show the card for TEXT, here in the terminal.

    Without TEXT, Cuecard asks again and again; q leaves. Put quotes around what holds an apostrophe.

    \b
    Examples:
      cuecard ask "client demands steve's cell, he's off today"
      cuecard ask
      cuecard ask --html > booklet.html                every card, to read and approve on paper
    """
    try:
        bot = open_bot()
    except Refused:
        _danger_alone(" ".join(text))
        raise
    if whole or html:
        _booklet(bot, html=html)
        return
    console = Console(highlight=False)
    if not text:
        _loop(bot, console)
        return
    reply, ranking = bot.ask.ask(Situation(" ".join(text)))
    if not as_json:
        show(console, reply, bot.shelf)
        return
    shelf = bot.shelf
    message = draw(reply, head(reply, shelf.frames, shelf.policy), spoken(reply, shelf.frames, shelf.policy))
    found = {
        "decision": ranking.decision,
        "safety": reply.danger.id if reply.danger else None,
        "candidates": [{"id": match.playbook, "p": match.probability} for match in ranking.matches],
        **message,
    }
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _danger_alone(text: str) -> None:
    """What still stands with every file broken or gone: the lexicon, the fixed cards, the safety line."""
    console, numbers = Console(highlight=False), UnknownNumbers()
    if danger := find_danger(text, {}):
        show_card(console, CARDS[danger].card(numbers))
    console.print(safety_line(numbers))


def _booklet(bot: Bot, *, html: bool) -> None:
    """Print the booklet, and say what is to be mended in the words that are approved with it."""
    shelf, markdown = bot.shelf, booklet(bot.shelf.at(HERE))
    for name in shelf.cards:
        for problem in check_words_of(bot.library, name, shelf.frames):
            click.echo(f"to mend: {problem}", err=True)
    title = f"The playbooks of {shelf.policy.workplace}"
    click.echo(printed(shelf.frames, title, markdown) if html else markdown, nl=False)


def _loop(bot: Bot, console: Console) -> None:
    console.print(f"[bold]Cuecard[/bold], at {escape(bot.shelf.policy.workplace)}. What is happening? ({KEYS})")
    reply: Reply | None = None
    while True:
        try:
            typed = console.input("[bold]/cue[/bold] ").strip()
        except (EOFError, KeyboardInterrupt):
            return
        except UnicodeDecodeError:
            console.print("That is not readable text; type it again.")
            continue
        if typed.lower() in ("q", "quit", "exit"):
            return
        reply = _next(bot, reply, typed)
        show(console, reply, bot.shelf)


def _next(bot: Bot, reply: Reply | None, typed: str) -> Reply:
    """A key acts on what is shown; anything else is a new situation."""
    content = reply.content if reply else None
    danger = reply.danger.id if reply and reply.danger else ""
    if typed == "f" and isinstance(content, Guidance) and content.rung:
        return bot.ask.card(HERE, Wanted(content.card.id, content.rung.next, content.known, content.others), danger)
    if typed == "o" and isinstance(content, Guidance | Choice):
        return bot.ask.others(HERE, content.known, content.others, danger)
    if typed.isascii() and typed.isdigit() and content and (chosen := _choose(bot, content, int(typed), danger)):
        return chosen
    keys: dict[str, Callable[[], Reply]] = {
        "n": lambda: bot.ask.none(HERE, danger),
        "m": lambda: bot.ask.menu(HERE, danger),
        "help": lambda: bot.ask.menu(HERE, manual=True),
    }
    return keys[typed]() if typed in keys else bot.ask.ask(Situation(typed))[0]


def _choose(bot: Bot, content: object, number: int, danger: str) -> Reply | None:
    if isinstance(content, Menu) and 0 < number <= len(content.sectors):
        return bot.ask.sector(HERE, content.sectors[number - 1], danger)
    if isinstance(content, Choice | Listing) and 0 < number <= len(content.options):
        known = content.known if isinstance(content, Choice) else {}
        return bot.ask.card(HERE, Wanted(content.options[number - 1].id, known=known), danger)
    return None
