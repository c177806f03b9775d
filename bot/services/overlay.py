"""The shipped playbooks with a workspace's own versions laid over them."""

import dataclasses
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from bot.domain.library import Library, Places
from bot.domain.playbook import Phrases, Playbook
from bot.domain.problem import Problem, Refused
from bot.domain.reserved import PHRASES_ONLY
from bot.domain.revision import Kind, Revision
from bot.library.load import parse_playbook
from bot.rendering.card import compile_card
from bot.rendering.frames import Frames
from bot.rendering.wording import WordingError
from bot.services.check import check_words_of

log = logging.getLogger(__name__)
Versions = Mapping[str, Sequence[Revision]]
Entry = TypeVar("Entry", bound=Phrases)
Older = Callable[[str], Sequence[Revision]]
"""Every version of one playbook, asked for where none of the newest serves."""


@dataclass(frozen=True, slots=True)
class Written:
    """One file that could be read: its entry, what stands where in it, and its text."""

    entry: Phrases
    places: Places
    text: str


def read_text(playbook: str, text: str) -> Written:
    """The YAML of one playbook. Raises Refused with every problem of its form."""
    return Written(*parse_playbook(text.encode("utf-8", "replace"), f"{playbook}.yaml"), text)


Key = tuple[str, str, int]


class Overlay:
    """Lays versions over a library; each version is read and checked once."""

    def __init__(self, frames: Frames) -> None:
        self._frames = frames
        self._read: dict[Key, Written | None] = {}
        self._spared: dict[Key, Written | None] = {}

    def lay(self, shipped: Library, versions: Versions, older: Older) -> Library:
        """The library in force: the newest version that is not waiting and passes the gate, else the one before it.

        A card that nobody shipped stays as it was last shown where a gate that was tightened refuses all of them.
        """
        changed: dict[str, Written | None] = {}
        for playbook, newest in versions.items():
            found = self._first(shipped, newest) or self._first(shipped, older(playbook))
            if found and found.kind is not Kind.SHIPPED:
                changed[playbook] = self._written(shipped, found)
            elif not found and not shipped.entry(playbook) and (spared := self._spare(older(playbook))):
                changed[playbook] = spared
        return change(shipped, shipped, changed)

    def forget(self) -> None:
        """Check every version anew: the library it is laid over has changed."""
        self._read.clear()
        self._spared.clear()

    def _first(self, shipped: Library, versions: Iterable[Revision]) -> Revision | None:
        """The version to show; one that took the card off counts only while nothing after it was refused."""
        refused = False
        for revision in versions:
            if revision.waiting or (refused and revision.kind is Kind.RETIRED):
                continue
            if revision.kind is not Kind.WORDS or self._written(shipped, revision):
                return revision
            refused = True
        return None

    def _written(self, shipped: Library, revision: Revision) -> Written | None:
        key = _key(revision)
        if revision.kind is Kind.WORDS and key not in self._read:
            self._read[key] = _passed(shipped, revision, self._frames)
        return self._read.get(key)

    def _spare(self, versions: Iterable[Revision]) -> Written | None:
        for revision in versions:
            if revision.kind is not Kind.WORDS or revision.waiting:
                continue
            key = _key(revision)
            if key not in self._spared:
                self._spared[key] = _shown(revision, self._frames)
            if spared := self._spared[key]:
                return spared
        return None


def _key(revision: Revision) -> Key:
    return revision.workspace, revision.playbook, revision.number


def _shown(revision: Revision, frames: Frames) -> Written | None:
    """What a version holds that the gate refuses, where it can be shown all the same; that is told once."""
    try:
        written = read_text(revision.playbook, revision.text)
        if isinstance(written.entry, Playbook):
            compile_card(written.entry, frames)
    except (Refused, WordingError):
        return None
    log.warning(
        "version %d of %s stays in force although it is refused: there is no other that can be shown",
        revision.number,
        revision.playbook,
    )
    return written


def _passed(shipped: Library, revision: Revision, frames: Frames) -> Written | None:
    """What a version holds; None, and a line in the log, where the gate refuses it."""
    try:
        written = read_text(revision.playbook, revision.text)
    except Refused as refused:
        problems = refused.problems
    else:
        problems = check_words_of(change(shipped, shipped, {revision.playbook: written}), revision.playbook, frames)
        if not problems:
            return written
    log.warning(
        "version %d of %s is refused (%d problems); the one before it stays",
        revision.number,
        revision.playbook,
        len(problems),
    )
    return None


def spare(library: Library, problems: Iterable[Problem], last: Mapping[str, str]) -> Library:
    """A library with the last words that worked (texts by file name) in the place of those with a problem."""
    found: dict[str, Written] = {}
    for file in {problem.file for problem in problems if problem.file in last}:
        name = file.removesuffix(".yaml")
        with suppress(Refused):
            found[name] = read_text(name, last[file])
    return change(library, library, found)


def change(library: Library, shipped: Library, changed: Mapping[str, Written | None]) -> Library:
    """A library with some entries changed, or taken out (None), in the order of their ids.

    Of a safety card or a list only the phrases change, and they only grow: the shipped ones always stay.
    """
    playbooks, phrases = dict(library.playbooks), dict(library.phrases)
    places, texts = dict(library.places), dict(library.texts)
    for name, written in changed.items():
        if written is None and name not in PHRASES_ONLY:
            for found in (playbooks, places, texts):
                found.pop(name, None)
        elif written is not None:
            places[name], texts[name] = written.places, written.text
            if isinstance(written.entry, Playbook):
                playbooks[name] = written.entry
            else:
                phrases[name] = _grown(shipped.phrases.get(name), written.entry)
    return dataclasses.replace(
        library, playbooks=_by_id(playbooks), phrases=_by_id(phrases), places=places, texts=texts
    )


def _by_id(entries: Mapping[str, Entry]) -> Mapping[str, Entry]:
    """In one order, whichever edit came first: what is compiled from them must be the same everywhere."""
    return dict(sorted(entries.items()))


def _grown(shipped: Phrases | None, own: Phrases) -> Phrases:
    if shipped is None:
        return own
    return dataclasses.replace(shipped, phrases=tuple(dict.fromkeys((*shipped.phrases, *own.phrases))))
