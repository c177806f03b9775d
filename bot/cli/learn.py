"""`make learn`: learns the shipped library once for everybody, as files that travel; `make learnt` looks them over.

python -m bot.cli.learn            writes the files
python -m bot.cli.learn --check    learns anew, and ends with 1 where the files answer otherwise
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bot.domain.library import Library
from bot.domain.problem import Refused
from bot.library.load import load_library
from bot.matching.compiler import Compiler
from bot.matching.encoder import Encoder
from bot.matching.store import Cache, Nowhere, Shipped
from bot.progress import tell
from bot.services.shelf import examples
from bot.settings import Settings
from bot.wiring import LEARNT

APART = 0.01
"""The probability by which the same lines, learnt on another processor, may differ."""


def learn(library: Library, folder: Path) -> None:
    """Learn a library from its lines alone, and write what travels into a folder."""
    with tempfile.TemporaryDirectory() as scratch:
        compiler = Compiler(Encoder(), Cache(Path(scratch)), tell)
        compiler.ship(examples(library, library.playbooks), tests_of(library), Shipped(folder))


def differences(library: Library, folder: Path, other: Path) -> Iterator[str]:
    """A sentence for each test that two folders of what travels would answer otherwise."""
    lines, texts, found = examples(library, library.playbooks), tests_of(library), []
    for each in (folder, other):
        compiler = Compiler(Encoder(), Nowhere(), shipped=Shipped(each))
        if compiler.base(lines) is not lines:
            yield f"{each} was learnt from other lines; run `make learn`."
            return
        found.append(compiler.chances(compiler.compile(lines), texts))
    for text, one, another in zip(texts, *found, strict=True):
        furthest = max(abs(one.get(name, 0.0) - another.get(name, 0.0)) for name in {*one, *another})
        if furthest > APART:
            yield f"“{text}” comes out {furthest:.3f} apart; run `make learn`."


def tests_of(library: Library) -> list[str]:
    """The situations of all tests."""
    entries = (*library.playbooks.values(), *library.phrases.values())
    return [test.situation for entry in entries for test in entry.tests]


def main() -> int:
    """Learn the shipped library, or compare what travels with what its lines give."""
    library, problems = load_library(Settings.from_env({}).playbooks)
    if library is None or problems:
        raise Refused(problems)
    if "--check" not in sys.argv:
        learn(library, LEARNT)
        return 0
    with tempfile.TemporaryDirectory() as fresh:
        learn(library, Path(fresh))
        found = list(differences(library, LEARNT, Path(fresh)))
    sys.stdout.write("".join(f"{sentence}\n" for sentence in found) or "What travels is what the lines give.\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
