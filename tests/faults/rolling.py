"""Restarts under load: a newer Cuecard takes the place of the one that runs, and one restarts behind systemd's socket."""

import os
import socket
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from server import SERVES, STARTING, People, Server, free_port, workplace

ROUNDS, RATE = 4, 25
OF_SYSTEMD = "import os; os.dup2({}, 3); os.environ['LISTEN_PID'] = str(os.getpid()); from bot.cli import main; main()"


def replaced(folder):
    """Each newer one takes the place of the one before."""
    port = free_port()
    env = workplace(folder, port)
    server = Server(env).until(SERVES)
    people = People(port)
    with people.asking(RATE):
        for _ in range(ROUNDS):
            newer = Server(env, "--replace").until(SERVES)
            server.process.wait(60)
            server.__exit__()
            server = newer
    server.stop()
    return people


def restarted(folder):
    """systemd holds the socket while one stops and the next starts."""
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as held:
        port = held.getsockname()[1]
        env = workplace(folder, port, LISTEN_FDS="1")
        people = People(port)

        def start():
            return Server(env, script=OF_SYSTEMD.format(held.fileno()), pass_fds=[held.fileno()])

        server = start().until(SERVES)
        with people.asking(RATE):
            for _ in range(ROUNDS):
                server.stop()
                server = start().until(SERVES)
        server.stop()
    return people


def main():
    os.environ.pop("LISTEN_PID", None)
    well = True
    for name, run in (("--replace", replaced), ("a socket of systemd's", restarted)):
        with tempfile.TemporaryDirectory() as folder:
            people = run(Path(folder))
        asked = sum(people.outcomes.values())
        again = people.outcomes[STARTING]
        lost = asked - people.outcomes[200] - again
        well = well and not lost and not (again and name == "--replace")
        print(
            f"{name}: {ROUNDS} restarts, {asked} asked, {lost} refused or lost, p50 {people.percentile(0.5):.0f} ms, "
            f"p99 {people.percentile(0.99):.0f} ms, {dict(people.outcomes)}"
        )
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
