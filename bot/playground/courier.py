"""Carries requests to the app, signed, within three seconds, and writes down what went over the line."""

import json
import time
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from bot.playground.exchanges import Exchange
from bot.playground.signed import FORM, JSON, Answered, Line
from bot.playground.stand_in import Slack


class Courier:
    """The line to the app of one workspace."""

    def __init__(self, slack: Slack, line: Line) -> None:
        self._slack = slack
        self._line = line

    def command(self, form: Mapping[str, str]) -> Answered:
        """Send a slash command. Raises Late."""
        return self._send("command", form["command"], urlencode(form), FORM, form["text"])

    def interaction(self, payload: Mapping[str, Any], name: str) -> Answered:
        """Send a tap, a form, a suggestion or a shortcut; `name` says which. Raises Late."""
        return self._send(payload["type"], name, urlencode({"payload": json.dumps(payload)}), FORM)

    def event(self, payload: Mapping[str, Any]) -> Answered:
        """Send an event. Raises Late."""
        name = payload.get("event", payload)["type"]
        return self._send("event", name, json.dumps(payload), JSON)

    def _send(self, kind: str, name: str, text: str, content: str, situation: str = "") -> Answered:
        body = text.encode()
        headers = {"Content-Type": content, **self._line.headers(body)}
        at, started = time.time(), time.perf_counter()
        answered, summary = Answered(0, ""), "operation_timeout"
        try:
            answered = self._line.send(body, headers)
            summary = _summary(answered)
        finally:
            exchange = Exchange(
                inwards=True,
                kind=kind,
                name=name,
                at=at,
                milliseconds=1000 * (time.perf_counter() - started),
                status=answered.status,
                summary=summary,
                url=self._line.url,
                headers=headers,
                body=text,
                answer=answered.body,
                situation=situation,
            )
            with self._slack.bell:
                self._slack.exchanges.add(exchange)
        return answered

    def signed_anew(self, exchange: Exchange) -> Mapping[str, str]:
        """The headers of an exchange as Slack would write them now; the app takes each signature once."""
        kept = {"Content-Type": exchange.headers["Content-Type"]}
        return {**kept, **self._line.headers(exchange.body.encode())}


def read_ack(answered: Answered) -> dict[str, Any]:
    """The body of an acknowledgement: empty, plain text, or JSON."""
    if not answered.body.strip():
        return {}
    try:
        found = json.loads(answered.body)
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {"text": answered.body}


def _summary(answered: Answered) -> str:
    if answered.status != HTTPStatus.OK:
        return f"refused with {answered.status}"
    ack = read_ack(answered)
    first = next((block for block in ack.get("blocks") or () if block.get("type") == "header"), None)
    if first:
        return str(first["text"]["text"])
    return str(ack.get("response_action") or ack.get("text", "")[:80] or "acknowledged")
