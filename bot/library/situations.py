"""Situations that came with the shipped playbooks: one text file a voice, the matcher's further reading.

A file holds `## <playbook id>` lines, and under each the situations of that playbook, one a line; `text => id` names
another playbook for that line alone.
"""

import re
from pathlib import Path

from bot.domain.library import Told
from bot.domain.problem import Problem, Refused
from bot.library.source import decode

FOLDER = "situations"
MAX_SITUATIONS = 2_000_000
"""Bytes of one voice."""
_HEAD = re.compile(r"## ([a-z][a-z0-9-]{2,59})")


def load_situations(folder: Path) -> tuple[Told, ...]:
    """Every situation of a folder's `situations/*.txt`. Raises Refused with a sentence where a line has no owner."""
    return tuple(told for path in sorted((folder / FOLDER).glob("*.txt")) for told in _parse(path))


def _parse(path: Path) -> list[Told]:
    found: list[Told] = []
    owner = ""
    for number, line in enumerate(decode(path.read_bytes(), path.name, MAX_SITUATIONS).splitlines(), start=1):
        text = line.strip()
        if head := _HEAD.fullmatch(text):
            owner = head.group(1)
        elif text and not owner:
            raise Refused((Problem(path.name, number, 1, "", "Write “## ” and a playbook's id above this line."),))
        elif text:
            situation, _, other = text.partition(" => ")
            found.append(Told(situation.strip(), other.strip() or owner, path.stem))
    return found
