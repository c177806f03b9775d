"""What Slack said when it did not do something: its own code, never its message, which may hold what was typed."""

import logging
import re
from collections.abc import Mapping
from http import HTTPStatus
from http.client import HTTPException
from typing import Any

from slack_sdk.errors import SlackApiError, SlackClientError

log = logging.getLogger(__name__)
LONGEST = 20.0
"""Seconds of a Retry-After that are waited for; whoever is told to wait longer hears that instead."""
SOON = 1.0
"""Seconds after which a fault of Slack's own servers is tried again."""
UNREACHABLE = "unreachable"
"""Our own word for a Slack that does not answer in time."""
_CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")


class Untaken(Exception):
    """Slack did not take an answer; `code` says why."""

    def __init__(self, code: str, status: int = 0, headers: Mapping[str, Any] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.headers = headers or {}


TROUBLE = (SlackClientError, OSError, HTTPException, Untaken)
"""Everything that a call to Slack raises where it did not get through."""


def code_of(error: BaseException) -> str:
    """Slack's error code; else the HTTP status, UNREACHABLE, or the kind of the error. Nothing of what was sent."""
    if isinstance(error, Untaken):
        return error.code
    if isinstance(error, SlackApiError):
        found = error.response.get("error") if isinstance(error.response.data, dict) else None
        return found if isinstance(found, str) and _CODE.fullmatch(found) else f"http_{error.response.status_code}"
    return UNREACHABLE if isinstance(error, (OSError, HTTPException)) else type(error).__name__


def seconds_of(error: BaseException) -> int | None:
    """The seconds after which Slack wants to be asked again; None where it does not say."""
    headers = error.headers if isinstance(error, Untaken) else getattr(_response(error), "headers", {})
    found = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    text = str(found[0] if isinstance(found, list) and found else found)
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("100000") else None


def again_after(error: BaseException) -> float | None:
    """The seconds after which it is worth trying again; None where it is not."""
    status = error.status if isinstance(error, Untaken) else getattr(_response(error), "status_code", 0)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        told = seconds_of(error)
        return None if told is not None and told > LONGEST else float(SOON if told is None else told)
    return SOON if status >= HTTPStatus.INTERNAL_SERVER_ERROR else None


def unshown(error: BaseException) -> str:
    """A sentence for whoever waited, in Slack's marks."""
    if (seconds := seconds_of(error)) is not None:
        return (
            f"Slack takes no more from me for {max(1, seconds)} seconds, so I could not show you that. Try again then."
        )
    return (
        "Slack did not let me show you that. Try again in a minute; if it stays, tell whoever looks after me: "
        f"{code_of(error)}."
    )


def note(what: str, error: BaseException) -> None:
    """Write down what Slack did not do, and its code: the one place where its errors pass."""
    log.warning("Slack did not take %s: %s", what, code_of(error))


def _response(error: BaseException) -> Any:
    return error.response if isinstance(error, SlackApiError) else None
