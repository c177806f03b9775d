"""Ids with a meaning of their own: the ten safety cards, and two lists of situations without a card."""

SAFETY_CARDS = (
    "evacuate-or-attacker",
    "weapon-robbery-threat",
    "medical-emergency",
    "suicidal-person",
    "child-safety",
    "touched-or-assaulted",
    "customers-fighting",
    "followed-or-stalked",
    "guest-asks-for-help",
    "coworker-harassment",
)
"""The most urgent first: the order in which two hits are ranked."""

NOTHING_FITS = "nothing-fits"
ALARMING_BUT_HARMLESS = "alarming-but-harmless"

PHRASES_ONLY = frozenset({*SAFETY_CARDS, NOTHING_FITS, ALARMING_BUT_HARMLESS})
"""Files that hold phrases and tests alone: their words are fixed, or there are none."""
