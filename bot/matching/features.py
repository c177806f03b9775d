"""What a text looks like to the head: its meaning (a vector) beside its words and letters (hashed TF-IDF)."""

import itertools
import math
import zlib
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

HASHED = 2048
"""Columns that words and letters are hashed to."""
LETTERS = range(3, 6)
Columns = dict[int, float]


def counted(words: list[str]) -> Columns:
    """Words, pairs of words and runs of three to five letters, as hashed column → signed count."""
    codes = Counter(code for word in words for code in _codes(word))
    codes.update(_code(f"{left} {right}") for left, right in itertools.pairwise(words))
    found: Columns = {}
    for code, count in codes.items():
        column = code % HASHED
        weight = 1.0 if count == 1 else 1.0 + math.log(count)
        found[column] = found.get(column, 0.0) + (weight if code & 0x80000000 else -weight)
    return found


@lru_cache(maxsize=8192)
def _codes(word: str) -> tuple[int, ...]:
    padded = f"<{word[:40]}>"
    letters = (f"#{padded[at : at + size]}" for size in LETTERS for at in range(len(padded) - size + 1))
    return tuple(map(_code, (word, *letters)))


def _code(gram: str) -> int:
    # CRC-32 is the same in every process; Python's own hash is not.
    return zlib.crc32(gram.encode())


def rarity(counts: Iterable[Columns]) -> NDArray[np.float32]:
    """The inverse document frequency of every column, smoothed (Manning et al. 2008, ch. 6)."""
    total, seen = 0, np.zeros(HASHED, dtype=np.float64)
    for columns in counts:
        total += 1
        seen[list(columns)] += 1.0
    return (np.log((1.0 + total) / (1.0 + seen)) + 1.0).astype(np.float32)


def spread(columns: Columns, weight: NDArray[np.float32]) -> Columns:
    """The same columns, each weighted by its rarity, so that their squares add up to 1."""
    weighted = {column: count * float(weight[column]) for column, count in columns.items()}
    length = math.sqrt(sum(value * value for value in weighted.values())) or 1.0
    return {column: value / length for column, value in weighted.items()}
