"""Reads what was typed as the matcher sees it: written out, spelt, names and numbers made alike."""

from collections import Counter
from collections.abc import Iterable

from bot.matching.names import first_names
from bot.matching.reading import alike, words
from bot.matching.speller import Speller


class Reader:
    """Knows the words of one library. Safe to share between threads."""

    def __init__(self, known: Iterable[str]) -> None:
        """`known` are words that count as well spelt beside English and names."""
        self.known = frozenset(known)
        self._speller = Speller(self.known, first_names())

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Reader":
        """A Reader that knows every word which stands at least twice in some texts."""
        counts = Counter(word for text in texts for word in words(text))
        return cls(word for word, count in counts.items() if count > 1)

    def read(self, text: str) -> list[str]:
        """The words of a text, ready to be compared."""
        return alike([self._speller.mend(word) for word in words(text)], _is_name)

    def changed(self, text: str) -> list[tuple[str, str]]:
        """The words that the speller mended, with what they became."""
        pairs = ((word, self._speller.mend(word)) for word in words(text))
        return [(typed, mended) for typed, mended in pairs if typed != mended]


def _is_name(word: str) -> bool:
    return word in first_names() or (len(word) > len("sams") and word.endswith("s") and word[:-1] in first_names())
