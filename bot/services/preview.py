"""A card before it is saved: as staff would see it, with and without its details and under each switch it reads."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.answer import Card, Choice, Guidance, Reply, Titled
from bot.domain.playbook import Playbook
from bot.domain.policy import OPTIONAL_TEXTS, SWITCHES, Policy
from bot.rendering.card import CardTemplate, compile_card
from bot.services.ask import settle
from bot.services.check_words import EXAMPLES, TEXTS
from bot.services.shelf import Shelf
from bot.services.switch_words import where

WITH, WITHOUT, PLAIN = "With example details", "With nothing known", "As it stands"


@dataclass(frozen=True, slots=True)
class Shown:
    """One way in which a card can look, and when it does, in words."""

    label: str
    card: Card


@dataclass(frozen=True, slots=True)
class Tried:
    """What one situation finds now, and what it would find after a change; each in a sentence."""

    now: str
    after: str


def previews(playbook: Playbook, shelf: Shelf) -> tuple[Shown, ...]:
    """Every look of a card at a site, the usual one first; looks that are the same are told once.

    Each switch and each optional text that the wording reads is varied alone. Raises WordingError.
    """
    template = compile_card(playbook, shelf.frames)
    grows = shelf.titled(playbook.next) if playbook.next else None
    found: list[Shown] = []
    for place, policy in _sites(template, shelf.policy):
        cards = {label: template.card(details, policy, grows) for label, details in _known(template).items()}
        same = cards[WITH] == cards[WITHOUT]
        for label, card in cards.items():
            if all(one.card != card for one in found):
                found.append(Shown(_label("" if same else label, place), card))
    return tuple(found)


def try_it(text: str, now: Shelf, after: Shelf) -> Tried:
    """What a situation finds on each of two shelves. Keeps nothing of it."""
    return Tried(*(_told(settle(shelf, text, shelf.matcher.look(text))[0]) for shelf in (now, after)))


def _known(template: CardTemplate) -> Mapping[str, Mapping[str, str]]:
    read = {name: one for name, one in template.playbook.details.items() if name in template.details}
    told = {name: EXAMPLES[one.find] if one.find else f"‹{name.replace('_', ' ')}›" for name, one in read.items()}
    return {WITH: told, WITHOUT: {}}


def _label(details: str, place: str) -> str:
    if not place:
        return details or PLAIN
    return f"{details}, where {place}" if details else f"Where {place}"


def _sites(template: CardTemplate, policy: Policy) -> Iterator[tuple[str, Policy]]:
    """The site itself, then the same with one switch or text changed, in words."""
    yield "", policy
    read = frozenset().union(*(wording.switches for wording in template.wordings.values()))
    for name in sorted(read & {*SWITCHES, *OPTIONAL_TEXTS}):
        values: tuple[str | None, ...] = SWITCHES.get(name) or (None, TEXTS[name])
        for value in values:
            changed: dict[str, Any] = {name: value}
            yield where(name, value), dataclasses.replace(policy, **changed)


def _told(reply: Reply) -> str:
    content = reply.content
    if isinstance(content, Guidance):
        said = f"the card “{content.card.title}”"
    elif isinstance(content, Choice):
        said = f"a choice: {_listed(content.options)}"
    else:
        said = "nothing that fits"
    return f"first the safety card “{reply.danger.title}”, then {said}" if reply.danger else said


def _listed(options: tuple[Titled, ...]) -> str:
    return ", ".join(f"“{option.title}”" for option in options)
