"""What to try first: a clear situation, an ambiguous one, an emergency, and one that nothing covers."""

TOUR = (
    ("A customer crosses a line", "/cue customer asked me out"),
    ("Which one is it?", "/cue customer wants their money back"),
    ("Somebody is in danger", "/cue he has a knife and wants the till"),
    ("Nothing covers this", "/cue the printer is out of ink"),
)
