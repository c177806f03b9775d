"""What was typed, as the tokens that are compared."""

import re
import unicodedata

MAX_CHARACTERS = 3000
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile(r"['’`´]")


def clean(text: str) -> str:
    """Small letters, one kind of apostrophe, no control characters; at most 3,000 characters of the input."""
    plain = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS])[:MAX_CHARACTERS].lower()
    kept = (" " if unicodedata.category(character)[0] == "C" else character for character in plain)
    return " ".join(_APOSTROPHE.sub("'", "".join(kept)).split())


def tokens(text: str) -> list[str]:
    """The words of a text, and their four-letter pieces, which still agree when a word is misspelt."""
    words = [word[:40] for word in _WORD.findall(_APOSTROPHE.sub("", clean(text)))]
    pieces = [f"#{padded[at : at + 4]}" for word in words for padded in [f" {word} "] for at in range(len(padded) - 3)]
    return words + pieces
