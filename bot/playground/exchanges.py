"""What went back and forth between Slack and the app, for whoever wants to look: the last two hundred, in memory."""

import itertools
import shlex
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

KEPT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its answer.

    `inwards` where Slack asked the app. `kind` is the kind of request, `name` what it was about, `milliseconds` how
    long the answer took, `summary` what came of it in a few words; `situation` is what followed a command.
    """

    inwards: bool
    kind: str
    name: str
    at: float
    milliseconds: float
    status: int
    summary: str
    url: str
    headers: Mapping[str, str]
    body: str
    answer: str
    situation: str = ""

    def line(self) -> dict[str, Any]:
        """What the list of exchanges shows."""
        return {
            "at": self.at,
            "kind": self.kind,
            "method": "in" if self.inwards else "out",
            "name": self.name,
            "milliseconds": round(self.milliseconds, 1),
            "status": self.status,
            "summary": self.summary,
        }

    def whole(self) -> dict[str, Any]:
        """Request and answer as they went over the line."""
        request = {"method": "POST", "url": self.url, "headers": dict(self.headers), "body": self.body}
        return {**self.line(), "request": request, "response": {"status": self.status, "body": self.answer}}


class Exchanges:
    """The last ones, the oldest first."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._held: deque[tuple[str, Exchange]] = deque(maxlen=KEPT)

    def add(self, exchange: Exchange) -> None:
        """Remember one under a number of its own."""
        self._held.append((str(next(self._numbers)), exchange))

    def lines(self) -> list[dict[str, Any]]:
        """The list of all."""
        return [{**exchange.line(), "id": number} for number, exchange in self._held]

    def find(self, number: str) -> Exchange | None:
        """One by its number, while it is remembered."""
        return next((exchange for held, exchange in self._held if held == number), None)


def curl(url: str, headers: Mapping[str, str], body: str) -> str:
    """A command for a terminal that sends the same request."""
    named = [f"-H {shlex.quote(f'{name}: {value}')}" for name, value in headers.items()]
    return " ".join(["curl -sS -X POST", shlex.quote(url), *named, "--data-binary", shlex.quote(body)])
