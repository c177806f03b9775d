"""Answers beside the acknowledgement: Slack ignores the body of a press's acknowledgement, so they are posted."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Any

from slack_sdk.webhook import WebhookClient

from bot.slack.fault import Faults
from bot.slack.where import Where

log = logging.getLogger(__name__)
THREADS = 16
"""Answers under way at once: each waits for one POST to Slack."""
TIMEOUT = 5
"""Seconds that Slack may take to accept an answer."""

Message = dict[str, Any]


class Answers:
    """Posts messages to response URLs, after the press was acknowledged.

    Bolt's own lazy listeners copy the whole request and share five threads with its acknowledgements.
    """

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="answer")

    def replace(self, where: Where, answer: Callable[[], Message]) -> None:
        """Put an answer in place of the message that held the button."""
        self._pool.submit(self._send, where, answer, replace=True)

    def add(self, where: Where, answer: Callable[[], Message]) -> None:
        """Put an answer below the message that held the button; one that is empty is not sent."""
        self._pool.submit(self._send, where, answer, replace=False)

    def _send(self, where: Where, answer: Callable[[], Message], *, replace: bool) -> None:
        webhook = WebhookClient(where.url, timeout=TIMEOUT)

        def tell(text: str) -> None:
            webhook.send_dict({"text": text, "response_type": "ephemeral", "replace_original": False})

        with self._faults.told(where.asker, tell):
            if message := answer():
                sent = webhook.send_dict({**message, "response_type": "ephemeral", "replace_original": replace})
                if sent.status_code != HTTPStatus.OK:
                    log.warning("Slack did not take an answer: %s", sent.status_code)
