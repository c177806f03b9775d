"""An answer among 6,000 playbooks of 40 phrases against one among 60, in turns, with the real encoder, reader and head.

Phrases are made up of everyday words, the landmarks and the head's weights of random numbers: an answer takes as long
as with learnt ones, and nothing has to be learnt first.
"""

import resource
import statistics
import time

import numpy as np

from bot.domain.reserved import NOTHING_FITS
from bot.library.situations import load_situations
from bot.matching.encoder import Encoder
from bot.matching.features import HASHED
from bot.matching.head import Head
from bot.matching.landmarks import LANDMARKS
from bot.matching.language import english
from bot.matching.matcher import Matcher, fingerprint, nobody_of
from bot.matching.reader import Reader
from bot.matching.reading import words
from bot.settings import Settings

FEW, MANY, PHRASES, WORDS, COUNT = 60, 6000, 40, 9, 200


def build(playbooks, encoder):
    chance = np.random.default_rng(playbooks)
    common = [word for word in list(english())[:20_000] if word.isalpha()]
    picked = chance.integers(0, len(common), (playbooks * PHRASES, WORDS))
    texts = [" ".join(common[number] for number in row) for row in picked]
    classes = (NOTHING_FITS, *(f"playbook-{number:05}" for number in range(1, playbooks)))
    owners = np.repeat(np.arange(playbooks), PHRASES)
    points = chance.standard_normal((LANDMARKS, encoder.width), dtype=np.float32)
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    weights = chance.standard_normal((LANDMARKS + HASHED + 1, playbooks), dtype=np.float32)
    head = Head(points, weights, nobody_of(classes), sharpness=10.0, ground=0.2, bar=0.5)
    rarity = np.ones(HASHED, dtype=np.float32)
    phrases = {fingerprint(words(text)): classes[owner] for text, owner in zip(texts, owners, strict=True)}
    return Matcher(classes, Reader.of(texts), encoder, rarity, head, phrases)


def main():
    encoder = Encoder()
    few, many = (build(playbooks, encoder) for playbooks in (FEW, MANY))
    told, _ = load_situations(Settings.from_env({}).playbooks)
    texts = [situation.text for situation in told[:: len(told) // COUNT]][:COUNT]
    taken = {"few": [], "many": []}
    for text in ("the first question", *texts):
        for name, matcher in (("few", few), ("many", many)):
            started = time.perf_counter()
            assert matcher.rank(matcher.chances(text)).matches
            taken[name].append(time.perf_counter() - started)
    ratio = statistics.median(b / a for a, b in zip(taken["few"][1:], taken["many"][1:], strict=True))
    for name, playbooks in (("few", FEW), ("many", MANY)):
        print(f"{playbooks:5} playbooks   {1000 * statistics.median(taken[name][1:]):.2f} ms")
    print(f"ratio             {ratio:.2f} (aim 3)")
    print(f"memory            {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB at most")


if __name__ == "__main__":
    main()
