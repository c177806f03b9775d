"""The playbooks in force, compiled once to answer many questions, and as each site sees them."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.answer import Titled
from bot.domain.asker import Asker
from bot.domain.library import Library, Told
from bot.domain.policy import Policy
from bot.domain.problem import Problem
from bot.domain.reserved import ALARMING_BUT_HARMLESS, NOTHING_FITS, SAFETY_CARDS
from bot.domain.sector import Sector
from bot.matching.compiler import Compiler
from bot.matching.example import Example
from bot.matching.matcher import Matcher
from bot.rendering.card import CardTemplate, compile_card
from bot.rendering.frames import Frames
from bot.rendering.wording import WordingError
from bot.safety.cards import CARDS


@dataclass(frozen=True, slots=True)
class Shelf:
    """What one workspace answers with: cards by id, the matcher over all phrases, the policy of policy.yaml.

    Questions are answered from the view that `at` gives, a Shelf as one site sees it: its own policy, and the cards
    that it shows. `examples` are what the matcher was learnt over. `ready` is False where the site's own
    numbers are missing; `asks` are the sites to choose from, where several have the question and none was chosen.
    """

    cards: Mapping[str, CardTemplate]
    policy: Policy
    frames: Frames
    matcher: Matcher
    sectors: Mapping[Sector, tuple[Titled, ...]]
    examples: Sequence[Example] = ()
    site: str = ""
    ready: bool = True
    asks: tuple[Titled, ...] = ()
    places: "Places | None" = None

    def at(self, asker: Asker) -> "Shelf":
        """The view of the asker's site: a few look-ups, nothing is built."""
        return self.places.view(asker) if self.places else self

    def titled(self, playbook: str) -> Titled | None:
        """The title behind an id; None when nothing of that id is in force."""
        if playbook in CARDS:
            return Titled(playbook, CARDS[playbook].title)
        card = self.cards.get(playbook)
        return Titled(playbook, card.playbook.title) if card else None


@dataclass(frozen=True, slots=True)
class Places:
    """Which view an asker gets: by the channel, else by the site they chose, else the one for anywhere."""

    views: Mapping[str, Shelf]
    channels: Mapping[str, str]
    choices: Mapping[str, str]
    anywhere: Shelf

    def view(self, asker: Asker) -> Shelf:
        """The view of the asker's site."""
        site = self.channels.get(asker.channel) or self.choices.get(asker.person, "")
        return self.views.get(site, self.anywhere)


ShelfAt = Callable[[Asker], Shelf]
"""Gives the view that an asker is answered from."""


def build_shelf(
    library: Library, frames: Frames, compiler: Compiler, like: Shelf | None = None
) -> tuple[Shelf, tuple[Problem, ...]]:
    """Compile a library, not yet placed at any site. Wording that cannot be compiled stays out, with a Problem.

    `like` is a shelf that differs little, so that only the difference need be learnt and compiled.
    """
    cards: dict[str, CardTemplate] = {}
    problems: list[Problem] = []
    there = like.cards if like else {}
    for playbook in library.playbooks.values():
        same = there.get(playbook.id)
        try:
            cards[playbook.id] = same if same and same.playbook is playbook else compile_card(playbook, frames)
        except WordingError as error:
            problems.append(library.problem(playbook.id, error.field, str(error)))
    learnt = examples(library, cards)
    base = like.examples if like else compiler.base(learnt)
    shelf = Shelf(
        cards=cards,
        policy=library.policy,
        frames=frames,
        matcher=compiler.compile(learnt, base),
        examples=base,
        sectors=sectors_of(cards),
    )
    return shelf, tuple(problems)


def examples(library: Library, cards: Container[str]) -> list[Example]:
    """Everything the matcher learns from: phrases and situations of the cards in force and of the fixed lists.

    Nothing at all where only safety cards are left: with nothing harmless to compare, all would look like danger.
    """
    found = [
        Example(phrase, playbook.id)
        for playbook in library.playbooks.values()
        for phrase in playbook.phrases
        if playbook.id in cards
    ]
    found += [Example(phrase, card) for card in SAFETY_CARDS for phrase in safety_phrases(library, card)]
    lists = (NOTHING_FITS, ALARMING_BUT_HARMLESS)
    found += [Example(phrase, name) for name in lists for phrase in _listed(library, name)]
    if not {example.playbook for example in found} - {*SAFETY_CARDS}:
        return []
    fixed = {*SAFETY_CARDS, *(name for name in lists if name in library.phrases)}
    found += [Example(*told) for told in map(_told, library.situations) if told[1] in cards or told[1] in fixed]
    return found


def _told(situation: Told) -> tuple[str, str, str]:
    return situation.text, situation.playbook, situation.voice


def safety_phrases(library: Library, card: str) -> tuple[str, ...]:
    """The card's own fixed phrases with those of the library; the fixed ones alone when its file is gone."""
    return tuple(dict.fromkeys((*CARDS[card].phrases, *_listed(library, card))))


def _listed(library: Library, name: str) -> tuple[str, ...]:
    listed = library.phrases.get(name)
    return listed.phrases if listed else ()


def sectors_of(cards: Mapping[str, CardTemplate]) -> Mapping[Sector, tuple[Titled, ...]]:
    """The menu over some cards, the safety cards first, each sector by title."""
    found: dict[Sector, list[Titled]] = {Sector.SAFETY: [Titled(card.id, card.title) for card in CARDS.values()]}
    for template in sorted(cards.values(), key=lambda card: card.playbook.title):
        playbook = template.playbook
        for sector in playbook.sectors:
            found.setdefault(sector, []).append(Titled(playbook.id, playbook.title))
    return {sector: tuple(found[sector]) for sector in Sector if sector in found}
