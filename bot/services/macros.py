"""Ready answers from another tool, as forms for a manager to finish: nothing of them is in force."""

import csv
import io
import re
from collections.abc import Container, Iterator

from bot.domain.draft import Draft
from bot.domain.problem import Problem, Refused
from bot.domain.sector import Sector
from bot.services.edit import ANYBODY
from bot.services.lines import flat
from bot.services.new_id import new_id

COLUMNS = ("title", "text", "tags")
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


def _drafts(workspace: str, rows: list[dict[str, str]], file: str, taken: Container[str]) -> Iterator[Draft]:
    made: set[str] = set()
    for number, row in enumerate(rows, start=2):
        cells = {str(name).strip().lower(): value for name, value in row.items() if isinstance(value, str)}
        title = flat(cells.get("title", ""))
        if not title or not all(name in cells for name in COLUMNS):
            raise _refused(
                file, "Each row needs a title, a text and tags, under a first line `title,text,tags`.", number
            )
        playbook = new_id(title, lambda name: name in taken or name in made)
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


def _refused(file: str, sentence: str, line: int = 0) -> Refused:
    return Refused((Problem(file, line, 0, "", sentence),))
