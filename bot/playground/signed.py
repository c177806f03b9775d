"""Slack's side of a request: signs it as Slack does and hands it to the app over WSGI."""

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


class Signed:
    """Posts forms to the app, signed with its secret."""

    def __init__(self, app: "WSGIApplication", secret: str) -> None:
        self._app = app
        self._verifier = SignatureVerifier(secret)

    def post(self, form: Mapping[str, str], at: float | None = None) -> Answered:
        """Post a form as Slack would at the Unix time `at` (now unless given)."""
        body = urlencode(form).encode()
        return self.send(body, self.headers(body, at))

    def headers(self, body: bytes, at: float | None = None) -> dict[str, str]:
        """The two headers that Slack signs a body with."""
        timestamp = str(int(time.time() if at is None else at))
        signature = self._verifier.generate_signature(timestamp=timestamp, body=body)
        return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature or ""}

    def send(self, body: bytes, headers: Mapping[str, str], path: str = "/slack/events") -> Answered:
        """Send bytes with headers as they are."""
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "POST",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
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
