import dataclasses

from bot.domain.playbook import Never, OwnTest, Say
from bot.rendering.card import compile_card
from bot.services.check import says
from bot.services.stale_tests import LONGEST, Stale, renewed, stale_tests

SAY = Say("Let me look into that for you right now. Shall I?", "I can look into it now. Shall I?", "I'm getting help.")


def changed(playbook, **fields):
    return dataclasses.replace(playbook, **fields)


def test_what_a_test_would_expect_instead_stands_in_the_changed_card(bot):
    shelf, seen = bot.shelf, 0
    for playbook in bot.library.playbooks.values():
        before = shelf.cards[playbook.id]
        longer = tuple(f"Think, {step} {'Look around and on ' * 12}" for step in playbook.steps)
        for fields in (
            {"say": SAY},
            {"steps": ("Look around.",)},
            {"say": SAY, "steps": longer, "posture": "Stand.", "never": (Never("Argue", "it makes them angrier"),)},
        ):
            after = compile_card(changed(playbook, **fields), shelf.frames)
            for stale in stale_tests(before, after, shelf):
                assert says(before, OwnTest(stale.situation, stale.old), shelf)
                assert not says(after, OwnTest(stale.situation, stale.old), shelf)
                assert says(after, OwnTest(stale.situation, stale.new), shelf), stale
                assert 0 < len(stale.new) <= LONGEST
                seen += 1
    assert seen > 50


def test_the_sentence_that_is_most_like_the_old_words_is_expected(bot):
    before = bot.shelf.cards["coworker-personal-number"]
    say = dataclasses.replace(
        before.playbook.say, first="I hear you. I never give out private numbers, but I can help."
    )
    (stale,) = (
        one
        for one in stale_tests(before, compile_card(changed(before.playbook, say=say), bot.shelf.frames), bot.shelf)
        if one.old == "give out personal numbers"
    )
    assert stale.new == "I never give out private numbers, but I can help."


def test_only_stale_tests_change_in_the_form():
    tests = "he asks | old words\nthey ask \\| shout | old words\nnobody asks"
    stale = Stale("he asks", "old words", "new | words")
    assert renewed(tests, [stale]) == "he asks | new \\| words\nthey ask \\| shout | old words\nnobody asks"
