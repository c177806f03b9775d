"""A folder of YAML files to a Library, or every problem of every file."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.domain.library import Library, Places
from bot.domain.playbook import Boss, Detail, Never, OwnTest, Phrases, Playbook, Review, Say
from bot.domain.policy import Policy
from bot.domain.problem import Problem, Refused
from bot.domain.reserved import PHRASES_ONLY
from bot.library import explain
from bot.library.document import PLAYBOOK_ID, PhrasesDocument, PlaybookDocument, PolicyDocument
from bot.library.situations import load_situations
from bot.library.source import decode, list_files, read_file
from bot.library.tree import Tree, parse

POLICY_FILE = "policy.yaml"
TOLD = 50
"""Problems of one file that are told at once; nobody mends more before looking again."""
Model = TypeVar("Model", bound=BaseModel)


class _Read:
    """What was read of a folder so far."""

    def __init__(self) -> None:
        self.policy: Policy | None = None
        self.entries: dict[str, Phrases] = {}
        self.places: dict[str, Places] = {}
        self.texts: dict[str, str] = {}

    def take(self, raw: bytes, file: str) -> None:
        """Read one file more. Raises Refused."""
        if file == POLICY_FILE:
            self.policy = parse_policy(raw, file)
            return
        entry, self.places[file.removesuffix(".yaml")] = parse_playbook(raw, file)
        self.entries[entry.id], self.texts[entry.id] = entry, raw.decode()


def load_library(
    folder: Path, last: Mapping[str, str] = MappingProxyType({})
) -> tuple[Library | None, tuple[Problem, ...]]:
    """Read every *.yaml of a folder; in the place of a broken one stands that of `last` (texts by file name), if any.

    Returns the library and the problems of all files at once; the library holds what could be read, and is None
    when the policy could not.
    """
    problems: list[Problem] = []
    read = _Read()
    try:
        paths = list_files(folder, ".yaml")
    except Refused as refused:
        return None, refused.problems
    if folder / POLICY_FILE not in paths:
        problems.append(_without_policy(folder))
    for path in paths:
        try:
            read.take(read_file(path), path.name)
        except Refused as refused:
            problems.extend(refused.problems)
            with suppress(Refused):
                read.take(last.get(path.name, "").encode(), path.name)
    situations, unusable = load_situations(folder)
    problems.extend(unusable)
    if read.policy is None:
        return None, tuple(problems)
    playbooks = {name: entry for name, entry in read.entries.items() if isinstance(entry, Playbook)}
    phrases = {name: entry for name, entry in read.entries.items() if not isinstance(entry, Playbook)}
    return Library(playbooks, phrases, read.policy, situations, read.places, read.texts), tuple(problems)


def load_policy(folder: Path, last: Mapping[str, str] = MappingProxyType({})) -> Policy:
    """The policy of a folder, or that of `last` in the place of a broken one, and nothing else of either.

    Raises Refused where neither can be read.
    """
    if folder / POLICY_FILE not in list_files(folder, ".yaml"):
        raise Refused((_without_policy(folder),))
    try:
        return parse_policy(read_file(folder / POLICY_FILE))
    except Refused:
        with suppress(Refused):
            return parse_policy(last.get(POLICY_FILE, "").encode())
        raise


def _without_policy(folder: Path) -> Problem:
    sentence = "There is no policy.yaml here; copy the shipped one and put in your own numbers."
    return Problem(str(folder), 0, 0, "", sentence)


def parse_playbook(raw: bytes, file: str) -> tuple[Phrases, Places]:
    """One file's bytes to a Playbook (to Phrases where the id is a safety card's or a list's), and what stands where.

    Raises Refused with every problem of the file, or with the first of very many.
    """
    name = file.removesuffix(".yaml")
    if not re.fullmatch(PLAYBOOK_ID, name):
        sentence = "Name the file in small letters, digits and hyphens, as “asks-for-a-discount.yaml”."
        raise Refused((Problem(file, 0, 0, "", sentence),))
    if name in PHRASES_ONLY:
        listed, tree = _document(raw, file, PhrasesDocument)
        return _phrases(name, listed), tree.fields()
    document, tree = _document(raw, file, PlaybookDocument)
    return _playbook(name, document), tree.fields()


def parse_policy(raw: bytes, file: str = POLICY_FILE) -> Policy:
    """policy.yaml's bytes to a Policy. Raises Refused with every problem of the file."""
    document, _ = _document(raw, file, PolicyDocument)
    return Policy(**document.model_dump())


def _document(raw: bytes, file: str, model: type[Model]) -> tuple[Model, Tree]:
    tree = parse(decode(raw, file), file)
    try:
        document = model.model_validate(tree.value)
    except ValidationError as error:
        raise _refused(chain(tree.problems, explain.problems(error, model, tree)), file) from None
    if tree.problems:
        raise _refused(tree.problems, file)
    return document, tree


def _refused(problems: Iterable[Problem], file: str) -> Refused:
    told = tuple(islice(problems, TOLD + 1))
    if len(told) <= TOLD:
        return Refused(told)
    more = Problem(file, 0, 0, "", f"There is more to mend here than these {TOLD}; mend them first, then check again.")
    return Refused((*told[:TOLD], more))


def _phrases(name: str, document: PhrasesDocument) -> Phrases:
    return Phrases(
        id=name,
        title=document.title,
        phrases=tuple(document.phrases),
        sectors=tuple(document.sectors),
        tests=tuple(OwnTest(test.situation, test.says) for test in document.tests),
    )


def _playbook(name: str, document: PlaybookDocument) -> Playbook:
    listed = _phrases(name, document)
    review = document.review
    return Playbook(
        id=listed.id,
        title=listed.title,
        phrases=listed.phrases,
        sectors=listed.sectors,
        tests=listed.tests,
        details={key: Detail(part.ask, part.find) for key, part in document.details.items()},
        say=Say(**dict(document.say)),
        posture=document.posture,
        steps=tuple(document.steps),
        never=tuple(Never(part.do, part.because) for part in document.never),
        boss=Boss(**dict(document.boss)),
        next=document.next,
        review=Review(
            owner=review.owner,
            approved=date.fromisoformat(review.approved) if review.approved else None,
            every=timedelta(days=int(review.every.removesuffix(" days"))),
            jurisdiction=review.jurisdiction,
        ),
    )
