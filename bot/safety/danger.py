"""The safety pass: whether a situation is an emergency, and which of the ten cards comes first."""

from collections.abc import Mapping

from bot.domain.reserved import SAFETY_CARDS
from bot.safety.lexicon import find_words

BAR = 0.2
"""The probability of any danger from which meaning alone is enough: low, since a false alarm costs a glance."""
# A touch is the coworker's card when a coworker is named or meant: the other card sends people to their boss.
_BY_A_COWORKER, _BY_ANYBODY = "coworker-harassment", "touched-or-assaulted"


def find_danger(text: str, meaning: Mapping[str, float]) -> str | None:
    """The id of the safety card that comes first, or None.

    Words of the lexicon decide alone; where they name several cards, meaning says which, then urgency. `meaning`
    gives each card's probability (empty where nothing could be compiled); all ten together are held against the bar.
    """
    named = set(find_words(text))
    if _BY_A_COWORKER in (*named, max(SAFETY_CARDS, key=lambda card: meaning.get(card, 0.0))):
        named = {_BY_A_COWORKER if card == _BY_ANYBODY else card for card in named}
    if not named and sum(meaning.get(card, 0.0) for card in SAFETY_CARDS) < BAR:
        return None
    return max(named or SAFETY_CARDS, key=lambda card: (meaning.get(card, 0.0), -SAFETY_CARDS.index(card)))
