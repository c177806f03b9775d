import gc

import pytest

from bot.wiring import uncollected


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
