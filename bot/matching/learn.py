"""Examples to arrays that can be kept, and those arrays to a matcher that answers."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from bot.matching.encoder import Encoder, Vectors, cores
from bot.matching.example import Example, folds
from bot.matching.features import HASHED, counted, rarity
from bot.matching.fit import Learning, fit
from bot.matching.head import Head
from bot.matching.landmarks import choose
from bot.matching.language import Language
from bot.matching.matcher import Matcher, features, fingerprint, nobody_of, weighed
from bot.matching.reader import Reader
from bot.matching.store import Arrays, pack, unpack

MANY, LINES, LEAST = 12_000, 7_000, 10
"""Examples from which on only some are learnt: as many of each playbook as there is room for, but `LEAST` of each.

The very words of the others find their playbook all the same.
"""
Encode = Callable[[Sequence[Sequence[str]]], Vectors]
"""Gives the vectors of texts that were split into words."""


class Lesson(NamedTuple):
    """What is made of a library: its matcher, what a change of it is learnt from, and how it fared left out."""

    matcher: Arrays
    learnt: Arrays
    left_out: Arrays


def learn(examples: Sequence[Example], encode: Encode) -> Lesson:
    """Learn a library. With a single playbook there is nothing to tell apart, and only the very words count."""
    reader = Reader.of(example.text for example in examples)
    read = [reader.read(example.text) for example in examples]
    classes = sorted({example.playbook for example in examples})
    numbers = {name: number for number, name in enumerate(classes)}
    owners = np.array([numbers[example.playbook] for example in examples], dtype=np.intp)
    phrases = [number for number, example in enumerate(examples) if not example.fold]
    found: Arrays = {
        "classes": pack(classes),
        "prints": pack([fingerprint(words) for words in read]),
        "owners": owners,
        "texts": pack([examples[number].text for number in phrases]),
        "read": pack([" ".join(read[number]) for number in phrases]),
        **reader.language.dump(),
    }
    if len(classes) <= 1:
        return Lesson(found, {}, {})
    chosen = np.arange(len(owners)) if len(owners) <= MANY else np.sort(choose(owners, LINES, LEAST))
    rows = [counted(read[number]) for number in chosen]
    rare = rarity(rows)
    meanings = encode([read[number] for number in chosen])

    def of(some: NDArray[np.intp]) -> NDArray[np.float32]:
        return np.stack([features(meanings[number], weighed(rows[number], rare)) for number in some.tolist()])

    parts = folds([examples[number] for number in chosen])
    with threadpool_limits(cores(), user_api="blas"):
        fitted = fit(Learning(of, meanings, owners[chosen], parts, nobody_of(classes)))
    head = fitted.head
    found |= {"rarity": rare, "weights": head.weights, "points": head.points.astype(np.float16)}
    found["measured"] = np.array([head.sharpness, head.ground, head.bar])
    chances = fitted.left_out.astype(np.float16)
    left_out = {"classes": found["classes"], "measured": chosen[fitted.measured], "chances": chances}
    return Lesson(found, fitted.learnt.dump(), left_out)


def open_matcher(held: Arrays, encoder: Encoder | None) -> Matcher:
    """The matcher that arrays hold. Raises KeyError, ValueError or IndexError where they hold none."""
    classes = tuple(unpack(held["classes"]))
    owners = held["owners"].tolist()
    phrases = {one: classes[number] for one, number in zip(unpack(held["prints"]), owners, strict=True)}
    read = dict(zip(unpack(held["texts"]), map(str.split, unpack(held["read"])), strict=True))
    rare, head = rarity([]), None
    if "weights" in held:
        points, weights, rare = held["points"].astype(np.float32), held["weights"], held["rarity"]
        right = (weights.shape, rare.shape) == ((len(points) + HASHED + 1, len(classes)), (HASHED,))
        if not right or not np.isfinite(weights).all():
            raise ValueError("weights")
        head = Head(points, weights, nobody_of(classes), *held["measured"].tolist())
    return Matcher(classes, Reader(Language.load(held), read), encoder, rare, head, phrases)
