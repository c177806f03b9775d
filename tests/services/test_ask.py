import dataclasses

import pytest
from hypothesis import given
from hypothesis import settings as bounded
from hypothesis import strategies as st

from bot.domain.answer import Choice, Guidance, Menu, Unknown
from bot.domain.asker import Asker
from bot.domain.match import Seen
from bot.domain.playbook import Rung
from bot.domain.problem import Refused
from bot.domain.situation import Situation
from bot.rendering.spoken import spoken
from bot.safety.card import safety_line
from bot.services.ask import Wanted, settle
from bot.wiring import build_bot

HERE = Asker()


def ask(bot, text):
    return bot.ask.ask(Situation(text))[0]


def test_the_founding_situation_gets_its_card_with_the_name_in_it(bot):
    reply = ask(bot, "client demands steve's cell, he's off today")
    assert isinstance(reply.content, Guidance)
    assert reply.content.card.id == "coworker-personal-number"
    assert reply.content.known["person"] == "Steve"
    assert reply.danger is None


def test_the_site_decides_whether_a_day_is_told(bot):
    template = bot.shelf.cards["coworker-personal-number"]
    details = {"name": "Steve", "return_day": "on Tuesday"}
    quiet = template.card(details, bot.shelf.policy, None)
    open_ = template.card(details, dataclasses.replace(bot.shelf.policy, may_say_when_back="day"), None)
    assert "Tuesday" not in "".join(quiet.lines.values())
    assert "I expect Steve back on Tuesday." in open_.lines[Rung.FIRST]


def test_danger_comes_first_and_the_ordinary_card_stands_below(bot):
    reply = ask(bot, "he has a knife, and tracking says delivered but the parcel never came")
    assert reply.danger.id == "weapon-robbery-threat"


def test_words_that_are_another_cards_phrase_are_still_a_danger(bot):
    seen = Seen({"followed-or-stalked": 0.9}, {"customer-flirting": 0.99, "followed-or-stalked": 0.01})
    reply, ranking = settle(bot.shelves.of(""), "he knows what time i finish and waits", seen)
    assert ranking.matches[0].playbook == "customer-flirting"
    assert reply.danger.id == "followed-or-stalked"


def test_nothing_that_fits_is_unknown(bot):
    assert isinstance(ask(bot, "printer is out of toner").content, Unknown)


def test_an_empty_question_is_the_menu(bot):
    assert isinstance(ask(bot, " \n ").content, Menu)


def test_questions_are_only_asked_where_the_answer_would_show(bot):
    closed = bot.ask.card(HERE, Wanted("coworker-personal-number", known={"person": "Steve"})).content
    assert closed.asks == {}


def test_a_fact_found_once_fills_one_detail(bot):
    told = bot.shelf.cards["coworker-personal-number"].playbook.told({"person": "Steve", "day": "on Tuesday"})
    assert told == {"name": "Steve", "return_day": "on Tuesday"}


def test_something_else_never_offers_more_than_three(bot):
    ids = sorted(bot.shelf.cards)[:7]
    content = bot.ask.others(HERE, {}, tuple(ids)).content
    assert isinstance(content, Choice)
    assert len(content.options) == 3
    assert content.others == tuple(ids[3:])


def test_with_every_playbook_broken_or_gone_the_safety_cards_still_come(settings, tmp_path):
    (tmp_path / "policy.yaml").write_bytes((settings.playbooks / "policy.yaml").read_bytes())
    (tmp_path / "broken-one.yaml").write_text("title: [")
    bot = build_bot(dataclasses.replace(settings, playbooks=tmp_path, cache=tmp_path / "cache"))
    assert len(bot.problems) == 1
    assert ask(bot, "he has a knife").danger.id == "weapon-robbery-threat"
    assert ask(bot, "two customers are fighting").danger.id == "customers-fighting"
    assert ask(bot, "hello").danger is None


def test_without_an_encoder_words_alone_decide(settings, tmp_path, monkeypatch):
    monkeypatch.setattr("bot.wiring.SHIPPED", tmp_path)
    monkeypatch.setattr("bot.wiring.lend", lambda library, _shipped: library)
    folder = tmp_path / "playbooks"
    folder.mkdir()
    for name in ("policy", "coworker-personal-number", "card-declined"):
        (folder / f"{name}.yaml").write_bytes((settings.playbooks / f"{name}.yaml").read_bytes())
    bot = build_bot(dataclasses.replace(settings, playbooks=folder, cache=tmp_path / "cache"))
    assert bot.shelf.matcher.encoder is None
    assert ask(bot, "she is choking and cant breathe").danger.id == "medical-emergency"
    reply = ask(bot, "the card got declined twice")
    assert "card-declined" in str(reply.content)


def test_a_folder_without_a_policy_is_refused(settings, tmp_path):
    with pytest.raises(Refused, match="no policy.yaml"):
        build_bot(dataclasses.replace(settings, playbooks=tmp_path))


words = st.sampled_from(
    [
        "client",
        "customer",
        "steve's",
        "number",
        "knife",
        "refund",
        "2",
        "rn",
        "the",
        "a",
        "angry",
        "package",
        "🙂",
        "<!channel>",
        "\x00",
        "\u202e",
        "é",
        "漢字",
        "***",
        "{{",
        "}}",
        "$20",
        "order#44",
        "tmrw",
        "wants",
        "my",
        "cell",
        "HELP",
        "gun",
        "hit",
        "me",
        "delivered",
        "--",
        "'",
        '"',
        "w/",
        "@@",
        "#",
    ]
)
texts = st.one_of(st.text(max_size=80), st.lists(words, max_size=12).map(" ".join))


def spoilt(phrase, more):
    """A phrase with words put in after some of its own."""
    said = phrase.split()
    for place, word in more:
        said.insert(place, word)
    return " ".join(said)


def check_answer(bot, text):
    reply = ask(bot, text)
    said = spoken(reply, bot.shelf.frames, bot.shelf.policy)
    assert safety_line(bot.shelf.policy) in said
    assert "<!" not in said
    assert "\x00" not in said


@pytest.fixture(scope="module")
def situations(bot):
    """Texts drawn by lot reach few cards; most are met by what resembles a phrase."""
    phrases = [phrase for entry in bot.library.playbooks.values() for phrase in entry.phrases]
    noise = st.lists(st.tuples(st.integers(0, 20), words), max_size=3)
    return texts | st.builds(spoilt, st.sampled_from(phrases), noise)


@given(st.data())
def test_any_text_is_answered_with_the_safety_line_and_never_ping(bot, situations, data):
    check_answer(bot, data.draw(situations))


long_texts = st.builds(lambda said, times: " ".join(said * times), st.lists(words, min_size=10), st.integers(50, 400))


@bounded(max_examples=50)
@given(st.text(min_size=2900, max_size=3100) | long_texts)
def test_long_texts_are_answered_alike(bot, text):
    check_answer(bot, text)


def test_one_word_of_four_thousand_letters_and_ten_thousand_words_are_answered(bot):
    check_answer(bot, "a" * 4000)
    check_answer(bot, "wants a refund " * 3500)
