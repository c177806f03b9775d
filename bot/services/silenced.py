"""Words that show a safety card today go on doing so: no phrase of another playbook takes them from it."""

from collections.abc import Iterator, Mapping

from bot.domain.library import Library
from bot.domain.playbook import Phrases
from bot.domain.problem import Problem
from bot.domain.reserved import SAFETY_CARDS
from bot.matching.compiler import Compiler
from bot.matching.matcher import Matcher
from bot.safety.danger import find_danger


def silenced(
    there: tuple[Library, Library],
    changed: Mapping[str, Phrases],
    matchers: tuple[Matcher, Matcher],
    compiler: Compiler,
) -> Iterator[Problem]:
    """A Problem for each new phrase that is danger before the change.

    `there` and `matchers` are those in force and those that shipped: both are asked, so that many small changes do not
    do what one may not. A phrase that an entry has already, or came with, is not new.
    """
    new = [pair for name, entry in changed.items() if name not in SAFETY_CARDS for pair in _new(there, entry)]
    told = [entry.phrases[number] for entry, number in new]
    meant = zip(*(compiler.chances(matcher, told) for matcher in matchers), strict=True)
    for (entry, number), text, (here, shipped) in zip(new, told, meant, strict=True):
        if card := find_danger(text, here) or find_danger(text, shipped):
            sentence = f"“{text}” shows the safety card `{card}` today; take it out here, and add it to that card."
            yield there[0].problem(entry.id, f"phrases.{number}", sentence)


def _new(there: tuple[Library, Library], entry: Phrases) -> Iterator[tuple[Phrases, int]]:
    old = {phrase for library in there if (was := library.entry(entry.id)) for phrase in was.phrases}
    return ((entry, number) for number, phrase in enumerate(entry.phrases) if phrase not in old)
