from bot.rendering.reading_age import reading_age


def test_everyday_words_are_read_young_and_office_words_are_not():
    assert reading_age("I can help you now. Shall we look at it?") < 9
    assert reading_age("The aforementioned investigation necessitates comprehensive documentation.") > 16
    assert reading_age("") == 5
