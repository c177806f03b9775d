"""The front door: lets in what Slack signed within the last five minutes, once, and turns everything else away."""

import io
import re
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from slack_sdk.signature import Clock, SignatureVerifier

from bot.slack import shape
from bot.slack.refusals import SAID, WINDOW, Refusal, Refusals

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

PATH = "/slack/events"
MAX_BODY = 500_000
"""Bytes of a request; Slack's largest views stay below 250 kB, form-encoded below twice that."""
MAX_PROBE = 1000
"""Bytes of the one request that Slack does not sign: it looks whether the certificate is well."""
PLAIN = "text/plain; charset=utf-8"
_NUMBER = re.compile(r"\d{1,12}", re.ASCII)
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")

Page = Callable[[], tuple[int, str, bytes]]
"""What anybody may read at one path: the status, the content type and the bytes."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer over HTTP."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def health() -> tuple[int, str, bytes]:
    """That a web process is up."""
    return 200, PLAIN, b"Cuecard is up."


class Door:
    """WSGI middleware. Answers what is not Slack's itself, says nothing of a body, and logs nothing of it.

    `refuses` judges a request by its head alone, so that whoever reads bodies need not read one in vain.
    """

    def __init__(
        self,
        inside: "WSGIApplication",
        signing_secret: str,
        clock: Callable[[], float] = time.time,
        pages: Mapping[str, Page] | None = None,
        refused: Callable[[str], object] = str,
    ) -> None:
        """`pages` are what anybody may read, by path; `refused` hears why somebody stays out."""
        self._refusals = Refusals(clock, refused)
        self._inside = inside
        self._clock = clock
        self._verifier = SignatureVerifier(signing_secret, clock=_SdkClock(clock))
        self._seen = SeenOnce(clock)
        self._pages: Mapping[str, Page] = {"/health": health} if pages is None else pages

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Serve one request."""
        answer = self.refuses(environ) or self.answers(environ)
        start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", list(answer.headers))
        return [answer.body]

    def is_page(self, environ: "WSGIEnvironment") -> bool:
        """Whether a request asks for what anybody may read."""
        return environ.get("PATH_INFO", "") in self._pages

    def refuses(self, environ: "WSGIEnvironment") -> Answer | None:
        """The answer to a request that its head alone keeps out; None where the rest must be read."""
        path, method = environ.get("PATH_INFO", ""), environ.get("REQUEST_METHOD", "")
        if self.is_page(environ):
            return None
        if (method, path) == ("POST", PATH):
            return self._weighed(environ) or self._dated(environ)
        probed = path == PATH and _is_probe(str(environ.get("QUERY_STRING", "")))
        return _probed() if probed else self.refuse(Refusal.PATH)

    def answers(self, environ: "WSGIEnvironment") -> Answer:
        """The answer to a request that its head lets in; reads its body."""
        if page := self._pages.get(environ.get("PATH_INFO", "")):
            status, kind, found = page()
            return _answer(status, kind, found)
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        timestamp, signature = _signed(environ)
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            return self.refuse(Refusal.FORGED)
        if not signature:
            return _probed() if _is_probe(text) else self.refuse(Refusal.UNSIGNED)
        if not self._verifier.is_valid(text, timestamp, signature):
            return self.refuse(Refusal.FORGED)
        if not self._seen.first(signature):
            return self.refuse(Refusal.AGAIN)
        return self._let_in(environ, text)

    def refuse(self, reason: Refusal, age: float = 0.0) -> Answer:
        """Turn a request away, and tell of it."""
        self._refusals.add(reason, age)
        status, sentence = SAID[reason]
        return _answer(status, PLAIN, sentence.encode())

    def _weighed(self, environ: "WSGIEnvironment") -> Answer | None:
        size = str(environ.get("CONTENT_LENGTH") or "")
        if not size:
            return self.refuse(Refusal.LENGTH)
        return None if _NUMBER.fullmatch(size) and int(size) <= MAX_BODY else self.refuse(Refusal.SIZE)

    def _dated(self, environ: "WSGIEnvironment") -> Answer | None:
        timestamp, signature = _signed(environ)
        if not timestamp and not signature and int(environ["CONTENT_LENGTH"]) <= MAX_PROBE:
            return None
        if not _NUMBER.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
            return self.refuse(Refusal.UNSIGNED)
        age = self._clock() - int(timestamp)
        return self.refuse(Refusal.STALE, age) if abs(age) > WINDOW else None

    def _let_in(self, environ: "WSGIEnvironment", text: str) -> Answer:
        started: list[tuple[int, tuple[tuple[str, str], ...]]] = []
        written: list[bytes] = []

        def start(status: str, headers: list[tuple[str, str]], *_: object) -> Callable[[bytes], object]:
            started.append((int(status.split(maxsplit=1)[0]), tuple(headers)))
            return written.append

        try:
            body = shape.readable(text, str(environ.get("CONTENT_TYPE", ""))).encode()
            environ.update({"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))})
            written.extend(self._inside(environ, start))
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            # Bolt reads into a body before it looks at its form.
            return self.refuse(Refusal.FORM)
        return Answer(*started[0], b"".join(written))


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


def _signed(environ: "WSGIEnvironment") -> tuple[str, str]:
    names = "HTTP_X_SLACK_REQUEST_TIMESTAMP", "HTTP_X_SLACK_SIGNATURE"
    timestamp, signature = (str(environ.get(name) or "") for name in names)
    return timestamp, signature


def _is_probe(form: str) -> bool:
    return parse_qs(form).get("ssl_check") == ["1"]


def _probed() -> Answer:
    return _answer(200, PLAIN, b"")


def _answer(status: int, kind: str, body: bytes) -> Answer:
    return Answer(status, (("Content-Type", kind), ("Content-Length", str(len(body)))), body)
