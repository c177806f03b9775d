"""The page of what was missing over 5,000 gaps: CPU until its first page is there, against one `/cue` in turns."""

import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.domain.asker import Asker
from bot.domain.gap import Gap
from bot.domain.situation import Situation
from bot.library.situations import load_situations
from bot.services.gaps import OpenGaps
from bot.settings import Settings
from bot.storage.database import connect
from bot.storage.kept import keep_in
from bot.storage.schema import migrate
from bot.wiring import build_bot

COUNT, TIMES = 5000, 5
JO = Asker("T0DEMO", "U0OWNER")


class Everybody:
    """Lets everybody in: who may is not what is timed."""

    def check_edit(self, _workspace, _person):
        """Nothing to say."""


def cpu(call):
    """Seconds of CPU of this thread: what is grouped beside keeps nobody waiting."""
    used = time.thread_time()
    call()
    return time.thread_time() - used


def main():
    settings = Settings.from_env({})
    bot = build_bot(settings)
    told, _ = load_situations(settings.playbooks)
    with tempfile.TemporaryDirectory() as folder:
        engine = connect(f"sqlite:///{Path(folder) / 'gaps.db'}")
        migrate(engine)
        kept, at = keep_in(engine), datetime(2026, 1, 31, 12, tzinfo=UTC)
        for number, situation in enumerate(told[:COUNT]):
            day = at - timedelta(days=number % 90)
            kept.gaps.add(Gap(id=f"g{number:05}", workspace="T0DEMO", site="", text=situation.text, at=day))
        one = statistics.median(cpu(lambda: bot.ask.ask(Situation("her card was declined"))) for _ in range(TIMES))
        gaps = OpenGaps(kept.gaps, bot.shelves.at, Everybody())
        started = time.perf_counter()
        first = cpu(lambda: gaps.groups(JO))
        print(f"first page   {first:.2f} s of CPU (aim 0.5), {first / one:.0f} times one answer ({1000 * one:.0f} ms)")
        while gaps.groups(JO).left:
            time.sleep(0.2)
        print(f"all grouped  after {time.perf_counter() - started:.0f} s, beside")
        again = statistics.median(cpu(lambda: gaps.groups(JO)) for _ in range(TIMES))
        print(f"once grouped {again:.2f} s of CPU")
        engine.dispose()


if __name__ == "__main__":
    main()
