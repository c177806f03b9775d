"""SIGTERM with everything open: idle, half-sent, unfinished and unread, and Slack that hangs."""

import json
import socket
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parents[1]))

from server import SERVES, People, Server, free_port, head, opened, workplace

MOST = 3.0
ROUNDS = 3


def press(people, url, number):
    action = {"type": "button", "action_id": "menu", "block_id": "card", "value": "{}", "action_ts": str(number)}
    payload = {"type": "block_actions", "user": {"id": "U1"}, "team": {"id": "T0DEMO"}, "actions": [action]}
    return people.send(urlencode({"payload": json.dumps({**payload, "response_url": url})}).encode())


def main():
    well = True
    for _ in range(ROUNDS):
        port = free_port()
        with (
            tempfile.TemporaryDirectory() as folder,
            Server(workplace(Path(folder), port)) as server,
            socket.create_server(("127.0.0.1", 0), backlog=64) as hanging,
        ):
            server.until(SERVES)
            people = People(port)
            address = f"http://127.0.0.1:{hanging.getsockname()[1]}/"
            pressed = [press(people, address, number) for number in range(16)]
            held = [
                *opened(port, 64),
                *opened(port, 64, b"POST /slack/events HTTP/1.1\r\n"),
                *opened(port, 64, head(1000) + b"abc"),
                *opened(port, 64, head(490_000) + b"a" * 100_000),
                *opened(port, 64, b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"),
            ]
            took, code = server.stop(), server.process.returncode
            good = took <= MOST and code == 0 and pressed == [200] * 16
            well = well and good
            print(
                f"{len(held)} connections open, {pressed.count(200)} answers under way: ended with {code} after {took:.1f} s"
            )
            for one in held:
                one.close()
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
