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
Text = tuple[str, str]
"""A playbook's id and its YAML."""


@dataclass(frozen=True, slots=True)
class Written:
    """One file that could be read: its entry, what stands where in it, and its text."""

    entry: Phrases
    places: Places
    text: str


def read_text(playbook: str, text: str) -> Written:
    """The YAML of one playbook. Raises Refused with every problem of its form."""
    return Written(*parse_playbook(text.encode("utf-8", "replace"), f"{playbook}.yaml"), text)


class Overlay:
    """Lays versions over a library; each text is read and checked once, in however many workspaces it is."""

    def __init__(self, frames: Frames) -> None:
        self._frames = frames
        self._read: dict[Text, Written | None] = {}
        self._spared: dict[Text, Written | None] = {}
        self._used: dict[str, set[Text]] = {}

    def lay(self, workspace: str, shipped: Library, versions: Versions, older: Older) -> tuple[Library, Versions]:
        """The library in force: the newest version that is not waiting and passes the gate, else the one before it.

        A card that nobody shipped stays as it was last shown where a gate that was tightened refuses all of them. With
        the library come the versions that are worth holding in memory: those down to the one in force.
        """
        changed: dict[str, Written | None] = {}
        held: dict[str, Sequence[Revision]] = {}
        self._used[workspace] = set()
        for playbook, newest in versions.items():
            passed = self._down_to(shipped, newest) or self._down_to(shipped, older(playbook))
            found = passed[-1] if passed else None
            if found and found.kind is not Kind.SHIPPED:
                changed[playbook] = self._written(shipped, found)
            elif not found and not shipped.entry(playbook) and (spared := self._spare(older(playbook))):
                changed[playbook] = spared
            held[playbook] = passed or newest
        self._let_go()
        return change(shipped, shipped, changed), held

    def forget(self) -> None:
        """Check every version anew: the library it is laid over has changed."""
        self._read.clear()
        self._spared.clear()

    def _down_to(self, shipped: Library, versions: Sequence[Revision]) -> Sequence[Revision]:
        """The versions down to the one that serves, the newest first; none where none serves.

        One that took the card off counts only while nothing after it was refused.
        """
        refused = False
        for place, revision in enumerate(versions):
            if revision.waiting or (refused and revision.kind is Kind.RETIRED):
                continue
            if revision.kind is not Kind.WORDS:
                return versions[: place + 1]
            if written := self._written(shipped, revision):
                # Of equal texts one is held in memory.
                return (*versions[:place], dataclasses.replace(revision, text=written.text))
            refused = True
        return ()

    def _written(self, shipped: Library, revision: Revision) -> Written | None:
        if revision.kind is not Kind.WORDS:
            return None
        key = self._key(revision)
        if key not in self._read:
            self._read[key] = _passed(shipped, revision, self._frames)
        return self._read[key]

    def _let_go(self) -> None:
        """Drop what no workspace has among its newest versions any more."""
        used = set().union(*self._used.values())
        for texts in (self._read, self._spared):
            for key in texts.keys() - used:
                del texts[key]

    def _spare(self, versions: Iterable[Revision]) -> Written | None:
        for revision in versions:
            if revision.kind is not Kind.WORDS or revision.waiting:
                continue
            key = self._key(revision)
            if key not in self._spared:
                self._spared[key] = _shown(revision, self._frames)
            if spared := self._spared[key]:
                return spared
        return None

    def _key(self, revision: Revision) -> Text:
        key = (revision.playbook, revision.text)
        self._used[revision.workspace].add(key)
        return key


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
    entry = shipped.entry(revision.playbook)
    if entry and revision.text == shipped.texts.get(revision.playbook):
        return Written(entry, shipped.places.get(entry.id, {}), shipped.texts[entry.id])
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
