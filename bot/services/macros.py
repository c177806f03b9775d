"""Ready answers from another tool, as forms for a manager to finish: nothing of them is in force."""

import csv
import io
import re
import unicodedata
from collections.abc import Container, Iterator

from bot.domain.draft import Draft
from bot.domain.problem import Problem, Refused
from bot.domain.sector import Sector
from bot.services.edit import ANYBODY
from bot.services.lines import flat

COLUMNS = ("title", "text", "tags")
LONGEST = 50
"""Characters of an id made from a title."""
MOST = 1000
"""Rows of one file."""


def macros(workspace: str, text: str, file: str, taken: Container[str]) -> tuple[Draft, ...]:
    """A form for each row of a CSV file with a title, a text and tags. Raises Refused where it has no such columns."""
    try:
        rows = list(csv.DictReader(io.StringIO(text), strict=True))
    except csv.Error as error:
        raise _refused(file, f"This is not a CSV file that can be read ({error}); save it as CSV again.") from None
    if len(rows) > MOST:
        raise _refused(file, f"This file has {len(rows):,} rows; split it, at most {MOST:,} are read.")
    return tuple(_drafts(workspace, rows, file, taken))


def id_of(title: str, taken: Container[str]) -> str:
    """An id made of a title's plain letters, unlike all that are taken."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-")
    stem = stem if re.match(r"[a-z][a-z0-9-]{2}", stem) else f"playbook-{stem}".strip("-")
    found, number = stem, 1
    while found in taken or found == "policy":
        number += 1
        found = f"{stem}-{number}"
    return found


def _drafts(workspace: str, rows: list[dict[str, str]], file: str, taken: Container[str]) -> Iterator[Draft]:
    made: set[str] = set()
    for number, row in enumerate(rows, start=2):
        cells = {str(name).strip().lower(): value for name, value in row.items() if isinstance(value, str)}
        title = flat(cells.get("title", ""))
        if not title or not all(name in cells for name in COLUMNS):
            raise _refused(
                file, "Each row needs a title, a text and tags, under a first line `title,text,tags`.", number
            )
        playbook = id_of(title, _Both(taken, made))
        made.add(playbook)
        yield Draft(workspace=workspace, person=ANYBODY, playbook=playbook, base=0, fields=_fields(title, cells))


def _fields(title: str, cells: dict[str, str]) -> dict[str, str]:
    tags = [flat(tag) for tag in re.split(r"[,;|]", cells["tags"]) if tag.strip()]
    sectors = [tag.lower() for tag in tags if tag.lower() in set(Sector)]
    phrases = [title, *(tag for tag in tags if tag.lower() not in sectors)]
    return {
        "title": title,
        "sectors": ", ".join(sectors),
        "phrases": "\n".join(dict.fromkeys(phrases)),
        "say.first": cells["text"],
    }


class _Both:
    def __init__(self, *held: Container[str]) -> None:
        self._held = held

    def __contains__(self, name: object) -> bool:
        return any(name in one for one in self._held)


def _refused(file: str, sentence: str, line: int = 0) -> Refused:
    return Refused((Problem(file, line, 0, "", sentence),))
