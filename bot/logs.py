"""One log on one stream: each record a line or a JSON object, with the number of the request that caused it."""

import json
import logging
import re
import secrets
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import ContextVar, copy_context
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

from bot.services.survive import place_of

PLAIN, JSON = "plain", "json"
"""How a record can be written."""
SELDOM = 60.0
"""Seconds between two lines on the same thing that goes wrong again and again."""
_OURS, _TRUSTED = "bot", ("_granian", "alembic")
"""Whose records are written whole, and whose up to the end of the line: a traceback may follow it."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_request: ContextVar[str] = ContextVar("request", default="")
P = ParamSpec("P")
T = TypeVar("T")


@contextmanager
def numbered() -> Iterator[None]:
    """Give a request a number of its own, which every line has that it causes."""
    token = _request.set(new_number())
    try:
        yield
    finally:
        _request.reset(token)


def number() -> str:
    """The number of the request that is being answered; a new one outside of any."""
    return _request.get() or new_number()


def new_number() -> str:
    """Eight hexadecimal digits that stand for one request."""
    return secrets.token_hex(4)


def carried(call: Callable[[], T]) -> Callable[[], T]:
    """The same call, wherever it runs, under the number of the request that is being answered now."""
    here = copy_context()
    return lambda: here.run(call)


class Threads(ThreadPoolExecutor):
    """Threads that work under the number of the request that gave them the work."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run it in one of the threads."""
        return super().submit(carried(lambda: fn(*args, **kwargs)))


class Seldom:
    """Lets through one line a minute on each thing, with how often it has happened since the last."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._told: dict[str, float] = {}
        self._since: dict[str, int] = {}
        self._lock = threading.Lock()

    def count(self, thing: str) -> int:
        """How often it has happened since it was last told, this time too; 0 where that is to wait."""
        now = self._clock()
        with self._lock:
            self._since[thing] = self._since.get(thing, 0) + 1
            if abs(now - self._told.get(thing, -SELDOM)) < SELDOM:
                return 0
            self._told[thing] = now
            return self._since.pop(thing)


def begin(form: str) -> None:
    """Write every record from now on to stderr, as PLAIN or JSON, and what nobody caught as one record too.

    What other packages say is left out, since it may hold what somebody typed; where they said it is told.
    """
    root = logging.getLogger()
    for old in _ours(root):
        root.removeHandler(old)
    handler = _Stderr()
    handler.setFormatter(_AsJson() if form == JSON else _AsLine())
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger(_OURS).setLevel(logging.INFO)
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda told: _uncaught(told.exc_type, told.exc_value, told.exc_traceback)


def begun() -> bool:
    """Whether this process keeps a log."""
    return bool(_ours(logging.getLogger()))


def _ours(root: logging.Logger) -> list[logging.Handler]:
    return [one for one in root.handlers if isinstance(one, _Stderr)]


def for_granian() -> dict[str, Any]:
    """What makes Granian and its web processes write to the same log; the value of its `log_dictconfig`."""
    shared = {"handlers": [], "propagate": True, "level": "INFO"}
    return {"formatters": {}, "handlers": {}, "loggers": {"_granian": shared, "granian.access": shared}}


class _Stderr(logging.StreamHandler[Any]):
    """Python's own prints a record that cannot be written, with all that it holds."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        with suppress(OSError, ValueError):
            self.stream.write(f"A record of {record.name} could not be written.\n")


class _AsLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        at, level, logger, request, message = _parts(record).values()
        return f"{at} {level} {logger} {request or '-'}: {_CONTROL.sub(_escaped, message)}"


class _AsJson(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return json.dumps({**_parts(record), "process": record.process})


def _parts(record: logging.LogRecord) -> Mapping[str, str]:
    at = datetime.fromtimestamp(record.created, UTC)
    error = record.exc_info[1] if record.exc_info else None
    return {
        "at": f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z",
        "level": record.levelname,
        "logger": record.name,
        "request": _request.get(),
        "message": _message(record) + (f" ({type(error).__name__} at {place_of(error)})" if error else ""),
    }


def _message(record: logging.LogRecord) -> str:
    package = record.name.partition(".")[0]
    if package == _OURS:
        return record.getMessage()
    if package in _TRUSTED:
        return record.getMessage().partition("\n")[0]
    return f"{record.module}.py line {record.lineno} has something to say; its words may be somebody's, so look there"


def _escaped(found: re.Match[str]) -> str:
    return ascii(found[0])[1:-1]


def _uncaught(kind: type[BaseException], error: BaseException | None, _traceback: TracebackType | None = None) -> None:
    place = place_of(error) if error else "?"
    logging.getLogger(__name__).critical("nobody caught a %s at %s", kind.__name__, place)
