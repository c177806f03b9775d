"""The lines that the encoder is tuned on: all phrases and situations of the shipped library, and more situations.

`training/situations/` holds what the matcher need not learn: more of the same, which changes no figure of its own.
"""

from pathlib import Path

from bot.domain.reserved import ALARMING_BUT_HARMLESS, NOTHING_FITS
from bot.library.load import load_library
from bot.library.situations import load_situations
from bot.matching.reader import Reader

NONE = ""


def load_lines(playbooks: Path, left_out: frozenset[str]) -> tuple[list[tuple[str, str]], Reader]:
    """(text as the matcher reads it, playbook) pairs, and what reads them.

    Playbooks in `left_out` are as if they did not exist.
    """
    library, problems = load_library(playbooks)
    if library is None or problems:
        raise SystemExit("\n".join(map(str, problems)))
    entries = [*library.playbooks.values(), *library.phrases.values()]
    pairs = [(phrase, entry.id) for entry in entries for phrase in entry.phrases]
    more, _ = load_situations(Path(__file__).parent)
    pairs += [(situation.text, situation.playbook) for situation in (*library.situations, *more)]
    reader = Reader.of(text for text, _ in pairs)
    named = {NOTHING_FITS: NONE, ALARMING_BUT_HARMLESS: NONE}
    kept = [(text, named.get(playbook, playbook)) for text, playbook in pairs if playbook not in left_out]
    return sorted({(" ".join(reader.read(text)), playbook) for text, playbook in kept}), reader
