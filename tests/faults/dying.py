"""kill -9 of a web process and of `serve` itself, under load: what was lost, and when it answers again."""

import os
import signal
import socket
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from server import SERVES, People, Server, free_port, workplace

KILLS, RATE, APART = 5, 25, 7.0
"""Granian takes a process that dies twice within 5.5 s for one that cannot run, and ends."""


def main():
    port, well = free_port(), True
    with tempfile.TemporaryDirectory() as folder:
        env = workplace(Path(folder), port)
        with Server(env) as server:
            server.until(SERVES)
            people = People(port)
            with people.asking(RATE):
                for number in range(KILLS):
                    os.kill(server.worker, signal.SIGKILL)
                    server.until(SERVES, number + 2)
                    time.sleep(APART)
            lost = {name: count for name, count in people.outcomes.items() if name != 200}
            asked = sum(people.outcomes.values())
            refused = lost.pop("ConnectionRefusedError", 0)
            well = well and not refused and sum(lost.values()) <= KILLS * 2
            print(f"a web process killed {KILLS} times: {asked} asked, {refused} refused, lost in its hands: {lost}")
            killed = time.monotonic()
            os.kill(server.process.pid, signal.SIGKILL)
            while not free(port):
                time.sleep(0.05)
            print(f"serve killed: its port was free after {time.monotonic() - killed:.1f} s")
            well = well and time.monotonic() - killed < 5
    return 0 if well else 1


def free(port):
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("0.0.0.0", port))
        except OSError:
            return False
        return True


if __name__ == "__main__":
    sys.exit(main())
