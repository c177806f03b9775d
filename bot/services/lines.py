"""Several things in one field of a form, one a line; the two parts of a line stand apart by a bar."""

import re
from collections.abc import Iterator

BAR = " | "
_DETAIL = re.compile(r"(?P<name>[^:()]*?)\s*(?:\((?P<kind>[^()]*)\)\s*)?:\s*(?P<ask>.*)")
_INSIDE = r"\{\{.*?\}\}|\{%.*?%\}|"
_MARKS = {True: re.compile(rf"{_INSIDE}[\\|]"), False: re.compile(r"[\\|]")}
_MARKED = {True: re.compile(rf"{_INSIDE}\\.|\|"), False: re.compile(r"\\.|\|")}


def flat(text: str) -> str:
    """The text on one line."""
    return " ".join(lines(text))


def lines(text: str) -> list[str]:
    """The lines that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def join(first: str, second: str, *, wording: bool = False) -> str:
    """One line of two parts; a bar within one is marked. In a `wording`, what is in curly brackets stays as it is."""
    return BAR.join(_MARKS[wording].sub(_mark, flat(part)) for part in (first, second) if part)


def split(line: str, *, wording: bool = False) -> tuple[str, str]:
    """The two parts of a line; the second is empty where there is no bar."""
    marked = _MARKED[wording]
    bar = next((found for found in marked.finditer(line) if found.group() == "|"), None)
    parts = (line[: bar.start()], line[bar.end() :]) if bar else (line, "")
    first, second = (marked.sub(_unmark, part).strip() for part in parts)
    return first, second


def detail(line: str) -> tuple[str, str, str] | None:
    """The name, the kind (empty: none) and the question of `name: question` or `name (person): question`, else None.

    A name may be written as people write it: “Return day” is return_day.
    """
    found = _DETAIL.fullmatch(line)
    if not found:
        return None
    name = re.sub(r"[\s-]+", "_", found["name"].strip().lower())
    return name, (found["kind"] or "").strip().lower(), found["ask"].strip()


def pieces(text: str, longest: int) -> list[str]:
    """A text of many lines in pieces of at most so many characters, each of whole lines wherever a line is shorter."""
    found = [""]
    for line in text.split("\n"):
        for part in _parts(line, longest):
            if found[-1] and len(found[-1]) + 1 + len(part) > longest:
                found.append(part)
            else:
                found[-1] += ("\n" if found[-1] else "") + part
    return found


def _parts(line: str, longest: int) -> Iterator[str]:
    """A line in parts of at most so many characters, broken between words where it has any."""
    while len(line) > longest:
        space = line.rfind(" ", 1, longest + 1)
        end = space if space > 0 else longest
        yield line[:end]
        line = line[end:].removeprefix(" " if space > 0 else "")
    yield line


def _mark(found: re.Match[str]) -> str:
    text = found.group()
    return text if text.startswith("{") else f"\\{text}"


def _unmark(found: re.Match[str]) -> str:
    text = found.group()
    return text[1] if text in ("\\\\", "\\|") else text
