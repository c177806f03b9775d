"""A small library that compiles in a blink: a few shipped playbooks, found by the words that they share."""

import itertools
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import yaml

from bot.domain.match import Decision, Match, Ranking, Seen
from bot.domain.reserved import ALARMING_BUT_HARMLESS, NOTHING_FITS, SAFETY_CARDS
from bot.domain.revision import Revision
from bot.library.load import load_library
from bot.rendering.frames import Frames
from bot.services.shelves import Shelves, ship

HERE = Path(__file__).parent.parent
NAMES = (
    "card-declined",
    "customers-fighting",
    "nothing-fits",
    "package-damaged",
    "refund-refused",
    "return-no-receipt",
    "upset-customer",
)
PHRASES = 12
ALARMING = 0.5
NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)


def copy_to(folder):
    """The folder, with the small library in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        (folder / f"{name}.yaml").write_text(text_of(name))
    shutil.copy(HERE / "playbooks" / "policy.yaml", folder)
    return folder


class Words:
    """Reads a text as its words."""

    def read(self, text):
        return text.lower().replace(",", " ").split()


class WordMatcher:
    """A matcher for which a playbook is as likely as the share of words that its nearest phrase has in common.

    A safety card only from half of them on: that it shares “the” with everything is no danger.
    """

    def __init__(self, examples):
        self.reader = Words()
        self.examples = [(frozenset(self.reader.read(one.text)), one.playbook) for one in examples]

    def chances(self, text):
        said = frozenset(self.reader.read(text))
        found = {}
        for phrase, playbook in self.examples:
            share = len(said & phrase) / max(1, len(said | phrase))
            counts = share >= ALARMING or playbook not in SAFETY_CARDS
            found[playbook] = max(found.get(playbook, 0.0), share if counts else 0.0)
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))

    def look(self, text):
        return Seen(self.chances(text), self.chances(text))

    def exact(self, text, chances):
        return chances

    def is_sure(self, chances):
        return max(chances.values(), default=0.0) >= 0.5

    def rank(self, chances):
        named = [Match(*pair) for pair in chances.items() if pair[0] not in (NOTHING_FITS, ALARMING_BUT_HARMLESS)]
        best = named[0].probability if named else 0.0
        decision = Decision.GUIDANCE if best >= 0.5 else Decision.CHOICE if best >= 0.2 else Decision.UNKNOWN
        return Ranking(decision, tuple(named[:8]))


class WordCompiler:
    """Compiles at once, and counts how often; `gate`, where one is set, holds it up."""

    def __init__(self):
        self.compiled, self.gate = 0, None

    def compile(self, examples, base=()):
        self.compiled += 1
        if self.gate:
            self.gate.wait()
        return WordMatcher(examples)

    def base(self, examples):
        return examples

    def read(self, matcher, texts):
        return [tuple(matcher.reader.read(text)) for text in texts]

    def chances(self, matcher, texts):
        return [matcher.chances(text) for text in texts]

    def best(self, matcher, texts):
        return [next(iter(found), "") for found in self.chances(matcher, texts)]


def build(folder, compiler, kept=None):
    """The shelves of a folder."""
    library, problems = load_library(folder)
    assert not problems
    shipped, problems = ship(library, Frames(HERE / "templates"), compiler)
    assert not problems
    return Shelves(shipped, compiler, kept)


def text_of(name, **replaced):
    """A shipped playbook's YAML, with a dozen of its phrases, one easy test, and some words replaced (pairs)."""
    head, _, rest = (HERE / "playbooks" / f"{name}.yaml").read_text().partition("phrases:\n")
    lines = [line for line in rest.splitlines(keepends=True) if not line.strip().startswith("#")]
    listed = list(itertools.takewhile(lambda line: line.startswith("  "), lines))
    words, _, _ = "".join(lines[len(listed) :]).partition("tests:\n")
    test = json.dumps(yaml.safe_load(listed[0])[0] + " today")
    text = f"{head}phrases:\n{''.join(listed[:PHRASES])}{words}tests:\n  - situation: {test}\n"
    for old, new in replaced.values():
        assert old in text
        text = text.replace(old, new)
    return text


def with_phrase(name, phrase):
    """A shipped playbook's YAML with one more phrase."""
    return text_of(name, phrase=("phrases:\n", f"phrases:\n  - {phrase}\n"))


def revision(playbook, number, text="", **more):
    """One saved version of workspace T1."""
    return Revision(workspace="T1", playbook=playbook, number=number, author="U1", at=NOW, text=text, **more)


FIELDS = (
    "title",
    "sectors",
    "phrases",
    "details",
    "say.first",
    "say.firm",
    "say.final",
    "say.to",
    "posture",
    "steps",
    "never",
    "boss.level",
    "boss.when",
    "boss.who",
    "next",
    "review.owner",
    "review.approved",
    "review.every",
    "tests",
)
"""The fields of a form."""
