"""Why a situation was answered as it was, for whoever keeps the playbooks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.match import Match, Ranking
from bot.domain.situation import Situation
from bot.matching.compiler import Compiler
from bot.matching.evidence import carrying_words, nearest_phrase
from bot.matching.matcher import SURELY_NONE
from bot.safety.danger import BAR
from bot.safety.lexicon import find_words
from bot.services.ask import settle
from bot.services.shelf import Shelf

CARRIED = 5
COMPARED = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A playbook, its probability, and the phrase of it that comes nearest."""

    match: Match
    phrase: str
    cosine: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was read and mended, what it came near to, which words carried it, and why it was answered so."""

    read: str
    mended: tuple[tuple[str, str], ...]
    candidates: tuple[Candidate, ...]
    words: tuple[tuple[str, float], ...]
    why: str
    danger: str


def explain(
    shelf: Shelf, compiler: Compiler, situation: Situation, phrases: Mapping[str, Sequence[str]]
) -> Explanation:
    """Explain one situation; `phrases` are those of every playbook, by id."""
    matcher, text = shelf.matcher, situation.text
    seen = matcher.look(text)
    reply, ranking = settle(shelf, text, seen)
    candidates = tuple(
        Candidate(match, *nearest_phrase(compiler, matcher, text, phrases.get(match.playbook, ())))
        for match in ranking.matches[:COMPARED]
    )
    words = carrying_words(matcher, text, ranking.matches[0].playbook) if ranking.matches else []
    return Explanation(
        read=" ".join(matcher.reader.read(text)),
        mended=tuple(matcher.reader.changed(text)),
        candidates=candidates,
        words=tuple(words[:CARRIED]),
        why=_why(ranking, matcher.head.bar if matcher.head else 1.0),
        danger=_danger(text, reply.danger.id if reply.danger else "", seen.learnt),
    )


def _why(ranking: Ranking, bar: float) -> str:
    if not ranking.matches:
        return "Unknown: there is nothing in it to compare."
    best, nobody = ranking.matches[0], 1.0 - sum(match.probability for match in ranking.matches)
    if ranking.decision == "guidance":
        return f"Guidance: {best.playbook} has {best.probability:.2f}, and one card is shown from {bar:.2f}."
    if ranking.decision == "choice":
        return f"Choice: {best.playbook} has only {best.probability:.2f}, and one card is shown from {bar:.2f}."
    return f"Unknown: that no card fits has at least {nobody:.2f}, and cards are offered below {SURELY_NONE:.2f}."


def _danger(text: str, card: str, chances: Mapping[str, float]) -> str:
    named = find_words(text)
    if named:
        return f"Danger ({card}): its words stand in the lexicon of {', '.join(named)}."
    if card:
        chance = chances.get(card, 0.0)
        return f"Danger ({card}): by its meaning, with {chance:.2f}; a card is raised from {BAR:.2f} in all."
    return "No danger: neither by its words nor by its meaning."
