"""Texts that mean the same, found together."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from bot.matching.encoder import Encoder, Vectors
from bot.matching.matcher import Matcher, fingerprint, meaning_of

KINDS = 997
"""Texts that can be told apart without an encoder."""
ALIKE = 0.5
"""The cosine from which two texts count as one thing said twice."""


class Likeness:
    """Groups texts by meaning; remembers what the last ones mean. Safe to share between threads."""

    def __init__(self) -> None:
        self._meaning = lru_cache(maxsize=2000)(_meaning)

    def groups(self, matcher: Matcher, texts: Sequence[str]) -> list[list[int]]:
        """The places of texts that belong together, the largest group first; the same texts give the same groups.

        Each text in its turn joins the group whose middle is nearest, or starts one of its own.
        """
        groups: list[list[int]] = []
        middles: list[Vectors] = []
        for place, text in enumerate(texts):
            words = tuple(matcher.reader.read(text))
            meaning = self._meaning(matcher.encoder, words)
            near = [float(meaning @ middle) / (float(np.linalg.norm(middle)) or 1.0) for middle in middles]
            best = int(np.argmax(near)) if near else -1
            if best >= 0 and near[best] >= ALIKE:
                groups[best].append(place)
                middles[best] = middles[best] + meaning
            else:
                groups.append([place])
                middles.append(meaning)
        return sorted(groups, key=lambda group: (-len(group), group[0]))


def _meaning(encoder: Encoder | None, words: tuple[str, ...]) -> Vectors:
    """The vector of words, of length one; without an encoder only the same words are alike."""
    found = meaning_of(words, encoder)
    if not found.size:
        found = np.zeros(KINDS, dtype=np.float32)
        # Python's own hash differs between processes.
        found[int(fingerprint(words), 16) % KINDS] = 1.0
    length = float(np.linalg.norm(found))
    scaled: Vectors = found / (length or 1.0)
    return scaled
