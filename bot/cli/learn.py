"""`make learn`: learns the shipped library once for everybody, as files that travel with Cuecard."""

import tempfile
from pathlib import Path

from bot.domain.library import Library
from bot.domain.problem import Refused
from bot.library.load import load_library
from bot.matching.compiler import Compiler
from bot.matching.encoder import Encoder
from bot.matching.store import Cache, Shipped
from bot.progress import tell
from bot.services.shelf import examples
from bot.settings import Settings
from bot.wiring import LEARNT


def learn(library: Library, folder: Path) -> None:
    """Learn a library from its lines alone, and write what travels into a folder."""
    entries = (*library.playbooks.values(), *library.phrases.values())
    tests = [test.situation for entry in entries for test in entry.tests]
    with tempfile.TemporaryDirectory() as scratch:
        compiler = Compiler(Encoder(), Cache(Path(scratch)), tell)
        compiler.ship(examples(library, library.playbooks), tests, Shipped(folder))


def main() -> None:
    """Learn the shipped library."""
    library, problems = load_library(Settings.from_env({}).playbooks)
    if library is None or problems:
        raise Refused(problems)
    learn(library, LEARNT)


if __name__ == "__main__":
    main()
