import pytest

from bot.services import words

GOOD = "I can't give out personal numbers, but I'll be happy to take a message."


def test_a_good_line_passes():
    assert list(words.spoken(GOOD)) == []


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("I expect None back. Shall I help?", "“None”"),
        ("I expect  them back. Shall I help?", "Two spaces"),
        ("I expect , them back. Shall I help?", "hangs loose"),
        ("I'll take a message,", "loose comma"),
        ("Shall I take {{ name }}'s message?", "brace"),
        ("", "Nothing is left"),
        ("I'll " + "do this " * 14 + "now.", "Shorten this to 25 words"),
        ("I'll " + "incomprehensibility " * 9 + "now.", "Shorten this to 160 characters"),
        ("I'll take a message", "full stop"),
        ("i'll take a message.", "capital"),
        ("Calm down, I'll help.", "Do not open with"),
        ("Unfortunately I can't. Shall I ask?", "Do not open with"),
        ("You need to wait. I'll ask.", "Do not open with"),
        ("It's our policy. I'll ask.", "Do not open with"),
        ("We guarantee it. I'll ask.", "promises"),
        ("Of course, love. I'll ask.", "too familiar"),
        ("Private numbers stay private.", "End with an offer"),
        ("I'll tell him.", "guesses at a person"),
        ("I'll ask *now*.", "markup"),
        ("I'll ask <!channel>.", "markup"),
    ],
)
def test_a_bad_line_is_refused_with_what_to_write(line, sentence):
    assert any(sentence in found for found in words.spoken(line))


def test_the_last_rung_and_words_to_oneself_need_no_offer():
    assert list(words.spoken("Private numbers stay private.", last=True)) == []
    assert list(words.spoken("Private numbers stay private.", aloud=False)) == []


@pytest.mark.parametrize("line", ["Ring them.", "Bring the note.", "Write it down.", ""])
def test_a_step_starts_with_a_verb(line):
    assert list(words.step(line)) == []


@pytest.mark.parametrize(
    "line", ["The note goes in.", "Writing it down.", "You write it down.", "If they ask, say no."]
)
def test_a_step_that_does_not_is_refused(line):
    assert any("verb" in found for found in words.step(line))
