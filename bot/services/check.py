"""The gate: everything a change must pass, whether it comes from git or from Slack."""

import dataclasses
from collections.abc import Collection, Iterator, Mapping, Sequence

from bot.domain.answer import Card
from bot.domain.library import Library
from bot.domain.match import Seen
from bot.domain.playbook import OwnTest, Phrases, Playbook, Rung
from bot.domain.policy import SWITCHES
from bot.domain.problem import Problem
from bot.domain.reserved import SAFETY_CARDS
from bot.matching.compiler import Compiler
from bot.matching.matcher import NOBODY
from bot.rendering.card import CardTemplate, compile_card
from bot.rendering.frames import Frames
from bot.rendering.wording import WordingError, unescape
from bot.services.ask import cards_for
from bot.services.check_words import check_typed, check_words
from bot.services.shelf import Shelf

SMALL_WORDS = frozenset("a an the and or to of in on at for with is are was be it its this that my me i".split())
"""Words that make no difference between two phrases."""
MARGIN = 0.02
"""The probability by which a phrase or a test may miss its card before that is a fault: nothing may hang on how the
last digits of a number come out on another processor. What misses, or makes it, by less is advice: `only_just`."""


def check(library: Library, shelf: Shelf, compiler: Compiler, *, whole: bool = True) -> tuple[Problem, ...]:
    """Every Problem of a library that was read and compiled, in the order of files and lines.

    Where some files could not be read (`whole` false), what hangs on them is held back: links, phrases and tests. What
    stands in for files that a folder does not have is not checked.
    """
    entries = [
        entry for entry in (*library.playbooks.values(), *library.phrases.values()) if entry.id not in library.lent
    ]
    found = [problem for entry in entries for problem in check_words_of(library, entry.id, shelf.frames)]
    found += [problem for entry in entries for problem in check_typed(library, entry)]
    if whole:
        found += check_meaning(library, shelf, compiler, {entry.id for entry in entries})
    else:
        found += _alike(library, shelf, compiler, {entry.id for entry in entries})
    return tuple(sorted(set(found)))


def check_words_of(library: Library, name: str, frames: Frames) -> tuple[Problem, ...]:
    """The first part of the gate, for one entry: what its words can be told without compiling a shelf."""
    playbook = library.playbooks.get(name)
    if playbook is None:
        return ()
    try:
        return tuple(sorted(set(check_words(library, compile_card(playbook, frames)))))
    except WordingError as error:
        return (library.problem(name, error.field, str(error)),)


def check_meaning(library: Library, shelf: Shelf, compiler: Compiler, names: Collection[str]) -> tuple[Problem, ...]:
    """The second part, for some entries of a compiled library: their links, phrases and own tests among the others."""
    entries = [entry for entry in map(library.entry, sorted(names)) if entry is not None]
    found = list(_alike(library, shelf, compiler, names))
    for entry in entries:
        found += _links(library, shelf, entry)
    shown = [entry for entry in entries if entry.id in shelf.cards or entry.id in SAFETY_CARDS]
    found += _phrases(library, shelf, compiler, shown)
    found += _tests(library, shelf, compiler, shown)
    return tuple(sorted(set(found)))


def _links(library: Library, shelf: Shelf, entry: Phrases) -> Iterator[Problem]:
    if isinstance(entry, Playbook) and entry.next and shelf.titled(entry.next) is None:
        sentence = f"There is no playbook `{entry.next}` in force; name another, or delete this line."
        yield library.problem(entry.id, "next", sentence)


def _phrases(library: Library, shelf: Shelf, compiler: Compiler, entries: Sequence[Phrases]) -> Iterator[Problem]:
    for entry, number, taker in stray_phrases(shelf, compiler, entries):
        taken = f"`{taker}` takes it" if taker else "nothing can be read in it"
        sentence = f"“{entry.phrases[number]}” does not come back here ({taken}); say what is special, or delete it."
        yield library.problem(entry.id, f"phrases.{number}", sentence)


def stray_phrases(
    shelf: Shelf, compiler: Compiler, entries: Sequence[Phrases], margin: float = MARGIN
) -> Iterator[tuple[Phrases, int, str]]:
    """Phrases that, although they were learnt, look so much like another entry that it would be shown for them.

    Each with its entry, its number and the other's id; that is empty where nothing can be read in the phrase. A phrase
    that looks like what no card fits is none of them: what a person gave to a playbook is answered with it.
    """
    named = [(entry, number) for entry in entries for number in range(len(entry.phrases))]
    chances = compiler.chances(shelf.matcher, [entry.phrases[number] for entry, number in named])
    for (entry, number), exact in zip(named, chances, strict=True):
        found = _leaning(exact, entry.id, margin)
        best = next(iter(found), "")
        if best != entry.id and best not in NOBODY and (not found or shelf.matcher.is_sure(found)):
            yield entry, number, best


