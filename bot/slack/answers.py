"""Answers beside the acknowledgement: Slack ignores the body of a press's acknowledgement, so they are sent apart."""

import json
import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.domain.asker import Asker
from bot.logs import Threads
from bot.slack.fault import Faults
from bot.slack.parts import Block, modal, section
from bot.slack.where import Where

log = logging.getLogger(__name__)
THREADS = 16
"""Answers under way at once: each waits for one POST to Slack."""
TIMEOUT = 5
"""Seconds that Slack may take to accept an answer."""

Message = dict[str, Any]


class Answers:
    """Sends answers to where the button was, after the press was acknowledged.

    Bolt's own lazy listeners copy the whole request and share five threads with its acknowledgements.
    """

    def __init__(self, faults: Faults, client: WebClient) -> None:
        """`client` has the app's token: it changes forms."""
        self._faults = faults
        self._client = client
        self._pool = Threads(THREADS, thread_name_prefix="answer")

    def replace(self, where: Where, answer: Callable[[], Message]) -> None:
        """Put an answer in place of the message that held the button."""
        self._pool.submit(self._send, where, answer, replace=True)

    def add(self, where: Where, answer: Callable[[], Message]) -> None:
        """Put an answer below the message that held the button; one that is empty is not sent."""
        self._pool.submit(self._send, where, answer, replace=False)

    def _send(self, where: Where, answer: Callable[[], Message], *, replace: bool) -> None:
        def tell(text: str) -> None:
            self._put(where, {"text": text, "blocks": [section(text)]}, replace=False)

        with self._faults.told(where.asker, tell):
            if message := answer():
                self._put(where, message, replace=replace)

    def _put(self, where: Where, message: Message, *, replace: bool) -> None:
        if where.form:
            view = show_in_form(where.asker, message)
            if replace:
                self._client.views_update(view_id=where.form, view=view)
            else:
                self._client.views_push(trigger_id=where.trigger, view=view)
            return
        webhook = WebhookClient(where.url, timeout=TIMEOUT)
        sent = webhook.send_dict({**message, "response_type": "ephemeral", "replace_original": replace})
        if sent.status_code != HTTPStatus.OK:
            log.warning("Slack did not take an answer: %s", sent.status_code)


def show_in_form(asker: Asker, message: Message) -> Block:
    """A message as a page of its own, for somebody who asked outside a conversation."""
    return modal("Cuecard", message["blocks"], kept=json.dumps({"channel": asker.channel}))
