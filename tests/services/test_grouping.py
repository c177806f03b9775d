import threading

import numpy as np
import pytest

from bot.matching import likeness
from bot.matching.likeness import Likeness
from bot.services.grouping import AT_ONCE, Grouping

SAYS = {
    "a": "printer is out of toner",
    "b": "guest wants the wifi code",
    "c": "no toner left in the printer",
    "d": "what is the wifi password",
    "e": "a quokka is in the lobby",
}


class Matcher:
    """Reads texts as their words; after so many of them it waits until `gate` is opened."""

    encoder = None

    def __init__(self, before=10**9):
        self.reader, self.gate, self.left = self, threading.Event(), before

    def read(self, text):
        self.left -= 1
        if self.left < 0:
            assert self.gate.wait(60)
        return text.split()


@pytest.fixture
def by_kind(monkeypatch):
    """Texts whose last word is the same are alike; 5,000 of them cost nothing to encode."""

    def meaning(_encoder, words):
        found = np.random.default_rng(int(words[-1])).standard_normal(384).astype(np.float32)
        return found / np.linalg.norm(found)

    monkeypatch.setattr(likeness, "_meaning", meaning)


def test_what_means_the_same_is_together_the_largest_first(bot):
    groups, left = Grouping().groups(bot.shelf.matcher, SAYS)
    assert (groups, left) == ([["a", "c"], ["b", "d"], ["e"]], 0)


def test_what_is_gone_leaves_its_group_and_what_comes_joins_one(bot):
    grouping, matcher = Grouping(), bot.shelf.matcher
    grouping.groups(matcher, SAYS)
    left = {name: text for name, text in SAYS.items() if name not in ("a", "e")}
    assert grouping.groups(matcher, left)[0] == [["b", "d"], ["c"]]
    more = {**left, "f": "the toner of the printer is empty"}
    assert grouping.groups(matcher, more)[0] == [["c", "f"], ["b", "d"]]
    assert grouping.groups(matcher, {})[0] == []
    assert grouping.groups(matcher, {"g": "printer is out of toner"})[0] == [["g"]]


def test_of_five_thousand_a_few_are_ready_at_once_and_the_others_follow_and_stay(by_kind):
    texts = {f"{number:04}": f"text {number % 300}" for number in range(5000)}
    grouping, matcher = Grouping(), Matcher(AT_ONCE)
    groups, left = grouping.groups(matcher, texts)
    assert sum(map(len, groups)) == AT_ONCE
    assert left in (len(texts) - AT_ONCE, len(texts) - AT_ONCE - 1), "one may be in the hands of who goes on"
    assert grouping.groups(matcher, texts)[0] == groups, "who looks again waits for nobody"
    matcher.gate.set()
    for thread in threading.enumerate():
        if thread.name == "grouping":
            thread.join(60)
    groups, left = grouping.groups(Matcher(0), texts)
    assert (len(groups), sum(map(len, groups)), left) == (300, 5000, 0), "nothing is read twice"


def test_one_after_the_other_or_all_at_once_is_the_same(by_kind):
    texts = {f"{number}": f"text {number * 13 % 900}" for number in range(700)}
    whole, slowly = Likeness(), Likeness()
    for name, text in texts.items():
        whole.add(Matcher(), name, text)
    for name, text in texts.items():
        slowly.add(Matcher(), name, text)
        slowly.add(Matcher(), name, "another text 1")
    assert whole.groups() == slowly.groups()
    assert whole.names() == set(texts)


def test_texts_are_told_apart_without_an_encoder():
    found = Likeness()
    for name, text in (("a", "toner is out"), ("b", "no wifi"), ("c", "toner is out")):
        found.add(Matcher(), name, text)
    assert found.groups() == [["a", "c"], ["b"]]
