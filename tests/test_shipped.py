"""What was learnt of the shipped library and travels with it; `make learnt` compares it with what the lines give."""

import dataclasses
import shutil

import pytest
from click.testing import CliRunner
from conftest import HERE

from bot.cli import cuecard
from bot.domain.situation import Situation
from bot.library.lend import lend
from bot.library.load import load_library
from bot.matching.compiler import Compiler
from bot.matching.encoder import Encoder
from bot.matching.example import Example
from bot.matching.store import Nowhere, Shipped
from bot.services.exchange import export
from bot.services.shelf import examples
from bot.wiring import LEARNT, build_bot


@pytest.fixture
def nothing_is_encoded(monkeypatch):
    def encode_all(_self, texts, _told):
        pytest.fail(f"encoded: {texts[:3]}")

    monkeypatch.setattr(Encoder, "encode_all", encode_all)


def test_what_travels_was_learnt_from_the_lines_that_travel(bot):
    lines = examples(bot.library, bot.library.playbooks)
    compiler = Compiler(Encoder(), Nowhere(), shipped=Shipped(LEARNT))
    assert compiler.base(lines) is lines, "the lines have changed: run `make learn`"
    assert compiler.compile(lines, lines).head is not None


def test_nothing_is_read_or_kept_before_the_first_answer(settings, tmp_path, nothing_is_encoded):
    bot = build_bot(dataclasses.replace(settings, cache=tmp_path / "cache"))
    reply, _ = bot.ask.ask(Situation("client demands steve's cell, he's off today"))
    assert reply.content.card.id == "coworker-personal-number"
    assert not list((tmp_path / "cache").glob("*.npz"))


def test_every_phrase_and_test_that_an_edit_is_held_against_is_encoded_already(bot, nothing_is_encoded):
    entries = (*bot.library.playbooks.values(), *bot.library.phrases.values())
    texts = [
        *(phrase for one in entries for phrase in one.phrases),
        *(test.situation for one in entries for test in one.tests),
    ]
    assert len(bot.compiler.read(bot.shelf.matcher, texts)) == len(texts)


def test_a_new_playbook_encodes_only_itself(bot, monkeypatch):
    encoded = []
    real = Encoder.encode_all
    monkeypatch.setattr(
        Encoder, "encode_all", lambda self, texts, told: encoded.extend(texts) or real(self, texts, told)
    )
    lines = examples(bot.library, bot.library.playbooks)
    new = [Example(f"the kiln on floor {number} is cold again", "kiln") for number in ("one", "two")]
    matcher = bot.compiler.compile([*lines, *new], bot.shelf.examples)
    assert sorted(encoded) == sorted(" ".join(matcher.reader.read(one.text)) for one in new)
    assert next(iter(matcher.chances("kiln on floor three is cold"))) == "kiln"


def own(folder, *names):
    folder.mkdir()
    for name in ("policy", *names):
        shutil.copy(HERE / "playbooks" / f"{name}.yaml", folder)
    return folder


def checked(folder, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return CliRunner().invoke(cuecard, ["check", "--playbooks", str(folder)])


def test_a_folder_of_ones_own_passes_as_far_as_its_own_words_do(tmp_path, monkeypatch, nothing_is_encoded):
    folder = own(tmp_path / "own", "counterfeit-note", "card-declined", "upset-customer", "shouting-swearing")
    found = checked(folder, monkeypatch, tmp_path)
    assert found.exit_code == 0, found.output
    assert "stand in: alarming-but-harmless, child-safety, " in found.output
    assert "situations." in found.output


def test_the_safety_cards_phrases_stand_in_where_a_folder_lacks_or_breaks_them(tmp_path):
    folder = own(tmp_path / "own", "card-declined", "child-safety")
    (folder / "child-safety.yaml").write_text("phrases: [")
    broken, problems = load_library(folder)
    library = lend(broken, HERE / "playbooks")
    assert [problem.file for problem in problems] == ["child-safety.yaml"]
    shipped, _ = load_library(HERE / "playbooks")
    assert library.phrases == shipped.phrases
    assert library.situations == shipped.situations


def test_what_is_lent_does_not_go_out_with_the_folder(tmp_path):
    library = lend(load_library(own(tmp_path / "own", "card-declined"))[0], HERE / "playbooks")
    assert "child-safety" in library.phrases
    assert [*export(library, library)] == ["card-declined.yaml", "retired.txt"]
    phrases = library.phrases["child-safety"]
    grown = dataclasses.replace(phrases, phrases=(*phrases.phrases, "a lost boy by the lifts"))
    more = dataclasses.replace(library, phrases={**library.phrases, "child-safety": grown})
    assert "child-safety.yaml" in export(more, library)
