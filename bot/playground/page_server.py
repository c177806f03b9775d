"""The page's own server: its files, a stream of what there is to see, and what people do there."""

import json
import os
import threading
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

from bot.playground.assets import find_asset
from bot.playground.guard import HEADERS, MAX_BODY, refusal
from bot.playground.said import Said

HEARTBEAT = 15.0
"""Seconds after which a quiet stream shows that it is alive."""
CLIENTS = 32
"""Streams at once: each takes a thread."""
IDLE = 60
"""Seconds after which a connection that says nothing is dropped."""


class Room(Protocol):
    """What is played, as its page sees it."""

    def state(self, user: str) -> dict[str, Any]:
        """Everything that a person sees. Raises Said."""

    def wait(self, seen: int, seconds: float) -> int:
        """The number of changes, once there is another than `seen` or the seconds are over."""

    def exchange(self, number: str) -> dict[str, Any]:
        """One exchange in full. Raises Said."""

    def do(self, name: str, held: Mapping[str, Any]) -> dict[str, Any]:
        """One thing that a person does. Raises Said."""


class PageServer:
    """Serves one room until `close`."""

    def __init__(self, room: Room, host: str, port: int) -> None:
        """Raises OSError where the port is taken or the address is not this machine's."""
        self._server = _Server(room, host, port)

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._server.server_port

    def serve(self) -> None:
        """Serve in a thread of its own."""
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    # Elsewhere this would take a port that another process listens on.
    allow_reuse_address = os.name == "posix"

    def __init__(self, room: Room, host: str, port: int) -> None:
        super().__init__((host, port), _Handler)
        self.room = room
        self.host = host
        self.streams = threading.BoundedSemaphore(CLIENTS)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = IDLE

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        if sentence := self._refusal(posting=False):
            self._json(HTTPStatus.FORBIDDEN, {"ok": False, "error": sentence})
        elif asked.path == "/api/stream":
            self._stream(parse_qs(asked.query).get("user", [""])[0])
        elif asked.path.startswith("/api/exchange/"):
            self._answer(lambda: self.server.room.exchange(asked.path.rpartition("/")[2]))
        else:
            self._file(asked.path)

    def do_POST(self) -> None:
        size = self.headers.get("Content-Length", "")
        if not size.isascii() or not size.isdigit() or int(size) > MAX_BODY:
            self.close_connection = True
            self._json(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {"ok": False, "error": "This is too long; shorten it."})
            return
        raw = self.rfile.read(int(size))
        if sentence := self._refusal(posting=True):
            self._json(HTTPStatus.FORBIDDEN, {"ok": False, "error": sentence})
            return
        self._answer(lambda: self.server.room.do(self.path.removeprefix("/api/"), _object(raw)))

    def _refusal(self, *, posting: bool) -> str:
        headers = {name.title(): value for name, value in self.headers.items()}
        return refusal(headers, self.server.host, posting=posting)

    def _answer(self, make: Callable[[], dict[str, Any]]) -> None:
        try:
            self._json(HTTPStatus.OK, make())
        except Said as said:
            self._json(HTTPStatus.OK, {"ok": False, "error": str(said)})

    def _file(self, path: str) -> None:
        asset = find_asset(path)
        if asset is None:
            self._json(HTTPStatus.NOT_FOUND, {"ok": False, "error": "Nothing is here; the page is at /."})
            return
        packed = asset.packed if "gzip" in self.headers.get("Accept-Encoding", "") else None
        more = {"Content-Encoding": "gzip"} if packed else {}
        self._send(HTTPStatus.OK, packed or asset.held, {"Content-Type": asset.kind, "Vary": "Accept-Encoding", **more})

    def _stream(self, user: str) -> None:
        self.close_connection = True
        try:
            self.server.room.state(user)
        except Said as said:
            self._json(HTTPStatus.NOT_FOUND, {"ok": False, "error": str(said)})
            return
        if not self.server.streams.acquire(blocking=False):
            sentence = "Too many pages are open; close some."
            self._json(HTTPStatus.SERVICE_UNAVAILABLE, {"ok": False, "error": sentence})
            return
        try:
            self._follow(user)
        except OSError:
            # The page was closed.
            return
        finally:
            self.server.streams.release()

    def _follow(self, user: str) -> None:
        self.send_response(HTTPStatus.OK)
        for name, value in {**HEADERS, "Content-Type": "text/event-stream", "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()
        seen = -1
        while True:
            changes = self.server.room.wait(seen, HEARTBEAT)
            text = (
                f"event: state\ndata: {json.dumps(self.server.room.state(user))}\n\n"
                if changes != seen
                else ": still here\n\n"
            )
            self.wfile.write(text.encode())
            self.wfile.flush()
            seen = changes

    def _json(self, status: int, held: dict[str, Any]) -> None:
        self._send(status, json.dumps(held).encode(), {"Content-Type": "application/json"})

    def _send(self, status: int, body: bytes, more: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**HEADERS, **more, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: what passes here is people's own words."""


def _object(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Said("Send one JSON object.")
    return found
