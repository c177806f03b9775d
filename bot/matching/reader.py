"""Reads what was typed as the matcher sees it: written out, spelt, names and numbers made alike."""

from collections.abc import Iterable, Mapping, Sequence

from bot.matching.language import Language
from bot.matching.names import first_names
from bot.matching.reading import SHORT_FORMS, alike, words
from bot.matching.speller import Speller


class Reader:
    """Knows the words of one library. Safe to share between threads."""

    def __init__(self, language: Language, known: Mapping[str, Sequence[str]] | None = None) -> None:
        """`language` holds words that count as well spelt beside English and names; `known` texts were read before."""
        self.language = language
        self._known = known or {}
        self._speller = Speller(language, first_names())

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Reader":
        """A Reader that knows the words of some texts."""
        return cls(Language.of(words(text) for text in texts))

    def read(self, text: str) -> list[str]:
        """The words of a text, ready to be compared."""
        if text in self._known:
            return [*self._known[text]]
        mended = self._speller.mend(words(text))
        return alike([part for word in mended for part in SHORT_FORMS.get(word, word).split()], _is_name)

    def changed(self, text: str) -> list[tuple[str, str]]:
        """The words that the speller mended, with what they became."""
        typed = words(text)
        pairs = zip(typed, self._speller.mend(typed), strict=True)
        return [(one, SHORT_FORMS.get(other, other)) for one, other in pairs if one != other]


def _is_name(word: str) -> bool:
    return word in first_names()
