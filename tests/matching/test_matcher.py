from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from bot.domain.match import Decision
from bot.domain.reserved import NOTHING_FITS
from bot.matching import compiler as compiler_module
from bot.matching.compiler import Compiler
from bot.matching.encoder import SHIPPED, Encoder, EncoderError
from bot.matching.example import Example
from bot.matching.head import RIDGE, Sums
from bot.matching.landmarks import whitening
from bot.matching.learn import learn
from bot.matching.learnt import Learnt, whitened
from bot.matching.store import Cache, Nowhere

PHRASES = {
    "wants-number": [
        "wants steve's cell",
        "asks for her private number",
        "demands dana's mobile",
        "give me his phone number",
    ],
    "late-parcel": ["parcel has not come", "package is late", "where is my delivery", "tracking has not moved"],
    "card-declined": ["card got declined", "payment will not go through", "card refused twice", "terminal says no"],
    NOTHING_FITS: ["printer is out of paper", "when is my break", "who has the keys", "what time do we open"],
}
EXAMPLES = [
    # Two voices, since every one that is left out is learnt without.
    Example(phrase, name, f"voice {number % 2}")
    for name, group in PHRASES.items()
    for number, phrase in enumerate(group)
]


@pytest.fixture(scope="module", autouse=True)
def _few_columns(few_columns):
    """These tests learn in a blink."""


@pytest.fixture(scope="module")
def encoder():
    return Encoder(SHIPPED)


@pytest.fixture(scope="module")
def matcher(encoder):
    return Compiler(encoder, Nowhere()).compile(EXAMPLES)


def test_the_right_playbook_comes_first_with_probabilities(matcher):
    chances = matcher.chances("she demands my coworkers home phone")
    assert next(iter(chances)) == "wants-number"
    assert 0.5 < sum(chances.values()) <= 1.0001
    assert list(chances.values()) == sorted(chances.values(), reverse=True)


def test_what_nothing_covers_is_unknown(matcher):
    assert matcher.rank(matcher.chances("the printer has no paper")).decision is Decision.UNKNOWN
    assert all(match.playbook != NOTHING_FITS for match in matcher.rank(matcher.chances("x")).matches)


@pytest.mark.parametrize("text", ["", " ", "\x00", "🙂", "。"])
def test_nothing_to_read_is_unknown(matcher, text):
    assert matcher.rank(matcher.chances(text)).decision in (Decision.UNKNOWN, Decision.CHOICE)


def test_an_empty_library_knows_nothing(encoder):
    matcher = Compiler(encoder, Nowhere()).compile([])
    assert matcher.chances("anything") == {}
    assert matcher.rank({}).decision is Decision.UNKNOWN


def test_what_is_kept_answers_as_what_is_fresh(encoder, tmp_path):
    fresh = Compiler(encoder, Cache(tmp_path)).compile(EXAMPLES)
    kept = Compiler(encoder, Cache(tmp_path)).compile(EXAMPLES)
    assert {path.name.split("-")[0] for path in tmp_path.iterdir()} == {"learnt", "left", "matcher", "vectors"}
    for text in ("his moblie numbr", "late delivery", "hello"):
        assert fresh.chances(text) == kept.chances(text)


def test_a_damaged_store_is_made_anew_never_trusted(encoder, matcher, tmp_path):
    Compiler(encoder, Cache(tmp_path)).compile(EXAMPLES)
    for path, damage in zip(sorted(tmp_path.iterdir()), (b"", b"x" * 100_000, b"x", b"xy"), strict=True):
        path.write_bytes(damage)
    again = Compiler(encoder, Cache(tmp_path)).compile(EXAMPLES)
    assert again.chances("late parcel") == matcher.chances("late parcel")


def test_a_phrase_itself_is_always_its_own_playbook(matcher):
    for example in EXAMPLES:
        text = example.text.upper()
        assert next(iter(matcher.exact(text, matcher.chances(text)))) == example.playbook


def compiled_with_a_change(compiler, count):
    """So many at once, each with a phrase of its own more."""
    changed = [[*EXAMPLES, Example(f"card machine {number} is broken", "card-declined")] for number in range(count)]
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(lambda one: compiler.compile(one, EXAMPLES), changed))


