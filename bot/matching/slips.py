"""What a thumb makes of a word: one letter left out, added, struck beside, or swapped with the next."""

import math
from collections.abc import Iterator

LETTERS = "abcdefghijklmnopqrstuvwxyz'"
SLIP = 0.05
"""The share of words that are typed with a slip; its four kinds count as equally frequent (Damerau 1964)."""
BESIDE = 0.5
"""The share of struck keys that lie beside the one that was meant."""
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# Each row of a keyboard stands half a key to the right of the one above it.
_KEYS = {letter: (row, place + row / 2) for row, letters in enumerate(_ROWS) for place, letter in enumerate(letters)}
_NEIGHBOURS, _FAR = 6, 19


def edits(word: str) -> Iterator[str]:
    """Every string that is one slip away from a word, some of them twice."""
    for at in range(len(word) + 1):
        left, right = word[:at], word[at:]
        if right:
            yield left + right[1:]
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        for letter in LETTERS:
            if right:
                yield left + letter + right[1:]
            yield left + letter + right


def slip(meant: str, typed: str) -> float | None:
    """The logarithm of the probability that a word was typed so by one slip; None where one is not enough."""
    size, first = len(meant), _first_difference(meant, typed)
    if len(typed) == size - 1 and meant[first + 1 :] == typed[first:]:
        chance = 1 / size
    elif len(typed) == size + 1 and meant[first:] == typed[first + 1 :]:
        chance = 1 / (len(LETTERS) * len(typed))
    elif len(typed) == size and meant[first + 1 :] == typed[first + 1 :]:
        chance = _struck(meant[first], typed[first]) / size
    elif len(typed) == size and meant[first : first + 2] == typed[first : first + 2][::-1]:
        chance = 1 / (size - 1) if meant[first + 2 :] == typed[first + 2 :] else 0.0
    else:
        chance = 0.0
    return math.log(SLIP / 4 * chance) if chance else None


def _first_difference(left: str, right: str) -> int:
    pairs = enumerate(zip(left, right, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(left), len(right)))


def _struck(meant: str, typed: str) -> float:
    if meant not in _KEYS or typed not in _KEYS:
        return (1 - BESIDE) / _FAR
    (row, place), (other_row, other) = _KEYS[meant], _KEYS[typed]
    beside = abs(row - other_row) <= 1 and abs(place - other) <= 1
    return BESIDE / _NEIGHBOURS if beside else (1 - BESIDE) / _FAR
