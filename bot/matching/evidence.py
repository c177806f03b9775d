"""Why a situation was matched: the phrases nearest to it, and the words that carried it."""

from collections.abc import Sequence

import numpy as np

from bot.matching.compiler import Compiler
from bot.matching.matcher import Matcher, meaning_of


def nearest_phrase(compiler: Compiler, matcher: Matcher, text: str, phrases: Sequence[str]) -> tuple[str, float]:
    """The phrase whose meaning is nearest to a text, and their cosine from -1 to 1; nothing without an encoder."""
    vectors = compiler.meanings(matcher, [text, *phrases])
    if not phrases or not vectors.size:
        return "", 0.0
    cosines = vectors[1:] @ vectors[0]
    best = int(np.argmax(cosines))
    return phrases[best], round(float(cosines[best]), 3)


def carrying_words(matcher: Matcher, text: str, playbook: str) -> list[tuple[str, float]]:
    """The words of a text, each with how much probability its playbook loses without it; the weightiest first."""
    words = matcher.reader.read(text)
    whole = matcher.weigh(words, meaning_of(words, matcher.encoder)).get(playbook, 0.0)
    found = []
    for place, word in enumerate(words):
        rest = [*words[:place], *words[place + 1 :]]
        left = matcher.weigh(rest, meaning_of(rest, matcher.encoder)).get(playbook, 0.0)
        found.append((word, round(whole - left, 3)))
    return sorted(found, key=lambda pair: -pair[1])
