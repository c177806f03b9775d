"""Situations that came with the shipped playbooks: one text file a voice, the matcher's further reading.

A file holds `## <playbook id>` lines, and under each the situations of that playbook, one a line; `text => id` names
another playbook for that line alone.
"""

import re
from pathlib import Path

from bot.domain.library import Told
from bot.domain.problem import Problem, Refused
from bot.library.source import decode, list_files, read_file

FOLDER = "situations"
MAX_SITUATIONS = 2_000_000
"""Bytes of one voice."""
_HEAD = re.compile(r"## ([a-z][a-z0-9-]{2,59})")


def load_situations(folder: Path) -> tuple[tuple[Told, ...], tuple[Problem, ...]]:
    """Every situation of a folder's `situations/*.txt`, and a Problem for each file that cannot be used."""
    found: list[Told] = []
    problems: list[Problem] = []
    try:
        paths = list_files(folder / FOLDER, ".txt") if folder / FOLDER in folder.iterdir() else []
    except Refused as refused:
        return (), refused.problems
    for path in paths:
        try:
            found += _parse(path)
        except Refused as refused:
            problems += refused.problems
    return tuple(found), tuple(problems)


def _parse(path: Path) -> list[Told]:
    found: list[Told] = []
    owner, voice = "", path.stem
    for number, line in enumerate(
        decode(read_file(path, MAX_SITUATIONS), path.name, MAX_SITUATIONS).splitlines(), start=1
    ):
        text = line.strip()
        if head := _HEAD.fullmatch(text):
            owner = head.group(1)
        elif text and not owner:
            raise Refused((Problem(path.name, number, 1, "", "Write “## ” and a playbook's id above this line."),))
        elif text:
            situation, _, other = text.partition(" => ")
            found.append(Told(situation.strip(), other.strip() or owner, voice))
    return found
