import dataclasses
import io

import pytest

from bot import progress
from bot.matching.example import Example
from bot.wiring import build_compiler


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def told(monkeypatch):
    def tell(stream):
        monkeypatch.setattr("sys.stderr", stream)
        for done in range(2001):
            progress.tell(done, 2000)
        return stream.getvalue()

    return tell


def test_a_terminal_is_told_in_one_line_that_renews_itself(told):
    lines = told(Terminal()).split("\r")
    assert lines[:2] == ["", "Reading 2,000 ways people describe things, once: 0 %"]
    assert len(lines) == 102
    assert lines[-1] == "Reading 2,000 ways people describe things, once: 100 %\n"


def test_a_file_is_told_at_the_start_and_at_the_end(told):
    first, last = told(io.StringIO()).splitlines()
    assert first.startswith("Reading 2,000 ways")
    assert last.startswith("All read")


def test_only_what_is_long_and_new_is_told_and_never_among_the_answers(
    few_columns, settings, tmp_path, monkeypatch, capsys
):
    settings = dataclasses.replace(settings, cache=tmp_path)
    phrases = [Example(text, text) for text in ("late parcel", "card declined", "wants a number")]
    build_compiler(dataclasses.replace(settings, cache=tmp_path / "other")).compile(phrases)
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr(progress, "LONG", 3)
    build_compiler(settings).compile(phrases)
    assert capsys.readouterr() == (
        "",
        "Reading 3 ways people describe things, once; it takes a minute or two.\nAll read; later starts take seconds.\n",
    )
    build_compiler(settings).compile(phrases)
    assert capsys.readouterr() == ("", "")
