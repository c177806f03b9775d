"""What to try first: a clear situation, an ambiguous one, an emergency, and one that nothing covers."""

TOUR = (
    {
        "label": "A customer crosses a line",
        "text": "/cue customer asked me out",
        "notice": "One card fits. Tap “They won't accept that” for a firmer line.",
    },
    {
        "label": "Which one is it?",
        "text": "/cue guy wants his money back",
        "notice": "More than one card could fit, so Cuecard asks instead of guessing.",
    },
    {
        "label": "Somebody is in danger",
        "text": "/cue he has a knife and wants the till",
        "notice": "Danger stands above everything else, and the boss is one tap away.",
    },
    {
        "label": "Nothing covers this",
        "text": "/cue the printer is out of ink",
        "notice": "Cuecard says that it has no approved words, and makes none up.",
    },
)
"""What to try, in order, and what to notice in the answer."""
