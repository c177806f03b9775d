"""A fresh process to its first answer, with a warm cache and with none, against a Python that only imports its parts."""

import os
import statistics
import subprocess
import sys
import tempfile
import time

OURS = """
import resource
from bot.settings import Settings
from bot.wiring import build_bot
from bot.domain.situation import Situation
bot = build_bot(Settings.from_env())
bot.ask.ask(Situation("client demands steve's cell, he's off today"))
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_maxrss / 1024, used.ru_utime + used.ru_stime)
"""
YARDSTICK = "import slack_bolt, pydantic, numpy, onnxruntime; print(0, 0)"
TIMES = 7


def timed(script, cache):
    """Seconds until it is done, its memory in MiB, and its seconds of CPU."""
    started = time.perf_counter()
    env = {**os.environ, "XDG_CACHE_HOME": cache}
    out = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True).stdout
    return time.perf_counter() - started, *map(float, out.split())


def main():
    with tempfile.TemporaryDirectory() as warm:
        timed(OURS, warm)
        taken = {"warm": [], "cold": [], "imports alone": []}
        for _ in range(TIMES):
            taken["warm"].append(timed(OURS, warm))
            with tempfile.TemporaryDirectory() as cold:
                taken["cold"].append(timed(OURS, cold))
            taken["imports alone"].append(timed(YARDSTICK, warm))
    plain = statistics.median(one[0] for one in taken.pop("imports alone"))
    for name, found in taken.items():
        wall, memory, cpu = (statistics.median(column) for column in zip(*found, strict=True))
        print(f"{name}   {wall:.2f} s to the first answer (aim 1), {wall / plain:.1f} times the imports alone", end="")
        print(f" ({plain:.2f} s); {cpu:.2f} s of CPU, {memory:.0f} MiB at most")


if __name__ == "__main__":
    main()