def _tests(library: Library, shelf: Shelf, compiler: Compiler, entries: Sequence[Phrases]) -> Iterator[Problem]:
    astray = set(stray_tests(shelf, compiler, entries))
    for entry in entries:
        for number, test in enumerate(entry.tests):
            field = f"tests.{number}"
            for sentence in _test(shelf, entry, test, lands=(entry.id, number) not in astray):
                yield library.problem(entry.id, field, sentence)


def _test(shelf: Shelf, entry: Phrases, test: OwnTest, *, lands: bool) -> Iterator[str]:
    if _same(test.situation) in map(_same, entry.phrases):
        yield "This situation is also a phrase, so that it proves nothing; vary it."
    if not lands:
        yield f"“{test.situation}” does not land here; add a phrase like it, or move it."
    card = shelf.cards.get(entry.id)
    if card and test.says and not says(card, test, shelf):
        yield f"“{test.says}” stands nowhere in this card; check the wording."


def stray_tests(
    shelf: Shelf, compiler: Compiler, entries: Sequence[Phrases], margin: float = MARGIN
) -> Iterator[tuple[str, int]]:
    """The tests, by entry and number, whose situation a shelf does not answer with their own card."""
    named = [(entry.id, number, test) for entry in entries for number, test in enumerate(entry.tests)]
    chances = compiler.chances(shelf.matcher, [test.situation for _, _, test in named])
    for (entry, number, test), exact in zip(named, chances, strict=True):
        found = _leaning(exact, entry, margin)
        if entry not in cards_for(shelf, test.situation, Seen(found, shelf.matcher.exact(test.situation, found))):
            yield entry, number


def only_just(library: Library, shelf: Shelf, compiler: Compiler, names: Collection[str]) -> tuple[Problem, ...]:
    """Advice, where a phrase or a test of some entries finds its card by less than the margin, or misses it by less."""
    shown = {name: entry for name in names if (entry := library.entry(name)) and shelf.titled(name)}
    found = []
    lax, strict = (set(stray_tests(shelf, compiler, [*shown.values()], margin)) for margin in (MARGIN, -MARGIN))
    for name, number in strict - lax:
        sentence = f"“{shown[name].tests[number].situation}” finds this card only just; a phrase like it makes it sure."
        found.append(library.problem(name, f"tests.{number}", sentence))
    near, far = (
        {
            (entry.id, number): taker
            for entry, number, taker in stray_phrases(shelf, compiler, [*shown.values()], margin)
        }
        for margin in (-MARGIN, MARGIN)
    )
    for name, number in near.keys() - far.keys():
        sentence = f"“{shown[name].phrases[number]}” comes back here only just: `{near[name, number]}` is near."
        found.append(library.problem(name, f"phrases.{number}", sentence))
    return tuple(sorted(found))


def _leaning(chances: Mapping[str, float], name: str, margin: float) -> Mapping[str, float]:
    """Probabilities as they would be with so much more for one entry, and less for all others."""
    found = {one: chance + margin if one == name else chance * (1.0 - margin) for one, chance in chances.items()}
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _same(text: str) -> str:
    return " ".join(text.lower().split())


def says(template: CardTemplate, test: OwnTest, shelf: Shelf) -> bool:
    """Whether its words stand in the card, at this site or at one with the safe defaults."""
    safe = {name: values[0] for name, values in SWITCHES.items()}
    usual = dataclasses.replace(shelf.policy, **safe, who_is_told="manager on duty", account_exceptions="manager")
    wanted = (test.says or "").casefold()
    return any(wanted in _text(template.card({}, policy, None)).casefold() for policy in (shelf.policy, usual))


def _text(card: Card) -> str:
    never = (f"{do} {because}" for do, because in card.never)
    return unescape("\n".join([*(card.lines[rung] for rung in Rung), *card.steps, card.posture, card.boss, *never]))


def _alike(library: Library, shelf: Shelf, compiler: Compiler, names: Collection[str]) -> Iterator[Problem]:
    """Phrases of `names` that are another entry's but for names, numbers, spelling and small words."""
    seen: dict[frozenset[str], tuple[Phrases, str]] = {}
    entries: Sequence[Phrases] = (*library.playbooks.values(), *library.phrases.values())
    # What is not asked about comes first, so that it is what the others are like.
    entries = sorted(entries, key=lambda entry: entry.id in names)
    named = [(entry, number, phrase) for entry in entries for number, phrase in enumerate(entry.phrases)]
    read = compiler.read(shelf.matcher, [phrase for _, _, phrase in named])
    for (entry, number, phrase), words in zip(named, read, strict=True):
        said = frozenset(words) - SMALL_WORDS
        other, twin = seen.setdefault(said, (entry, phrase))
        if said and other.id != entry.id and entry.id in names:
            sentence = f"“{phrase}” is nearly “{twin}” of `{other.id}`; keep it in one of them."
            yield library.problem(entry.id, f"phrases.{number}", sentence)
