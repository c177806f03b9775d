"""The front door: lets in what Slack signed within the last five minutes, once, and turns everything else away."""

import io
import re
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING

from slack_sdk.signature import Clock, SignatureVerifier

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

MAX_BODY = 500_000
"""Bytes of a request; Slack's largest views stay below 250 kB, form-encoded below twice that."""
WINDOW = 300
"""Seconds for which Slack's signature holds (docs.slack.dev, verifying requests from Slack)."""
Page = Callable[[], tuple[int, str, bytes]]
"""What anybody may read at one path: the status, the content type and the bytes."""
_TIMESTAMP = re.compile(r"\d{1,12}", re.ASCII)
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")


def health() -> tuple[int, str, bytes]:
    """That a web process is up."""
    return 200, "text/plain; charset=utf-8", b"Cuecard is up."


class Door:
    """WSGI middleware. Answers 401, 404 or 413 itself, says nothing of the body, and logs nothing of it."""

    def __init__(
        self,
        inside: "WSGIApplication",
        signing_secret: str,
        clock: Callable[[], float] = time.time,
        pages: Mapping[str, Page] | None = None,
        refused: Callable[[str], object] = str,
    ) -> None:
        """`pages` are what anybody may read, by path; `refused` hears why somebody was turned away."""
        self._inside = inside
        self._pages: Mapping[str, Page] = {"/health": health} if pages is None else pages
        self._refused = refused
        self._verifier = SignatureVerifier(signing_secret, clock=_SdkClock(clock))
        self._seen = SeenOnce(clock)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Serve one request."""
        asked = environ.get("REQUEST_METHOD", ""), environ.get("PATH_INFO", "")
        if page := self._pages.get(asked[1]):
            status, kind, found = page()
            start_response(f"{status} {HTTPStatus(status).phrase}", [("Content-Type", kind)])
            return [found]
        if asked != ("POST", "/slack/events"):
            return _answer(start_response, "404 Not Found", "Nothing is here; Slack posts to /slack/events.")
        size = str(environ.get("CONTENT_LENGTH") or "0")
        if not _TIMESTAMP.fullmatch(size) or int(size) > MAX_BODY:
            self._refused("size")
            return _answer(start_response, "413 Content Too Large", "This request is too large.")
        body = environ["wsgi.input"].read(int(size))
        if not self._trusts(environ, body):
            self._refused("forged")
            return _answer(start_response, "401 Unauthorized", "This request is not signed by Slack, or came before.")
        environ["wsgi.input"] = io.BytesIO(body)
        try:
            return self._inside(environ, start_response)
        except (ValueError, KeyError, TypeError, AttributeError):
            # Bolt reads into a body before it looks at its form.
            return _answer(start_response, "400 Bad Request", "This request is not of Slack's form.")

    def _trusts(self, environ: "WSGIEnvironment", body: bytes) -> bool:
        timestamp = str(environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", ""))
        signature = str(environ.get("HTTP_X_SLACK_SIGNATURE", ""))
        if not _TIMESTAMP.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
            return False
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            return False
        return self._verifier.is_valid(text, timestamp, signature) and self._seen.first(signature)


class SeenOnce:
    """Remembers signatures for as long as they hold, so that a replayed request is turned away."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._until: dict[str, float] = {}
        self._lock = threading.Lock()

    def first(self, signature: str) -> bool:
        """Whether this signature comes for the first time."""
        now = self._clock()
        with self._lock:
            while self._until and next(iter(self._until.values())) <= now:
                del self._until[next(iter(self._until))]
            if signature in self._until:
                return False
            # A timestamp may lie the whole window ahead of this clock.
            self._until[signature] = now + 2 * WINDOW
            return True


class _SdkClock(Clock):
    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock()


def _answer(start_response: "StartResponse", status: str, text: str) -> Iterable[bytes]:
    start_response(status, [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(text)))])
    return [text.encode("ascii")]
