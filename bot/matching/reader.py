"""Reads what was typed as the matcher sees it: written out, spelt, names and numbers made alike."""

from collections.abc import Iterable

from bot.matching.names import first_names
from bot.matching.reading import alike, words
from bot.matching.speller import Speller


class Reader:
    """Knows the words of one library. Safe to share between threads."""

    def __init__(self, library: Iterable[str]) -> None:
        """`library` holds every phrase whose words count as well spelt."""
        self._speller = Speller((word for text in library for word in words(text)), first_names())

    def known(self) -> list[str]:
        """The library's own words, twice each: a Reader of them reads as this one does."""
        return sorted(self._speller.own) * 2

    def read(self, text: str) -> list[str]:
        """The words of a text, ready to be compared."""
        return alike([self._speller.mend(word) for word in words(text)], _is_name)

    def changed(self, text: str) -> list[tuple[str, str]]:
        """The words that the speller mended, with what they became."""
        pairs = ((word, self._speller.mend(word)) for word in words(text))
        return [(typed, mended) for typed, mended in pairs if typed != mended]


def _is_name(word: str) -> bool:
    return word in first_names() or (len(word) > len("sams") and word.endswith("s") and word[:-1] in first_names())
