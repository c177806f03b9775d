"""Slack's Web API and response URLs on loopback, with Slack's own rules and error codes."""

import contextlib
import json
import threading
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from bot.playground import chat, directory, forms
from bot.playground.exchanges import Exchange
from bot.playground.refused import ApiError, RateLimited
from bot.playground.scopes import check_scope
from bot.playground.stand_in import Slack
from bot.playground.troubles import RESPONSE_URL, Troubles

Held = dict[str, Any]
METHODS: Mapping[str, Callable[[Slack, Held], Held]] = {
    "auth.test": directory.auth_test,
    "chat.delete": chat.delete,
    "chat.postEphemeral": chat.post_ephemeral,
    "chat.postMessage": chat.post_message,
    "chat.update": chat.update,
    "conversations.info": directory.conversation_info,
    "conversations.list": directory.conversation_list,
    "conversations.open": directory.open_conversation,
    "users.info": directory.user_info,
    "users.list": directory.user_list,
    "views.open": forms.open_view,
    "views.publish": forms.publish_view,
    "views.push": forms.push_view,
    "views.update": forms.update_view,
}
_IN_JSON = ("view", "blocks", "attachments", "metadata")
"""Arguments that travel as JSON inside a form."""


class WebApi:
    """Answers the app's calls from the state of a workspace; `serve` puts it on a loopback port."""

    def __init__(self, slack: Slack | None = None) -> None:
        self.slack = slack or Slack()
        self.calls: list[tuple[str, Held]] = []
        self.troubles = Troubles()
        self._server: ThreadingHTTPServer | None = None

    def serve(self) -> None:
        """Listen on a free loopback port until `close`."""
        self._server = _Server(self)
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self.troubles.release()
        if self._server:
            self._server.shutdown()
            self._server.server_close()

    @property
    def url(self) -> str:
        """Where it listens, for WebClient's base_url."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.server_port}/api/"

    def new_trigger(self, user: str = "U0EMPLOYEE") -> str:
        """A trigger_id: good once, for three seconds."""
        with self.slack.bell:
            return self.slack.triggers.new(user)

    def new_address(self, user: str = "U0EMPLOYEE", channel: str = "C0SHOP", message: str = "") -> str:
        """A response URL: good five times within half an hour."""
        with self.slack.bell:
            name = self.slack.addresses.new(user, channel, message)
        return self.url.replace("/api/", f"/answer/{name}")

    def answers(self, url: str, count: int, seconds: float = 5.0) -> list[Held]:
        """The messages posted to a response URL, once there are `count` of them or the seconds are over."""
        found = self.slack.addresses.posted(url.rsplit("/", 1)[-1])
        self.slack.bell.until(lambda: len(found) >= count, seconds)
        return list(found)

    def called(self, method: str, seconds: float = 5.0) -> Held:
        """What the last call of a Web API method held, once there is one; empty when the seconds are over."""

        def last() -> Held | None:
            return next((held for name, held in reversed(self.calls) if name == method), None)

        self.slack.bell.until(lambda: last() is not None, seconds)
        return last() or {}

    def answer(self, name: str, held: Held) -> tuple[int, Held]:
        """Take a message for a response URL."""
        with self.slack.bell:
            try:
                self.slack.answer(name, held)
            except ApiError as refused:
                gone = refused.code.endswith("_url")
                return HTTPStatus.NOT_FOUND if gone else HTTPStatus.BAD_REQUEST, refused.body()
        return HTTPStatus.OK, {"ok": True}

    def call(self, method: str, held: Held, token: str) -> Held:
        """Answer one Web API call as Slack would. Raises RateLimited when there were too many."""
        with self.slack.bell:
            self.calls.append((method, held))
            try:
                return {"ok": True, **self._called(method, held, token)}
            except RateLimited:
                raise
            except ApiError as refused:
                return refused.body()

    def _called(self, method: str, held: Held, token: str) -> Held:
        if method not in METHODS:
            raise ApiError("unknown_method")
        if token != self.slack.token:
            raise ApiError("invalid_auth" if token else "not_authed")
        check_scope(method, self.slack.scopes)
        self.slack.rates.count(method, str(held.get("channel", "")))
        return METHODS[method](self.slack, held)


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True

    def __init__(self, api: WebApi) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.api = api


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        started, at = time.perf_counter(), time.time()
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode(errors="replace")
        kind, _, name = self.path.strip("/").partition("/")
        status, answer, more = self._answer(kind, name, raw)
        text = json.dumps(answer)
        # Whoever waited for what hung has gone.
        with contextlib.suppress(ConnectionError):
            self._send(status, text, more)
        exchange = Exchange(
            inwards=False,
            kind="web api" if kind == "api" else "response url",
            name=name if kind == "api" else "response_url",
            at=at,
            milliseconds=1000 * (time.perf_counter() - started),
            status=status,
            summary="ok" if answer["ok"] else answer["error"],
            url=f"http://{self.headers.get('Host', '')}{self.path}",
            headers={"Content-Type": self.headers.get("Content-Type", "")},
            body=raw,
            answer=text,
        )
        with self.server.api.slack.bell:
            self.server.api.slack.exchanges.add(exchange)

    def _answer(self, kind: str, name: str, raw: str) -> tuple[int, Held, dict[str, str]]:
        try:
            held = _read(raw, self.headers.get("Content-Type", ""))
        except ValueError:
            return HTTPStatus.OK, ApiError("invalid_json").body(), {}
        if trouble := self.server.api.troubles.meet(RESPONSE_URL if kind == "answer" else name):
            return trouble.answer()
        if kind == "answer":
            return *self.server.api.answer(name, held), {}
        token = self.headers.get("Authorization", "").removeprefix("Bearer ") or str(held.pop("token", ""))
        try:
            return HTTPStatus.OK, self.server.api.call(name, held, token), {}
        except RateLimited as limited:
            return HTTPStatus.TOO_MANY_REQUESTS, limited.body(), {"Retry-After": str(limited.seconds)}

    def _send(self, status: int, text: str, more: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **more}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text.encode())

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The Date header, by this Slack's own clock."""
        return super().date_time_string(self.server.api.slack.clock() if timestamp is None else timestamp)

    def log_message(self, *_: object) -> None:
        """Say nothing: what passes here is people's own words."""


def _read(raw: str, kind: str) -> Held:
    """The arguments of a call. Raises ValueError where they are no JSON."""
    if kind.startswith("application/json"):
        found = json.loads(raw or "{}")
        if not isinstance(found, dict):
            raise ValueError
        return found
    held: Held = {name: values[0] for name, values in parse_qs(raw, keep_blank_values=True).items()}
    return {name: json.loads(value) if name in _IN_JSON else value for name, value in held.items()}
