import gc


def test_what_stays_for_good_is_passed_over_by_the_garbage_collector(bot):
    bot.warm()
    try:
        assert gc.get_freeze_count() > 100_000
        assert len(gc.get_objects()) < gc.get_freeze_count()
    finally:
        gc.unfreeze()
