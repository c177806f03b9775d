"""One answer against one bare forward pass of the encoder, on the same situations, in turns."""

import statistics
import time

from bot.domain.situation import Situation
from bot.library.situations import load_situations
from bot.matching.encoder import Encoder
from bot.settings import Settings
from bot.wiring import build_bot

COUNT = 300


def main():
    settings = Settings.from_env({})
    bot = build_bot(settings)
    encoder = Encoder()
    told, _ = load_situations(settings.playbooks)
    texts = [situation.text for situation in told[:: len(told) // COUNT]][:COUNT]
    read = [" ".join(bot.shelf.matcher.reader.read(text)) for text in texts]
    bare, whole, cpu = [], [], []
    for text, words in zip(texts, read, strict=True):
        started = time.perf_counter()
        encoder.encode(words)
        bare.append(time.perf_counter() - started)
        started, used = time.perf_counter(), time.thread_time()
        bot.ask.ask(Situation(text))
        whole.append(time.perf_counter() - started)
        cpu.append(time.thread_time() - used)
    ratio = statistics.median(b / a for a, b in zip(bare, whole, strict=True))
    print(f"forward pass  {1000 * statistics.median(bare):.2f} ms")
    print(f"whole answer  {1000 * statistics.median(whole):.2f} ms, {1000 * statistics.median(cpu):.2f} ms of CPU")
    print(f"ratio         {ratio:.2f} (aim 1.5)")


if __name__ == "__main__":
    main()