@pytest.mark.parametrize("lost", ["before the start", "while it serves", "after the first change"])
def test_what_was_learnt_and_lost_from_its_folder_is_learnt_once_more_at_most(tmp_path, monkeypatch, lost):
    fits = []
    monkeypatch.setattr(compiler_module, "learn", lambda *known: fits.append(1) or learn(*known))
    monkeypatch.setattr(compiler_module, "AMENDED", 1.0)
    compiler = Compiler(None, Nowhere() if lost == "before the start" else Cache(tmp_path))
    compiler.compile(EXAMPLES)
    if lost == "while it serves":
        compiler = Compiler(None, Cache(tmp_path))
        compiler.compile(EXAMPLES)
    elif lost == "after the first change":
        compiled_with_a_change(compiler, 1)
    for path in tmp_path.glob("*.npz"):
        path.unlink()
    fits.clear()
    compiled_with_a_change(compiler, 4)
    assert len(fits) == (lost == "while it serves")


def test_only_changed_phrases_are_encoded_again(encoder, tmp_path, monkeypatch):
    Compiler(encoder, Cache(tmp_path)).compile(EXAMPLES)
    encoded = []
    monkeypatch.setattr(
        Encoder, "encode_all", lambda self, texts, _told: encoded.extend(texts) or np.zeros((len(texts), self.width))
    )
    Compiler(encoder, Cache(tmp_path)).compile([*EXAMPLES, Example("card machine is broken", "card-declined")])
    assert encoded == ["card machine is broken"]


MORE = Example("her badge says visitor but nobody expects her", "visitor")


def test_a_changed_phrase_is_learnt_as_if_all_had_been_learnt_anew(encoder, tmp_path):
    many = [
        Example(f"{one.text} {word}", one.playbook, one.fold)
        for one in EXAMPLES
        for word in "now today please again".split()
    ]
    changed = [*many[1:], MORE, MORE, Example("cheque bounced", "card-declined")]
    compiler = Compiler(encoder, Cache(tmp_path))
    amended, anew = compiler.compile(changed, many), compiler.compile(changed)
    assert amended.classes[-1] == "visitor"
    for text in ("visitor without a badge", "cheque was refused", "wants steve's cell now"):
        left, right = amended.chances(text), anew.chances(text)
        assert next(iter(left)) == next(iter(right))
    assert next(iter(amended.exact(MORE.text, amended.chances(MORE.text)))) == "visitor"
    again = compiler.compile(many, changed)
    assert "visitor" not in again.chances(MORE.text)


def test_one_added_phrase_is_felt_where_many_lines_say_otherwise(encoder):
    nobody = [Example(f"the printer {word}", NOTHING_FITS) for word in "jams smells hums stops beeps shakes".split()]
    base = [*EXAMPLES, *nobody]
    amended = Compiler(encoder, Nowhere()).compile([*base, Example("the printer has no ink", "ink")], base)
    for text in ("no ink in printer", "printers got no ink left"):
        assert next(iter(amended.chances(text))) == "ink"
    assert next(iter(amended.chances("the printer jams again"))) == NOTHING_FITS


def test_many_texts_at_once_are_weighed_as_each_alone(encoder, matcher):
    compiler = Compiler(encoder, Nowhere())
    texts = ["late parcel", "", "he wants danas number", "late parcel", "who has the keys to the back door"]
    together = compiler.chances(matcher, texts)
    assert together[1] == {}
    assert compiler.best(matcher, texts) == [next(iter(found), "") for found in together]
    for text, found in zip(texts, together, strict=True):
        assert found == pytest.approx(matcher.chances(text), abs=2e-3)
        assert [*found] == [*matcher.chances(text)]
        assert compiler.chances(matcher, [text]) == [pytest.approx(found, abs=2e-4)]
    assert compiler.read(matcher, texts) == [tuple(matcher.reader.read(text)) for text in texts]


def test_a_text_is_read_and_encoded_once_however_often_it_is_weighed(encoder, matcher, monkeypatch):
    encoded = []
    monkeypatch.setattr(
        Encoder, "encode_all", lambda self, texts, _told: encoded.extend(texts) or np.zeros((len(texts), self.width))
    )
    compiler = Compiler(encoder, Nowhere())
    for _ in range(2):
        compiler.chances(matcher, ["parcel late again", "no keys"])
    assert sorted(encoded) == ["no keys", "parcel late again"]


