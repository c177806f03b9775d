"""Bytes of a file to clean text, or one sentence on why not."""

import re
from pathlib import Path

from bot.domain.problem import Problem, Refused

MAX_BYTES = 200_000
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\ufffe\uffff]")
_TAB_INDENT = re.compile(r"^ *\t", re.MULTILINE)


def read_file(path: Path, longest: int = MAX_BYTES) -> bytes:
    """The bytes of a file, one more than `longest` at most. Raises Refused when it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(longest + 1)
    except OSError as error:
        raise _refused(path.name, f"This file cannot be read ({error.strerror}); check its permissions.") from None


def list_files(folder: Path, ending: str) -> list[Path]:
    """The files of a folder with an ending, by name. Raises Refused where the folder cannot be read."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ending)
    except OSError as error:
        sentence = f"This folder cannot be read ({error.strerror}); check its name and its permissions."
        raise _refused(str(folder), sentence) from None


def decode(raw: bytes, file: str, longest: int = MAX_BYTES) -> str:
    """The text of a file.

    Raises Refused when it is over `longest` bytes, is not UTF-8, starts with a byte order mark, or holds control
    characters or tabs for indentation.
    """
    if len(raw) > longest:
        raise _refused(file, f"This file has {len(raw):,} bytes; split it, at most {longest:,} are read.")
    if raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise _refused(file, "Save this file as “UTF-8 without BOM”: it starts with a byte order mark.", 1, 1)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        raise _refused(
            file, "Save this file as UTF-8: a character here is not.", before.count(b"\n") + 1, _column(before)
        ) from None
    if found := CONTROL.search(text):
        code = ord(found.group())
        raise _at(text, found.start(), file, f"Delete the invisible character U+{code:04X} here.")
    if found := _TAB_INDENT.search(text):
        raise _at(text, found.end() - 1, file, "Use two spaces here instead of a tab.")
    return text


def _column(before: bytes) -> int:
    return len(before.rsplit(b"\n", 1)[-1].decode("utf-8")) + 1


def _at(text: str, offset: int, file: str, sentence: str) -> Refused:
    before = text[:offset]
    return _refused(file, sentence, before.count("\n") + 1, offset - before.rfind("\n"))


def _refused(file: str, sentence: str, line: int = 0, column: int = 0) -> Refused:
    return Refused((Problem(file=file, line=line, column=column, field="", sentence=sentence),))
