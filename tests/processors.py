"""The real command on other processors, emulated by qemu: the same cards, probabilities equal to four digits.

    python tests/processors.py [MODEL …]

Asks what stands nearest to a bar, since nothing else could come out otherwise. Without qemu-user it says so and ends
with 0, or with 1 where CUECARD_TEST_ALL is set.
"""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from bot.services.ask import LIKELY
from bot.settings import Settings
from bot.wiring import build_bot

MODELS = ("Nehalem", "Haswell", "Skylake-Server")
"""SSE4.2; AVX2 without VNNI; AVX-512 as far as qemu has it."""
COUNT, LONGEST = 42, 60
"""Situations, and the characters of one: an emulated processor takes a second for ten words."""
DIGITS = 5e-5
SCRIPT = "from bot.cli import main; main()"


def near_a_bar(bot, count):
    """The library's own tests that stand nearest to where a decision turns, the nearest first."""
    entries = (*bot.library.playbooks.values(), *bot.library.phrases.values())
    texts = [test.situation for entry in entries for test in entry.tests if len(test.situation) <= LONGEST]
    bars = (bot.shelf.matcher.head.bar, LIKELY, 0.5)
    found = bot.compiler.chances(bot.shelf.matcher, texts)

    def distance(chances):
        best, second, *_ = (*chances.values(), 0.0, 0.0)
        return min(best - second, *(abs(best - bar) for bar in bars))

    return sorted(texts, key=lambda text: (distance(found[texts.index(text)]), text))[:count]


def answers(texts, model=None):
    """What `cuecard match` prints, on this processor or on a model of qemu's."""
    emulated = ["qemu-x86_64", "-cpu", model] if model else []
    told = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    command = [*emulated, sys.executable, "-c", SCRIPT, "match"]
    done = subprocess.run(command, input=told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-1000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def differences(here, there):
    """A sentence for each answer that is not the same."""
    for one, other in zip(here, there, strict=True):
        if any(one[key] != other[key] for key in ("decision", "playbook", "safety")):
            yield f"“{one['text']}”: {one['decision']} {one['playbook']}, there {other['decision']} {other['playbook']}"
        chances = {each["id"]: each["p"] for each in other["candidates"]}
        furthest = max((abs(each["p"] - chances.get(each["id"], 0.0)) for each in one["candidates"]), default=0.0)
        if furthest > 2 * DIGITS:
            yield f"“{one['text']}”: a probability differs by {furthest:.5f}"


def compare(texts, models):
    """How many answers differ, on all models together; each is told."""
    here = answers(texts)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        there = list(pool.map(lambda model: answers(texts, model), models))
    different = 0
    for model, found in zip(models, there, strict=True):
        told = list(differences(here, found))
        print(f"{model:16} {len(texts)} situations near a bar, {len(told)} come out otherwise")
        print("".join(f"  {sentence}\n" for sentence in told), end="")
        different += len(told)
    return different


def main(models):
    if not shutil.which("qemu-x86_64"):
        print("skipped: qemu-x86_64 is not installed (Debian's package qemu-user)")
        return int(bool(os.environ.get("CUECARD_TEST_ALL")))
    bot = build_bot(Settings.from_env({}))
    return int(compare(near_a_bar(bot, COUNT), models or MODELS) > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