def test_the_weights_after_a_change_are_those_of_solving_anew():
    chance = np.random.default_rng(1)
    rows, owners = chance.normal(size=(40, 12)).astype(np.float32), chance.integers(0, 3, 40)
    balance = np.array([0.5, 1.0, 2.0], dtype=np.float32)
    points = chance.normal(size=(6, 4)).astype(np.float32)
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    white, nobody = whitening(points), np.array([2])

    def sums_of(chosen):
        sums = Sums.empty(12, 3)
        sums.add(whitened(rows[chosen], white), owners[chosen], balance[owners[chosen]])
        return sums

    def solved(sums):
        found = np.linalg.solve(sums.gram + RIDGE * np.eye(12), sums.pulled)
        return np.concatenate([white @ found[:6], found[6:]])

    before = Learnt.of(sums_of(np.arange(35)), white, balance)
    signs = np.r_[-np.ones(3), np.ones(5)].astype(np.float32)
    changed = np.r_[0:3, 35:40]
    anew = sums_of(np.arange(40))
    assert np.allclose(before.weights(nobody), solved(sums_of(np.arange(35))), atol=1e-3)
    # What was taken away is still known, and speaks for nobody.
    anew.pulled -= sums_of(np.arange(3)).pulled
    for learnt, precision in ((before, 1e-3), (Learnt.load(before.dump(), points), 2e-2)):
        found = learnt.changed(rows[changed], owners[changed], signs)
        assert np.allclose(found.weights(nobody), solved(anew), atol=precision)


def test_what_was_learnt_of_another_library_is_not_taken_up():
    sums = Sums.empty(5, 2)
    learnt = Learnt.of(sums, np.eye(2, dtype=np.float32), np.ones(2, dtype=np.float32))
    for wrong in ({"upper": np.zeros(14, np.float16)}, {"balance": np.ones(3, np.float32)}):
        with pytest.raises(ValueError, match="regression"):
            Learnt.load({**learnt.dump(), **wrong}, np.eye(2, dtype=np.float32))


@pytest.mark.parametrize("cores", [1, 2, 64])
def test_the_same_text_gets_the_same_vector_alone_and_among_others_on_any_machine(encoder, monkeypatch, cores):
    monkeypatch.setattr("bot.matching.encoder.cores", lambda: cores)
    texts = ["late parcel", "he has a knife and i am hiding in the stock room", "no", "", "late parcel " * 90]
    together = encoder.encode_all([*texts, *map(str, range(100))])
    for row, text in zip(together, texts, strict=False):
        assert np.allclose(row, encoder.encode(text), atol=1e-6)
        assert np.linalg.norm(row) == pytest.approx(1.0)


def test_who_hears_how_far_the_reading_is_may_end_it(encoder, monkeypatch):
    read = []

    def run(_self, ids):
        read.extend(ids)
        return np.zeros((len(ids), encoder.width), np.float32)

    def tired(done, total):
        if done == 5:
            raise InterruptedError

    monkeypatch.setattr(Encoder, "_run", run)
    with pytest.raises(InterruptedError):
        encoder.encode_all([str(number) for number in range(90_000)], tired)
    assert len(read) < 90_000


@pytest.mark.parametrize("content", [None, b"", b"not a model"])
def test_an_encoder_that_cannot_be_loaded_says_so(tmp_path: Path, content):
    if content is not None:
        (tmp_path / "model.onnx").write_bytes(content)
        (tmp_path / "tokenizer.json").write_bytes(content)
    with pytest.raises(EncoderError, match="cannot be loaded"):
        Encoder(tmp_path)


def test_of_a_large_library_some_lines_are_learnt_and_the_very_words_of_all_find_their_card(monkeypatch):
    monkeypatch.setattr("bot.matching.learn.MANY", 20)
    monkeypatch.setattr("bot.matching.learn.LINES", 8)
    monkeypatch.setattr("bot.matching.learn.LEAST", 3)
    many = [Example(f"{name} thing number {word}", name) for name in ("late", "lost", "torn") for word in "abcdefghij"]
    compiler = Compiler(None, Nowhere())
    matcher = compiler.compile(many)
    assert all(next(iter(matcher.look(one.text).told)) == one.playbook for one in many)
    assert len(compiler.left_out(many)) == 9
