"""A fresh process to its first answer, with a warm cache, against a Python that only imports slack_bolt and pydantic."""

import statistics
import subprocess
import sys
import time

OURS = """
import resource
from bot.settings import Settings
from bot.wiring import build_bot
from bot.domain.situation import Situation
bot = build_bot(Settings.from_env())
bot.ask.ask(Situation("client demands steve's cell, he's off today"))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
YARDSTICK = "import slack_bolt, pydantic, numpy, onnxruntime"


def timed(script):
    started = time.perf_counter()
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    return time.perf_counter() - started, out


def main():
    timed(OURS)
    pairs = [(timed(OURS), timed(YARDSTICK)[0]) for _ in range(7)]
    ours = statistics.median(pair[0][0] for pair in pairs)
    plain = statistics.median(pair[1] for pair in pairs)
    print(f"start to first answer {ours:.2f} s (aim 1), {ours / plain:.1f} times the imports alone ({plain:.2f} s)")
    print(f"resident at most      {float(pairs[-1][0][1]):.0f} MiB")


if __name__ == "__main__":
    main()
