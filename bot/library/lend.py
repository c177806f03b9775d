"""What a folder of playbooks does not have, and the shipped folder lends it."""

import dataclasses
from pathlib import Path

from bot.domain.library import Library
from bot.domain.reserved import PHRASES_ONLY
from bot.library.load import parse_playbook
from bot.library.situations import FOLDER, load_situations
from bot.library.source import read_file


def lend(library: Library, shipped: Path) -> Library:
    """The library with the shipped situations, phrases of safety cards, and lists, where it has none of its own."""
    files = [f"{name}.yaml" for name in sorted(PHRASES_ONLY - library.phrases.keys())]
    lent = {file.removesuffix(".yaml"): parse_playbook(read_file(shipped / file), file)[0] for file in files}
    own = bool(library.situations)
    return dataclasses.replace(
        library,
        phrases={**library.phrases, **lent},
        situations=library.situations if own else load_situations(shipped)[0],
        lent=(*lent, *(() if own else (FOLDER,))),
    )
