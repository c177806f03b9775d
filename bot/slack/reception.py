"""Receives requests for the door: bodies are read in time and without a thread, so that nobody waits for a slow one."""

import asyncio
import io
from collections.abc import Awaitable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from granian._granian import RSGIProtocolClosed

from bot.slack.door import Answer, Door
from bot.slack.opening import Opening
from bot.slack.refusals import Refusal

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

BODY_SECONDS = 3.0
"""Seconds in which a body must be here; Slack itself gives up on an answer after three."""
SMALL, LARGE = 16_384, 64
"""Bytes of a body that is always read, and how many larger ones are read at the same time: memory is bounded.

Of more, the one that has been coming for the longest is given up: Slack's own are here within a moment.
"""
THREADS, READERS = 16, 2
"""Threads that answer Slack, and those that answer whoever looks how Cuecard is."""
HEADERS = ("x-slack-request-timestamp", "x-slack-signature", "x-slack-retry-num", "x-slack-retry-reason")
"""What is read of a request's head, beside its length and type."""


class Headers(Protocol):
    """The head of a request, as RSGI has it."""

    def get(self, key: str, default: str = "") -> str:
        """One header, by its name in small letters."""


class Scope(Protocol):
    """What RSGI says of a request."""

    method: str
    path: str
    query_string: str

    @property
    def headers(self) -> Headers:
        """Its head."""


class Protocols(Protocol):
    """What RSGI reads a body with, and answers with."""

    def __call__(self) -> Awaitable[bytes]:
        """The whole body."""

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """Send the whole answer."""


class Reception:
    """An RSGI app before the door. The head is judged first; a thread is taken only for a request that is all here."""

    def __init__(self, door: Door, opening: Opening) -> None:
        self._door = door
        self._opening = opening
        self._large: dict[asyncio.Timeout, None] = {}
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="question")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="page")

    async def __call__(self, scope: Scope, protocol: Protocols) -> None:
        """Serve one request."""
        environ = _environ(scope)
        answer = self._door.refuses(environ) or await self._answer(environ, protocol)
        protocol.response_bytes(answer.status, list(answer.headers), answer.body)

    async def _answer(self, environ: "WSGIEnvironment", protocol: Protocols) -> Answer:
        loop = asyncio.get_running_loop()
        if self._door.is_page(environ):
            return await loop.run_in_executor(self._readers, self._door.answers, environ)
        try:
            body = await self._read(int(environ["CONTENT_LENGTH"]), protocol)
        except (TimeoutError, RSGIProtocolClosed):
            return self._door.refuse(Refusal.SLOW)
        await self._opening.moment(body)
        environ["wsgi.input"] = io.BytesIO(body)
        return await loop.run_in_executor(self._threads, self._door.answers, environ)

    async def _read(self, size: int, protocol: Protocols) -> bytes:
        async with asyncio.timeout(BODY_SECONDS) as limit:
            if size <= SMALL:
                return await protocol()
            with self._among_large(limit):
                return await protocol()

    @contextmanager
    def _among_large(self, limit: asyncio.Timeout) -> Iterator[None]:
        if len(self._large) >= LARGE:
            oldest = next(iter(self._large))
            del self._large[oldest]
            if not oldest.expired():
                oldest.reschedule(0)
        self._large[limit] = None
        try:
            yield
        finally:
            self._large.pop(limit, None)


def _environ(scope: Scope) -> "WSGIEnvironment":
    headers = scope.headers
    return {
        "REQUEST_METHOD": scope.method,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "PATH_INFO": scope.path,
        "QUERY_STRING": scope.query_string,
        "CONTENT_TYPE": headers.get("content-type", ""),
        "CONTENT_LENGTH": headers.get("content-length", ""),
        **{f"HTTP_{name.upper().replace('-', '_')}": headers.get(name, "") for name in HEADERS},
    }
