"""What a text looks like to the head: its meaning (a vector) beside its words and letters (hashed TF-IDF)."""

import itertools
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

HASHED = 2048
"""Columns that words and letters are hashed to."""
LETTERS = range(3, 6)
Numbers = NDArray[np.intp]
Values = NDArray[np.float32]
Columns = tuple[Numbers, Values]
"""Some of the columns in rising order, each once, and the value in each."""


def counted(words: Sequence[str]) -> Columns:
    """Words, pairs of words and runs of three to five letters, as hashed columns with signed counts."""
    pairs = np.array([_code(f"{left} {right}") for left, right in itertools.pairwise(words)], dtype=np.uint32)
    codes, counts = np.unique(np.concatenate([pairs, *map(_codes, words)]), return_counts=True)
    signs = np.where(codes & 0x80000000, 1.0, -1.0)
    values = np.bincount(codes % HASHED, signs * (1.0 + np.log(counts)), HASHED)
    columns = np.flatnonzero(values)
    return columns, values[columns].astype(np.float32)


@lru_cache(maxsize=8192)
def _codes(word: str) -> NDArray[np.uint32]:
    padded = f"<{word[:40]}>"
    letters = (f"#{padded[at : at + size]}" for size in LETTERS for at in range(len(padded) - size + 1))
    return np.array([_code(gram) for gram in (word, *letters)], dtype=np.uint32)


def _code(gram: str) -> int:
    # CRC-32 is the same in every process; Python's own hash is not.
    return zlib.crc32(gram.encode())


def rarity(rows: Iterable[Columns]) -> Values:
    """The inverse document frequency of every column, smoothed (Manning et al. 2008, ch. 6)."""
    total, seen = 0, np.zeros(HASHED, dtype=np.float64)
    for columns, _ in rows:
        total += 1
        seen[columns] += 1.0
    return (np.log((1.0 + total) / (1.0 + seen)) + 1.0).astype(np.float32)


def spread(row: Columns, weight: Values) -> Columns:
    """The same columns, each weighted by its rarity, so that their squares add up to 1."""
    columns, values = row
    weighted = values * weight[columns]
    return columns, weighted / max(float(np.linalg.norm(weighted)), 1e-9)
