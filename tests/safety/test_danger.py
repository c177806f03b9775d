import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.playbook import Rung
from bot.domain.policy import Policy
from bot.domain.reserved import SAFETY_CARDS
from bot.safety.card import UnknownNumbers, safety_line
from bot.safety.cards import CARDS
from bot.safety.danger import BAR, find_danger
from bot.safety.lexicon import find_words

POLICY = Policy(
    workplace="x", work_number="1", hours="9 to 5", duty_phone="222", emergency_number="111", site_address="1 Road"
)


def test_there_are_ten_cards_of_fixed_words():
    assert tuple(sorted(CARDS)) == tuple(sorted(SAFETY_CARDS))
    for card in CARDS.values():
        shown = card.card(POLICY)
        text = " ".join([*shown.lines.values(), *shown.steps, shown.boss, shown.note, shown.posture])
        assert "{" not in text
        assert len(shown.lines[Rung.FIRST].split()) <= 25
        assert 3 <= len(shown.steps) <= 6
        assert shown.note.startswith("I have not told anyone.")
        assert "111" in text


def test_a_card_says_whether_a_professional_has_approved_it():
    assert "No professional" in CARDS["child-safety"].card(POLICY).note


def test_the_line_holds_the_sites_own_numbers():
    assert safety_line(POLICY) == "In danger? Leave first, then call 111. Manager on duty: 222."
    assert "your emergency number" in safety_line(UnknownNumbers())


@pytest.mark.parametrize("card", SAFETY_CARDS)
def test_the_lexicon_alone_finds_a_card_by_some_of_its_own_phrases(card):
    assert any(find_danger(phrase, {}) == card for phrase in CARDS[card].phrases)


@pytest.mark.parametrize(
    "text",
    [
        "says we hold her deposit hostage until friday",
        "poster for the hostage film fell down again",
        "active shooter training is at 3, which room",
        "bomb threat drill form, who signs it",
        "a box for the suicide prevention walk stands at the till",
        "who has the price gun",
        "fire in the hole burger, how hot is it",
        "somebody kidnapped the break room mug",
        "lost child benefit letter, where to",
    ],
)
def test_danger_as_a_figure_of_speech_or_a_topic_is_not_in_the_lexicon(text):
    assert find_words(text) == ()


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("he is holding my coworker hostage in the back", "weapon-robbery-threat"),
        ("they took hostages next door", "weapon-robbery-threat"),
        ("stick up at till 4", "weapon-robbery-threat"),
        ("man with a bread knife in aisle 2", "weapon-robbery-threat"),
        ("active shooter in the mall", "evacuate-or-attacker"),
        ("he talks about suicide on line 1", "suicidal-person"),
        ("someone tried to kidnap a little girl by the doors", "child-safety"),
        ("lost boy at the desk, no parents", "child-safety"),
    ],
)
def test_the_same_words_in_earnest_are(text, card):
    assert find_danger(text, {}) == card


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("HE HAS A KNIFE", "weapon-robbery-threat"),
        ("he’s pulled a gun on us", "weapon-robbery-threat"),
        ("she cant breatheee", "medical-emergency"),
        ("i can smell g\u200bas", "evacuate-or-attacker"),
        ("my boss touched my leg", "coworker-harassment"),
        ("customer grabbed my arm", "touched-or-assaulted"),
        ("cant find her son", "child-safety"),
        ("he is stalking my coworker", "followed-or-stalked"),
    ],
)
def test_the_lexicon_reads_capitals_curly_signs_and_hidden_characters(text, card):
    assert find_danger(text, {}) == card


@pytest.mark.parametrize(
    "text",
    [
        "this queue is killing me",
        "wants the knife set refunded",
        "a shot of espresso",
        "fire sale sign fell down",
        "he grabbed me up on the offer",
        "choking hazard label question",
        "the printer died",
    ],
)
def test_the_lexicon_leaves_harmless_words_alone(text):
    assert find_danger(text, {}) is None


@pytest.mark.parametrize(
    "text",
    [
        "boss touched me",
        "manager groped me at work",
        "supervisor grabbed my butt",
        "the manager grabbed me",
        "coworker pinched my bum",
    ],
)
def test_who_was_touched_by_their_boss_is_not_sent_to_their_boss(text):
    assert find_danger(text, {}) == "coworker-harassment"
    assert find_danger("he touched me", {"coworker-harassment": 0.6}) == "coworker-harassment"


def test_meaning_alone_is_enough_at_a_low_bar():
    assert find_danger("left arm is numb", {"medical-emergency": BAR}) == "medical-emergency"
    assert find_danger("left arm is numb", {"medical-emergency": BAR / 3}) is None


def test_several_weak_signs_of_danger_add_up():
    weak = {"medical-emergency": BAR / 2, "child-safety": BAR / 2 + 0.01}
    assert find_danger("something is off", weak) == "child-safety"


@given(st.text(max_size=30_000))
def test_any_text_is_read_in_bounded_time(text):
    assert all(card in SAFETY_CARDS for card in find_words(text))
