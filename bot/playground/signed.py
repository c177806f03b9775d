"""Slack's side of a request: signs it as Slack does and hands it to the app, over WSGI or over HTTP."""

import http.client
import io
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

PATH = "/slack/events"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
SECONDS = 3.0
"""How long Slack waits for an acknowledgement."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What the app answered: the status, and the body as text."""

    status: int
    body: str

    @property
    def message(self) -> dict[str, Any]:
        """The body read as JSON."""
        found: dict[str, Any] = json.loads(self.body)
        return found


class Signature:
    """Signs bodies with the app's secret."""

    def __init__(self, secret: str) -> None:
        self._verifier = SignatureVerifier(secret)

    def headers(self, body: bytes, at: float | None = None) -> dict[str, str]:
        """The two headers that Slack signs a body with, at the Unix time `at` (now unless given)."""
        timestamp = str(int(time.time() if at is None else at))
        signature = self._verifier.generate_signature(timestamp=timestamp, body=body)
        return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature or ""}


class Signed(Signature):
    """Posts forms to an app in this process, over WSGI."""

    def __init__(self, app: "WSGIApplication", secret: str) -> None:
        super().__init__(secret)
        self._app = app

    def post(self, form: Mapping[str, str], at: float | None = None) -> Answered:
        """Post a form as Slack would at the Unix time `at` (now unless given)."""
        body = urlencode(form).encode()
        return self.send(body, self.headers(body, at))

    def send(self, body: bytes, headers: Mapping[str, str], path: str = PATH) -> Answered:
        """Send bytes with headers as they are; a form unless Content-Type says otherwise."""
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "POST",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "CONTENT_TYPE": headers.get("Content-Type", FORM),
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()},
        }
        started: list[str] = []
        written: list[bytes] = []

        def start(status: str, *_: object) -> Callable[[bytes], object]:
            started.append(status)
            return written.append

        written.extend(self._app(environ, start))
        return Answered(int(started[0].split()[0]), b"".join(written).decode())


class Late(Exception):
    """The app did not answer in time, or not at all."""


class Line(Signature):
    """Posts to an app on a loopback port, over HTTP, and waits for its answer as long as Slack does."""

    def __init__(self, port: int, secret: str, seconds: float = SECONDS) -> None:
        super().__init__(secret)
        self._port = port
        self._seconds = seconds

    @property
    def url(self) -> str:
        """Where requests go."""
        return f"http://127.0.0.1:{self._port}{PATH}"

    def send(self, body: bytes, headers: Mapping[str, str]) -> Answered:
        """Send bytes with headers as they are. Raises Late."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=self._seconds)
        try:
            connection.request("POST", PATH, body, dict(headers))
            found = connection.getresponse()
            return Answered(found.status, found.read().decode(errors="replace"))
        except (OSError, http.client.HTTPException):
            raise Late from None
        finally:
            connection.close()
