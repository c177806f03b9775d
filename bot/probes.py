"""What whoever watches over Cuecard may read: that it lives, whether it is ready, and its figures."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from http import HTTPStatus

from bot.metrics import KIND, Metrics
from bot.services.readiness import Readiness

Page = Callable[[], tuple[int, str, bytes]]
"""The status, the content type and the bytes."""
_TEXT, _JSON = "text/plain; charset=utf-8", "application/json"


def probes(stands: Callable[[], Readiness], metrics: Metrics) -> Mapping[str, Page]:
    """The pages by path. `/ready` answers 503 while only safety cards are shown, and is the only one that may."""

    def ready() -> tuple[int, str, bytes]:
        found = stands()
        told = {"ready": found.ready, "well": found.well, **asdict(found)}
        return HTTPStatus.OK if found.ready else HTTPStatus.SERVICE_UNAVAILABLE, _JSON, json.dumps(told).encode()

    def figures() -> tuple[int, str, bytes]:
        return HTTPStatus.OK, KIND, metrics.text(lambda: _now(stands()))

    return {"/live": _live, "/health": _live, "/ready": ready, "/metrics": figures}


def _live() -> tuple[int, str, bytes]:
    return HTTPStatus.OK, _TEXT, b"Cuecard is up."


def _now(found: Readiness) -> Mapping[str, float]:
    told = {"ready": found.ready, "database_answers": found.database, "playbooks_left_out": found.left_out}
    return told if found.duty_channel == "not set" else {**told, "duty_channel_works": not found.duty_channel}
