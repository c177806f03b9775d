"""A detail put into a line, so that nobody has to type curly brackets; what is stored is plain Jinja."""

import re

_BLANK = r"_{2,}", r"…|\.{3}"
"""Where a detail belongs: the first that a line has of these."""
_NOT_IN_WORDS = str.maketrans({"{": "", "}": "", "\\": "", '"': "'", "%": ""})


def insert(line: str, name: str, instead: str = "", sentence: str = "") -> str:
    """The line with a detail in place of its first blank, else at its end.

    `instead` is said where the detail is not known. With a `sentence`, which has a blank for the detail, the sentence
    is added, and only said where the detail is known.
    """
    before, after = _around(line)
    if sentence.strip():
        said = _put(sentence.strip().translate(_NOT_IN_WORDS), f"{{{{ {name} }}}}")
        # The space beside the sentence goes away with it.
        lead, trail = (" ", "") if before else ("", " " if after else "")
        return f"{before}{{% if {name} %}}{lead}{said}{trail}{{% endif %}}{after if lead else after.lstrip()}"
    other = f' or "{instead.strip().translate(_NOT_IN_WORDS)}"' if instead.strip() else ""
    return _put(line, f"{{{{ {name}{other} }}}}")


def has_blank(line: str) -> bool:
    """Whether a line has a place for a detail."""
    return _blank(line) is not None


def _put(line: str, detail: str) -> str:
    """A line with a detail in place of its blank, else at its end."""
    found = _blank(line)
    return f"{line[: found.start()]}{detail}{line[found.end() :]}" if found else f"{line} {detail}".strip()


def _around(line: str) -> tuple[str, str]:
    """What stands before a line's blank, without the space there, and after it; the whole line where it has none."""
    found = _blank(line)
    return (line[: found.start()].rstrip(), line[found.end() :]) if found else (line, "")


def _blank(line: str) -> re.Match[str] | None:
    return next(filter(None, (re.search(blank, line) for blank in _BLANK)), None)
