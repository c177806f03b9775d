"""200 questions while strangers hold the door: idle, half a head, an unfinished body, one byte at a time, too large."""

import contextlib
import sys
import tempfile
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from server import SERVES, People, Server, free_port, head, opened, workplace

COUNT, RATE = 200, 25
BAR = 3.0
"""How much longer the slowest in a hundred may take than when nobody else is there."""


@contextlib.contextmanager
def held(port, count, sent, drip=b""):
    """So many connections, each opened again when it is closed; `drip` is sent on each every tenth of a second."""
    stopped, found = threading.Event(), opened(port, count, sent)

    def hold():
        while not stopped.wait(0.1):
            for place, one in enumerate(found):
                try:
                    one.setblocking(False)
                    closed = one.recv(1000) == b""
                    one.sendall(drip)
                except BlockingIOError:
                    closed = False
                    if drip:
                        with contextlib.suppress(OSError):
                            one.sendall(drip)
                except OSError:
                    closed = True
                if closed:
                    one.close()
                    found[place] = opened(port, 1, sent)[0]

    keeper = threading.Thread(target=hold)
    keeper.start()
    try:
        yield
    finally:
        stopped.set()
        keeper.join()
        for one in found:
            one.close()


def main():
    port = free_port()
    cases = {
        "quiet": (0, b"", b""),
        "64 idle": (64, b"", b""),
        "300 idle": (300, b"", b""),
        "300 half heads": (300, b"POST /slack/events HTTP/1.1\r\nHost: x\r\n", b""),
        "64 unfinished bodies": (64, head(1000) + b"abc", b""),
        "300 unfinished bodies": (300, head(1000) + b"abc", b""),
        "64 large unfinished bodies": (64, head(490_000) + b"a" * 100_000, b""),
        "64 slow bodies": (64, head(100_000) + b"abc", b"a"),
        "64 too large": (64, head(10**9) + b"a" * 10_000, b""),
        "64 unsigned": (64, b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n\r\nabc", b""),
        "64 chunked": (
            64,
            b"POST /slack/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc",
            b"",
        ),
    }
    well, quiet = True, 0.0
    with tempfile.TemporaryDirectory() as folder, Server(workplace(Path(folder), port)) as server:
        server.until(SERVES)
        People(port).many(COUNT, RATE)
        for name, (count, sent, drip) in cases.items():
            people = People(port)
            with held(port, count, sent, drip):
                people.many(COUNT, RATE)
            slow = people.percentile(0.99)
            quiet = quiet or slow
            good = people.outcomes == {200: COUNT} and slow <= BAR * quiet
            well = well and good
            times = f"p50 {people.percentile(0.5):6.1f} ms, p99 {slow:6.1f} ms ({slow / quiet:.1f} x quiet)"
            print(f"{name:27} answered {people.outcomes[200]} of {COUNT}, {times}{'' if good else '  MISSED'}")
        print(f"stopped after {server.stop():.1f} s")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
