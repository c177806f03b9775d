"""What can be wrong with Slack: a method that hangs, refuses, or says to come back later; for tests and rehearsals."""

import threading
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

RESPONSE_URL = "response_url"
"""The name that stands for every response URL."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """How one method fails: with Slack's `code`, with an HTTP `status`, or by hanging.

    `retry_after` are the seconds of a 429. It is over after `times` calls (0: it stays).
    """

    code: str = ""
    status: int = HTTPStatus.OK
    retry_after: int | None = None
    hangs: bool = False
    times: int = 0

    def answer(self) -> tuple[int, dict[str, Any], dict[str, str]]:
        """The status, the body and the headers that Slack answers with."""
        more = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        return self.status, {"ok": False, "error": self.code or "internal_error"}, more


class Troubles:
    """Which methods fail now, and how."""

    def __init__(self) -> None:
        self._now: dict[str, tuple[Trouble, int]] = {}
        self._over = threading.Event()
        self.met: list[str] = []
        """Every call that failed, by its method."""

    def begin(self, method: str, trouble: Trouble) -> None:
        """Let every call of a method fail so."""
        self._now[method] = (trouble, trouble.times)

    def end(self, method: str) -> None:
        """Let a method be well again."""
        self._now.pop(method, None)

    def release(self) -> None:
        """Answer whatever hangs."""
        self._over.set()

    def meet(self, method: str) -> Trouble | None:
        """How this call fails, after it has hung where it does; None where it does not."""
        trouble, left = self._now.get(method, (None, 0))
        if trouble is None:
            return None
        self.met.append(method)
        if left == 1:
            self.end(method)
        elif left:
            self._now[method] = (trouble, left - 1)
        if trouble.hangs:
            self._over.wait()
        return trouble
