"""What a change would take from other playbooks: phrases that would come here, and tests that would break."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from bot.domain.library import Library
from bot.domain.playbook import Phrases, Playbook
from bot.domain.problem import Problem
from bot.domain.reserved import SAFETY_CARDS
from bot.matching.compiler import Compiler
from bot.services.check import stray_tests
from bot.services.shelf import Shelf

QUOTED = 3


def broken_tests(
    library: Library, shelves: tuple[Shelf, Shelf], compiler: Compiler, names: Collection[str]
) -> Iterator[Problem]:
    """A Problem for each test of another entry that lands before a change of `names` and not after it.

    It stands in the changed playbook's own file, for that is where it can be mended.
    """
    before, after = shelves
    others = _others(library, after, names)
    astray = set(stray_tests(after, compiler, others))
    touched = [entry for entry in others if entry.id in {name for name, _ in astray}]
    for name, number in sorted(astray - set(stray_tests(before, compiler, touched))):
        other = library.entry(name)
        assert other is not None
        test = other.tests[number].situation
        taker = _taker(after, compiler, test, names)
        sentence = (
            f"“{test}”, a test of `{name}`, would no longer find it; make the phrases here that are like it more "
            f"special, or delete them."
        )
        yield library.problem(taker, "phrases", sentence)


def moves(library: Library, shelves: tuple[Shelf, Shelf], compiler: Compiler, names: Collection[str]) -> Iterator[str]:
    """A sentence for each other playbook on the phrases whose like would now come to one of `names`."""
    before, after = shelves
    others = _others(library, after, names)
    for (name, taker), phrases in _taken(others, shelves, compiler, names).items():
        number = "1 phrase" if len(phrases) == 1 else f"{len(phrases)} phrases"
        quoted = ", ".join(f"“{phrase}”" for phrase in phrases[:QUOTED])
        more = " …" if len(phrases) > QUOTED else ""
        yield f"{number} of “{_title(after, name)}” would now come to “{_title(after, taker)}”: {quoted}{more}."
    for entry in others:
        grows = (entry.next if isinstance(entry, Playbook) else None) or ""
        if grows in names and before.titled(grows) and not after.titled(grows):
            yield f"“{entry.title}” leads on to this card; its button for that goes away."


def _others(library: Library, after: Shelf, names: Collection[str]) -> list[Phrases]:
    entries = (*library.playbooks.values(), *library.phrases.values())
    shown = [entry for entry in entries if entry.id in after.cards or entry.id in SAFETY_CARDS]
    return [entry for entry in shown if entry.id not in names]


def _taken(
    others: Sequence[Phrases], shelves: tuple[Shelf, Shelf], compiler: Compiler, names: Collection[str]
) -> Mapping[tuple[str, str], list[str]]:
    before, after = shelves
    named = [(entry.id, phrase) for entry in others for phrase in entry.phrases]
    now = compiler.best(after.matcher, [phrase for _, phrase in named])
    gone = [(*pair, best) for pair, best in zip(named, now, strict=True) if best in names]
    then = compiler.best(before.matcher, [phrase for _, phrase, _ in gone])
    found: dict[tuple[str, str], list[str]] = {}
    for (name, phrase, taker), best in zip(gone, then, strict=True):
        if best == name:
            found.setdefault((name, taker), []).append(phrase)
    return found


def _taker(after: Shelf, compiler: Compiler, text: str, names: Collection[str]) -> str:
    (chances,) = compiler.chances(after.matcher, [text])
    return max(sorted(names), key=lambda name: chances.get(name, 0.0))


def _title(shelf: Shelf, name: str) -> str:
    titled = shelf.titled(name)
    return titled.title if titled else name
