"""The app while it is being built: something answers at once, and what can wait a moment waits for the real one."""

import asyncio
from collections.abc import Iterable
from concurrent.futures import Future
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from bot.safety.danger import find_danger

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

MOMENT = 1.5
"""Seconds that a request waits for the app at most; Slack waits for an answer for three."""
URGENT = 16_384
"""Bytes within which a question is looked through for danger."""


class Opening:
    """A WSGI app: `meanwhile`, until the real one is opened."""

    def __init__(self, meanwhile: "WSGIApplication") -> None:
        self._app = meanwhile
        self._opened: Future[None] = Future()

    def open(self, app: "WSGIApplication") -> None:
        """Hand over to the real app."""
        self._app = app
        self._opened.set_result(None)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Serve one request by whichever app is there."""
        return self._app(environ, start_response)

    async def moment(self, body: bytes) -> None:
        """Wait until the real app is there, for a moment; not at all with a question that speaks of danger."""
        if not self._opened.done() and not _is_urgent(body):
            await asyncio.wait([asyncio.wrap_future(self._opened)], timeout=MOMENT)


def _is_urgent(body: bytes) -> bool:
    form = parse_qs(body.decode(errors="replace")) if len(body) <= URGENT else {}
    return any(find_danger(text, {}) for text in form.get("text", ()))
