"""Slack's Web API and response URLs on loopback, with Slack's own rules and error codes."""

import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

TRIGGER_SECONDS = 3
ANSWER_SECONDS = 30 * 60
ANSWERS = 5


@dataclass(slots=True)
class Address:
    """A response URL: when it was made, and the messages that were posted to it."""

    made: float
    messages: list[dict[str, Any]] = field(default_factory=list)


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True


class WebApi:
    """State and rules; `serve` puts it on a loopback port."""

    def __init__(self, channels: tuple[str, ...] = ("C0DUTY",)) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self._channels = channels
        self._triggers: dict[str, float] = {}
        self._addresses: dict[str, Address] = {}
        self._arrived = threading.Condition()
        self._server: ThreadingHTTPServer | None = None

    def serve(self) -> None:
        """Listen on a free loopback port until `close`."""
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()

    @property
    def url(self) -> str:
        """Where it listens, for WebClient's base_url."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.server_port}/api/"

    def new_trigger(self) -> str:
        """A trigger_id: good once, for three seconds."""
        trigger = secrets.token_hex(8)
        self._triggers[trigger] = time.monotonic()
        return trigger

    def new_address(self) -> str:
        """A response URL: good five times within half an hour."""
        name = secrets.token_hex(8)
        self._addresses[name] = Address(time.monotonic())
        return self.url.replace("/api/", f"/answer/{name}")

    def answers(self, url: str, count: int, seconds: float = 5.0) -> list[dict[str, Any]]:
        """The messages posted to a response URL, once there are `count` of them or the seconds are over."""
        found = self._addresses[url.rsplit("/", 1)[-1]].messages
        with self._arrived:
            self._arrived.wait_for(lambda: len(found) >= count, seconds)
        return list(found)

    def called(self, method: str, seconds: float = 5.0) -> dict[str, Any]:
        """What the last call of a Web API method held, once there is one; empty when the seconds are over."""

        def last() -> dict[str, Any] | None:
            return next((held for name, held in reversed(self.calls) if name == method), None)

        with self._arrived:
            self._arrived.wait_for(lambda: last() is not None, seconds)
        return last() or {}

    def answer(self, name: str, message: dict[str, Any]) -> tuple[int, str]:
        """Take a message for a response URL."""
        address = self._addresses.get(name)
        if address is None:
            return 404, "no_such_url"
        if time.monotonic() - address.made > ANSWER_SECONDS or len(address.messages) >= ANSWERS:
            return 404, "used_url"
        with self._arrived:
            address.messages.append(message)
            self._arrived.notify_all()
        return 200, "ok"

    def call(self, method: str, held: dict[str, Any]) -> dict[str, Any]:
        """Answer one Web API call as Slack would."""
        with self._arrived:
            self.calls.append((method, held))
            self._arrived.notify_all()
        if method == "auth.test":
            return {"ok": True, "team_id": "T0DEMO", "team": "The Lantern", "user_id": "U0CUECARD", "bot_id": "B0CUE"}
        if method == "views.open":
            return self._open(held)
        if method == "chat.postMessage":
            return {"ok": True, "ts": "1.0"} if held.get("channel") in self._channels else _error("channel_not_found")
        return _error("unknown_method")

    def _open(self, held: dict[str, Any]) -> dict[str, Any]:
        made = self._triggers.pop(str(held.get("trigger_id")), None)
        if made is None:
            return _error("exchanged_trigger_id")
        if time.monotonic() - made > TRIGGER_SECONDS:
            return _error("expired_trigger_id")
        return {"ok": True, "view": {"id": "V1"}}


def _error(code: str) -> dict[str, Any]:
    return {"ok": False, "error": code}


def _handler(api: WebApi) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            kind, _, name = self.path.strip("/").partition("/")
            held = _read(raw, self.headers.get("Content-Type", ""))
            if kind == "answer":
                status, text = api.answer(name, held)
            else:
                status, text = 200, json.dumps(api.call(name, held))
            self.send_response(status)
            self.send_header("Content-Type", "application/json" if kind == "api" else "text/plain")
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing: what passes here is people's own words."""

    return Handler


def _read(raw: str, kind: str) -> dict[str, Any]:
    if kind.startswith("application/json"):
        found: dict[str, Any] = json.loads(raw)
        return found
    return {name: values[0] for name, values in parse_qs(raw).items()}
