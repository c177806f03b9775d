import itertools

from bot.rendering.reading_age import WORDS, reading_age, syllables


def test_everyday_words_are_read_young_and_office_words_are_not():
    assert reading_age("I can help you now. Shall we look at it?") < 9
    assert reading_age("The aforementioned investigation necessitates comprehensive documentation.") > 16
    assert reading_age("") == 5


def test_only_so_many_words_are_remembered():
    many = itertools.islice(map("".join, itertools.product("abcdefghij", repeat=5)), WORDS + 1)
    reading_age(" ".join(many))
    assert syllables.cache_info().currsize == WORDS
