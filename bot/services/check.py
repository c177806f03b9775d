"""The gate: everything a change must pass, whether it comes from git or from Slack."""

import dataclasses
from collections.abc import Iterator, Sequence

from bot.domain.answer import Card, Choice, Guidance, Reply
from bot.domain.library import Library
from bot.domain.playbook import OwnTest, Phrases, Playbook, Rung
from bot.domain.policy import SWITCHES
from bot.domain.problem import Problem
from bot.domain.reserved import SAFETY_CARDS
from bot.matching.compiler import Compiler
from bot.matching.reader import Reader
from bot.rendering.card import CardTemplate
from bot.rendering.wording import unescape
from bot.services.ask import settle
from bot.services.check_words import check_words
from bot.services.shelf import Shelf

SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "to",
        "of",
        "in",
        "on",
        "at",
        "for",
        "with",
        "is",
        "are",
        "was",
        "be",
        "it",
        "its",
        "this",
        "that",
        "my",
        "me",
        "i",
    ]
)
"""Words that make no difference between two phrases."""


def check(library: Library, shelf: Shelf, compiler: Compiler, *, whole: bool = True) -> tuple[Problem, ...]:
    """Every Problem of a library that was read and compiled, in the order of files and lines.

    Where some files could not be read (`whole` false), what hangs on them is held back: links, phrases and tests.
    """
    found: list[Problem] = []
    for template in shelf.cards.values():
        found += check_words(library, template)
    entries = (*library.playbooks.values(), *library.phrases.values())
    found += _alike(library, shelf.matcher.reader)
    if not whole:
        return tuple(sorted(set(found)))
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
    """Phrases that, although they were learnt, look so much like another playbook that it would be shown for them."""
    named = [(entry, number) for entry in entries for number in range(len(entry.phrases))]
    chances = compiler.chances(shelf.matcher, [entry.phrases[number] for entry, number in named])
    for (entry, number), found in zip(named, chances, strict=True):
        best = next(iter(found), "")
        if best == entry.id or (found and not shelf.matcher.is_sure(found)):
            continue
        taken = f"`{best}` takes it" if best else "nothing can be read in it"
        sentence = f"“{entry.phrases[number]}” does not come back here ({taken}); say what is special, or delete it."
        yield library.problem(entry.id, f"phrases.{number}", sentence)


def _tests(library: Library, shelf: Shelf, compiler: Compiler, entries: Sequence[Phrases]) -> Iterator[Problem]:
    named = [(entry, number, test) for entry in entries for number, test in enumerate(entry.tests)]
    chances = compiler.chances(shelf.matcher, [test.situation for _, _, test in named])
    for (entry, number, test), found in zip(named, chances, strict=True):
        field = f"tests.{number}"
        if _same(test.situation) in map(_same, entry.phrases):
            yield library.problem(
                entry.id, field, "This situation is also a phrase, so that it proves nothing; vary it."
            )
        reply, _ = settle(shelf, test.situation, found)
        if not _lands(reply, entry.id):
            sentence = f"“{test.situation}” does not land here; add a phrase like it, or move it."
            yield library.problem(entry.id, field, sentence)
        card = shelf.cards.get(entry.id)
        if card and test.says and not _says(card, test, shelf):
            yield library.problem(entry.id, field, f"“{test.says}” stands nowhere in this card; check the wording.")


def _same(text: str) -> str:
    return " ".join(text.lower().split())


def _lands(reply: Reply, playbook: str) -> bool:
    content = reply.content
    if reply.danger and reply.danger.id == playbook:
        return True
    if isinstance(content, Guidance):
        return content.card.id == playbook
    return isinstance(content, Choice) and playbook in {option.id for option in content.options}


def _says(template: CardTemplate, test: OwnTest, shelf: Shelf) -> bool:
    """Whether its words stand in the card, at this site or at one with the safe defaults."""
    safe = {name: values[0] for name, values in SWITCHES.items()}
    usual = dataclasses.replace(shelf.policy, **safe, who_is_told="manager on duty", account_exceptions="manager")
    wanted = (test.says or "").casefold()
    return any(wanted in _text(template.card({}, policy, None)).casefold() for policy in (shelf.policy, usual))


def _text(card: Card) -> str:
    never = (f"{do} {because}" for do, because in card.never)
    return unescape("\n".join([*(card.lines[rung] for rung in Rung), *card.steps, card.posture, card.boss, *never]))


def _alike(library: Library, reader: Reader) -> Iterator[Problem]:
    """Phrases of two playbooks that are the same but for names, numbers, spelling and small words."""
    entries = (*library.playbooks.values(), *library.phrases.values())
    seen: dict[frozenset[str], tuple[Phrases, str]] = {}
    for entry in entries:
        for number, phrase in enumerate(entry.phrases):
            said = frozenset(reader.read(phrase)) - SMALL_WORDS
            other, twin = seen.setdefault(said, (entry, phrase))
            if said and other.id != entry.id:
                sentence = f"“{phrase}” is nearly “{twin}” of `{other.id}`; keep it in one of them."
                yield library.problem(entry.id, f"phrases.{number}", sentence)
