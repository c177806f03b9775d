"""Somebody asks, taps for a firmer line, or looks for another card; each answer is a Reply."""

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from bot.domain.answer import Answer, Card, Choice, Guidance, Listing, Menu, Reply, Titled, Unknown, Unlearnt, Unset
from bot.domain.asker import Asker
from bot.domain.match import Decision, Ranking, Seen
from bot.domain.playbook import Rung
from bot.domain.reserved import PHRASES_ONLY, SAFETY_CARDS
from bot.domain.sector import Sector
from bot.domain.situation import Situation
from bot.matching.details import find_facts
from bot.safety.card import safety_line
from bot.safety.cards import CARDS
from bot.safety.danger import find_danger
from bot.services.shelf import Shelf, ShelfAt

OFFERED = 3
NUMBERS_MISSING = "Some of your site's own numbers are not known here."
LIKELY = 0.15
"""The probability that the best ordinary card must have, so that the three offered do not look drawn by lot."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A card that somebody taps for: its id, the rung (None: past the last), the facts known, and what comes next."""

    playbook: str
    rung: Rung | None = Rung.FIRST
    known: Mapping[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()


class Ask:
    """Every question of an employee, answered as their site does. Keeps nothing of any question."""

    def __init__(self, at: ShelfAt) -> None:
        self._at = at

    def ask(self, situation: Situation) -> tuple[Reply, Ranking]:
        """The reply to a situation, and the ranking behind it; the menu when nothing was typed."""
        shelf = self._at(situation.asker)
        text = situation.text
        if not text.strip():
            return self.menu(situation.asker), Ranking(Decision.UNKNOWN)
        return settle(shelf, text, shelf.matcher.look(text))

    def unlearnt(self, situation: Situation) -> Reply:
        """The reply before anything is learnt: danger by the words of the lexicon alone."""
        return _reply(self._at(situation.asker), Unlearnt(), find_danger(situation.text, {}))

    def card(self, asker: Asker, card: Wanted, danger: str = "") -> Reply:
        """One card on one rung, for facts known so far; `danger` names the safety card that stands above."""
        shelf = self._at(asker)
        if card.playbook not in CARDS:
            return _reply(shelf, _guidance(shelf, card), danger)
        above, *below = urgent({danger, card.playbook})
        if below:
            return _reply(shelf, Guidance(_safety(shelf, below[0]), Rung.FIRST, card.known, {}, card.others), above)
        return _reply(shelf, _choice(shelf, card.others, card.known), above)

    def fill(self, asker: Asker, card: Wanted, told: Collection[str], danger: str = "") -> Reply:
        """A card with facts that somebody has just typed; a danger among these stands above, if it is more urgent."""
        shelf = self._at(asker)
        texts = dict.fromkeys((*told, " ".join(told)))
        found = {find_danger(text, shelf.matcher.chances(text)) or "" for text in texts if text.strip()}
        return self.card(asker, card, next(iter(urgent({danger, *found})), ""))

    def others(self, asker: Asker, known: Mapping[str, str], others: tuple[str, ...], danger: str = "") -> Reply:
        """The next three cards to choose from; Unknown when there are none."""
        shelf = self._at(asker)
        return _reply(shelf, _choice(shelf, others, known), danger)

    def again(self, asker: Asker, wanted: Wanted, danger: str = "") -> Reply:
        """An answer brought back: its card, else its choice, else that none fits."""
        if wanted.playbook:
            return self.card(asker, wanted, danger)
        return self.others(asker, wanted.known, wanted.others, danger)

    def none(self, asker: Asker, danger: str = "") -> Reply:
        """What to do when none of the offered cards fits."""
        return _reply(self._at(asker), Unknown(), danger)

    def menu(self, asker: Asker, danger: str = "", *, manual: bool = False) -> Reply:
        """The sectors to tap; with `manual`, how to ask."""
        shelf = self._at(asker)
        return _reply(shelf, Menu(tuple(shelf.sectors), manual), danger)

    def sector(self, asker: Asker, sector: Sector, danger: str = "") -> Reply:
        """What stands under one sector."""
        shelf = self._at(asker)
        return _reply(shelf, Listing(sector, shelf.sectors.get(sector, ())), danger)


def urgent(names: Iterable[str]) -> list[str]:
    """The safety cards among these ids, the most urgent first."""
    return sorted(set(names) & set(SAFETY_CARDS), key=SAFETY_CARDS.index)


def settle(shelf: Shelf, text: str, seen: Seen) -> tuple[Reply, Ranking]:
    """What a situation is answered, given what its matcher saw in it: danger first, then what fits.

    A playbook that this site does not show is passed over, and its probability counts as that of no card.
    """
    ranking, danger = _ranked(shelf, text, seen)
    answer = _answer(shelf, ranking, find_facts(text))
    return _reply(shelf, answer, danger), ranking


def cards_for(shelf: Shelf, text: str, seen: Seen) -> frozenset[str]:
    """The ids of the cards that such a reply shows or offers, without drawing them."""
    ranking, danger = _ranked(shelf, text, seen)
    decision, ids = _settled(ranking)
    offered = ids[:1] if decision is Decision.GUIDANCE else tuple(filter(shelf.titled, ids))[:OFFERED]
    return frozenset((*(offered if shelf.ready else ()), *((danger,) if danger else ())))


def _ranked(shelf: Shelf, text: str, seen: Seen) -> tuple[Ranking, str | None]:
    """What fits, and the safety card that comes first.

    That the very words are another card's phrase does not make them harmless.
    """
    danger = find_danger(text, {card: max(found.get(card, 0.0) for found in seen) for card in SAFETY_CARDS})
    return shelf.matcher.rank({name: chance for name, chance in seen.told.items() if _shown(shelf, name)}), danger


def _shown(shelf: Shelf, name: str) -> bool:
    return name in shelf.cards or name in PHRASES_ONLY


def _answer(shelf: Shelf, ranking: Ranking, known: Mapping[str, str]) -> Answer:
    decision, ids = _settled(ranking)
    if decision is Decision.GUIDANCE:
        return _guidance(shelf, Wanted(ids[0], Rung.FIRST, known, ids[1:]))
    return _choice(shelf, ids, known)


def _settled(ranking: Ranking) -> tuple[Decision, tuple[str, ...]]:
    """One ordinary card with those after it, or those to choose from."""
    ordinary = tuple(match.playbook for match in ranking.matches if match.playbook not in SAFETY_CARDS)
    first = ranking.matches[0].playbook if ranking.matches else ""
    if ranking.decision is Decision.GUIDANCE and ordinary and first == ordinary[0]:
        return Decision.GUIDANCE, ordinary
    likely = [match.playbook for match in ranking.matches if match.probability >= LIKELY]
    if ranking.decision is Decision.UNKNOWN or not set(likely) & set(ordinary):
        return Decision.UNKNOWN, ()
    return Decision.CHOICE, ordinary


def _guidance(shelf: Shelf, wanted: Wanted) -> Answer:
    template = shelf.cards.get(wanted.playbook)
    if template is None:
        return Unknown(withdrawn=True)
    asked = template.playbook
    told = asked.told(wanted.known)
    grows = shelf.titled(asked.next) if asked.next else None
    card = template.card(told, shelf.policy, grows)
    # A question whose answer would change nothing here is not worth a customer's time.
    telling = {
        name: detail.ask
        for name, detail in asked.details.items()
        if name not in told and template.heeds(name, told, shelf.policy)
    }
    return Guidance(card, wanted.rung, wanted.known, telling, wanted.others)


def _choice(shelf: Shelf, ids: tuple[str, ...], known: Mapping[str, str]) -> Answer:
    titled = [found for found in map(shelf.titled, ids) if isinstance(found, Titled)]
    if not titled:
        return Unknown()
    later = tuple(found.id for found in titled[OFFERED:])
    return Choice(tuple(titled[:OFFERED]), known, later)


def _reply(shelf: Shelf, content: Answer | Listing | Menu, danger: str | None) -> Reply:
    card = _safety(shelf, danger) if danger in CARDS else None
    below = isinstance(content, Guidance) and content.card.id in CARDS
    if not shelf.ready and not below and not isinstance(content, Listing | Unlearnt):
        content = Unset()
    return Reply(content, safety_line(shelf.policy), card, shelf.asks)


def _safety(shelf: Shelf, name: str) -> Card:
    card = CARDS[name].card(shelf.policy)
    missing = shelf.asks or not shelf.ready
    return dataclasses.replace(card, note=f"{card.note} {NUMBERS_MISSING}") if missing else card
