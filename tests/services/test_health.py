from collections import Counter

import pytest

from bot.domain.match import LeftOut
from bot.domain.reserved import ALARMING_BUT_HARMLESS, NOTHING_FITS
from bot.services.health import measure, watch


def row(playbook, best, probability, place, text="x", danger=0.0):
    return LeftOut(text, playbook, "", best, probability, place, danger)


ROWS = [
    row("a", "a", 0.9, 1),
    row("a", "b", 0.8, 2, "taken surely"),
    row("a", "b", 0.4, 4, "taken weakly"),
    row("b", "b", 0.6, 1),
    row(NOTHING_FITS, "a", 0.75, 2),
    row(NOTHING_FITS, NOTHING_FITS, 0.9, 1),
]


def test_shares_are_those_of_the_named_playbooks():
    health = measure(ROWS, bar=0.7)
    assert health.first == 0.5
    assert health.among_three == 0.75
    assert health.sure == 0.5
    assert health.sure_and_wrong == 0.25
    assert health.none_but_sure == 0.5


def test_thieves_come_with_their_surest_phrase_first():
    thief = measure(ROWS, bar=0.7).thieves[0]
    assert (thief.playbook, thief.taker) == ("a", "b")
    assert thief.phrases == ("taken surely", "taken weakly")


def test_perfect_certainty_has_no_calibration_error():
    rows = [row("a", "a", 0.75, 1)] * 3 + [row("a", "b", 0.75, 2)]
    assert measure(rows, bar=0.7).calibration_error == pytest.approx(0.0)
    assert measure([row("a", "b", 0.95, 2)], bar=0.7).calibration_error == pytest.approx(0.95)


def test_few_or_narrow_phrases_are_named():
    weak = measure([*ROWS, *[row("c", "c", 0.9, 1)] * 20, *[row("d", "a", 0.9, 2)] * 20], bar=0.7).weak()
    assert any(sentence.startswith("a has 3 phrases") for sentence in weak)
    assert any(sentence.startswith("d finds 0%") for sentence in weak)
    assert not any(sentence.startswith("c ") for sentence in weak)


def test_an_empty_library_has_no_health():
    health = measure([], bar=0.7)
    assert (health.first, health.sure, health.calibration_error) == (0.0, 0.0, 0.0)


def test_the_safety_table_counts_words_and_meaning():
    rows = [
        row("child-safety", "child-safety", 0.9, 1, "by words", 0.0),
        row("child-safety", "a", 0.9, 1, "by meaning", 0.9),
        row("a", "a", 0.9, 1, "calm", 0.0),
        row(ALARMING_BUT_HARMLESS, "a", 0.9, 1, "in vain", 0.9),
    ]
    table = {line.kind: line for line in watch(rows, Counter(["by words"]), bar=0.3)}
    assert (table["child-safety"].by_words, table["child-safety"].by_either) == (0.5, 1.0)
    assert table["no danger: an ordinary card"].by_either == 0.0
    assert table["no danger: alarming words"].by_either == 1.0
