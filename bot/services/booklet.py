"""The whole library on paper, for a manager to read and approve."""

from dataclasses import dataclass

from bot.domain.answer import Card, Titled
from bot.domain.playbook import Review
from bot.domain.sector import Sector
from bot.rendering.spoken import TO
from bot.safety.cards import CARDS
from bot.services.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Entry:
    """One card of the booklet; `review` None where the words are fixed."""

    card: Card
    review: Review | None


def booklet(shelf: Shelf) -> str:
    """Every card in force as Markdown, sector by sector, each once under its home."""
    sectors = [(sector, [_entry(shelf, titled) for titled in _at_home(shelf, sector)]) for sector in shelf.sectors]
    count = sum(len(entries) for _, entries in sectors)
    return shelf.frames.render("booklet", policy=shelf.policy, count=count, sectors=sectors, to=TO) + "\n"


def _at_home(shelf: Shelf, sector: Sector) -> list[Titled]:
    listed = shelf.sectors[sector]
    return [one for one in listed if one.id in CARDS or shelf.cards[one.id].playbook.sectors[0] is sector]


def _entry(shelf: Shelf, titled: Titled) -> Entry:
    if titled.id in CARDS:
        return Entry(CARDS[titled.id].card(shelf.policy), None)
    template = shelf.cards[titled.id]
    playbook = template.playbook
    blanks = {name: f"‹{name.replace('_', ' ')}›" for name in playbook.details}
    grows = shelf.titled(playbook.next) if playbook.next else None
    return Entry(template.card(blanks, shelf.policy, grows), playbook.review)
