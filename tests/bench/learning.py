"""A large library learnt from nothing: seconds, memory, and the ratio to encoding a thousand of its phrases.

    python tests/bench/learning.py [PLAYBOOKS …]

Each library is learnt in a process of its own. Phrases are made up: nine everyday words, five of them out of fourteen
that belong to their playbook.
"""

import resource
import subprocess
import sys
import time

import numpy as np

from bot.domain.reserved import NOTHING_FITS
from bot.matching.compiler import Compiler
from bot.matching.encoder import Encoder
from bot.matching.example import Example
from bot.matching.language import english
from bot.matching.store import Nowhere

SIZES, PHRASES, TOPIC, SPECIAL, WORDS = (600, 6000), 40, 14, 5, 9
YARDSTICK = 1000


def library(playbooks):
    chance = np.random.default_rng(playbooks)
    common = np.array([word for word in list(english())[:20_000] if word.isalpha()])
    found = []
    for number in range(playbooks):
        topic = chance.choice(common, TOPIC)
        name = f"playbook-{number:05}" if number else NOTHING_FITS
        for _ in range(PHRASES):
            said = [*chance.choice(topic, SPECIAL), *chance.choice(common[:2000], WORDS - SPECIAL)]
            found.append(Example(" ".join(said), name))
    return found


def learn(playbooks):
    examples, encoder = library(playbooks), Encoder()
    some = [example.text for example in examples[:: len(examples) // YARDSTICK]][:YARDSTICK]
    started = time.perf_counter()
    encoder.encode_all(some)
    yardstick = time.perf_counter() - started
    started, used = time.perf_counter(), time.process_time()
    matcher = Compiler(encoder, Nowhere()).compile(examples)
    wall, cpu = time.perf_counter() - started, time.process_time() - used
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = sum(next(iter(matcher.look(one.text).told)) == one.playbook for one in examples[::997])
    print(f"{playbooks:5} playbooks   {wall:.0f} s, {cpu:.0f} s of CPU, {memory:.0f} MiB at most")
    print(f"ratio             {wall / yardstick:.1f} times a thousand phrases ({yardstick:.1f} s)")
    print(f"phrases found     {found} of {len(examples[::997])}")


def main(sizes):
    if len(sizes) == 1:
        learn(sizes[0])
        return
    for size in sizes:
        subprocess.run([sys.executable, __file__, str(size)], check=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
