import dataclasses
import gc

import pytest
from small import copy_to

from bot.wiring import build_bot, uncollected


def test_a_start_with_a_broken_file_shows_the_card_as_it_last_worked(tmp_path, settings, caplog):
    folder = copy_to(tmp_path / "playbooks")
    own = dataclasses.replace(settings, playbooks=folder, cache=tmp_path / "cache")
    before = build_bot(own).shelf.cards["card-declined"].playbook
    file = folder / "card-declined.yaml"
    good = file.read_text()
    for text in (good.replace("title: ", "titel: "), good.replace("posture: ", "posture: Look {{ nobody }}. ")):
        file.write_text(text)
        bot = build_bot(own)
        assert {problem.file for problem in bot.problems} == {"card-declined.yaml"}
        assert bot.shelf.cards["card-declined"].playbook == before
    told = [one.getMessage() for one in caplog.records]
    assert told.count("In the place of card-declined.yaml stands the last of it that worked.") == 2


def test_what_stays_for_good_is_passed_over_by_the_garbage_collector(bot):
    bot.warm()
    try:
        assert gc.get_freeze_count() > 100_000
        assert len(gc.get_objects()) < gc.get_freeze_count()
    finally:
        gc.unfreeze()


def test_the_garbage_collector_rests_while_everything_is_built_and_works_again_after_a_fault():
    seen = []

    def build():
        with uncollected():
            seen.append(gc.isenabled())
            raise ValueError("a fault")

    with pytest.raises(ValueError, match="a fault"):
        build()
    assert [*seen, gc.isenabled()] == [False, True]
