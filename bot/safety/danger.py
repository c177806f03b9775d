"""The safety pass: whether a situation is an emergency, and which of the ten cards comes first."""

from collections.abc import Callable, Iterable

from bot.domain.match import Match
from bot.domain.reserved import SAFETY_CARDS
from bot.safety.lexicon import find_words

BAR = 0.3
"""The least probability at which meaning alone calls it danger: low, since a false alarm costs a glance."""

Meaning = Callable[[str], Iterable[Match]]


def find_danger(text: str, meaning: Meaning) -> str | None:
    """The id of the safety card that comes first, or None.

    Words of the lexicon decide alone; where they name several cards, meaning says which, then urgency. `meaning`
    gives safety cards with their probabilities (none where no encoder or phrases could be loaded).
    """
    named = find_words(text)
    likely = {match.playbook: match.probability for match in meaning(text) if match.playbook in SAFETY_CARDS}
    if named:
        return max(named, key=lambda card: (likely.get(card, 0.0), -SAFETY_CARDS.index(card)))
    best = max(likely, key=lambda card: likely[card], default=None)
    return best if best and likely[best] >= BAR else None
