"""The id that a new playbook gets from its title."""

import re
import unicodedata
from collections.abc import Callable

LONGEST = 50
"""Characters of an id before its number."""


def new_id(title: str, is_taken: Callable[[str], bool]) -> str:
    """Small letters, digits and hyphens, unlike every id that is taken; `playbook` where nothing of it can be used."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower().replace("'", "")
    stem = re.sub(r"[^a-z0-9]+", "-", plain).lstrip("-0123456789")[:LONGEST].rstrip("-")
    stem = stem if len(stem) > 2 else "playbook"  # noqa: PLR2004 - the shortest id that a file may have
    found, number = stem, 1
    while found == "policy" or is_taken(found):
        number += 1
        found = f"{stem}-{number}"
    return found
