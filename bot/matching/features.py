"""What a text looks like to the head: its meaning (a vector) beside its words and letters (hashed TF-IDF)."""

import itertools
import math
import zlib
from collections import Counter
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

HASHED = 2048
"""Columns that words and letters are hashed to."""
LETTERS = range(3, 6)
Columns = dict[int, float]


def counted(words: list[str]) -> Columns:
    """Words, pairs of words and runs of three to five letters, as hashed column → signed count."""
    grams: Counter[str] = Counter(words)
    grams.update(f"{left} {right}" for left, right in itertools.pairwise(words))
    for word in words:
        padded = f"<{word[:40]}>"
        grams.update(f"#{padded[at : at + size]}" for size in LETTERS for at in range(len(padded) - size + 1))
    found: Columns = {}
    for gram, count in grams.items():
        # CRC-32 is the same in every process; Python's own hash is not.
        code = zlib.crc32(gram.encode())
        column = code % HASHED
        weight = 1.0 if count == 1 else 1.0 + math.log(count)
        found[column] = found.get(column, 0.0) + (weight if code & 0x80000000 else -weight)
    return found


def rarity(counts: Iterable[Columns]) -> NDArray[np.float32]:
    """The inverse document frequency of every column, smoothed (Manning et al. 2008, ch. 6)."""
    total, seen = 0, np.zeros(HASHED, dtype=np.float64)
    for columns in counts:
        total += 1
        seen[list(columns)] += 1.0
    return (np.log((1.0 + total) / (1.0 + seen)) + 1.0).astype(np.float32)


def spread(columns: Columns, weight: NDArray[np.float32]) -> NDArray[np.float32]:
    """Columns to one unit row of `HASHED` numbers, each weighted by its rarity."""
    row = np.zeros(HASHED, dtype=np.float32)
    row[list(columns)] = list(columns.values())
    row *= weight
    return row / max(float(np.linalg.norm(row)), 1e-9)
