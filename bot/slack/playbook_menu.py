"""The menu of playbooks in forms: as many as there are, found by a word of their title."""

import re
from typing import Any

from slack_bolt import Ack, App

from bot.services.shelves import Shelves
from bot.slack.editor_fields import ANY_ID
from bot.slack.editor_view import UNNAMED
from bot.slack.parts import option
from bot.slack.where import where_of

OPTIONS = 100
"""Options that Slack takes at once."""


class PlaybookMenu:
    """Answers what is typed into a menu of playbooks; `playbooks:` alone may also be left at none."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def listen(self, app: App) -> None:
        """Register with Bolt."""
        app.options(re.compile(r"^playbooks(?::.*)?$"))(self.suggest)

    def suggest(self, ack: Ack, body: dict[str, Any], payload: dict[str, Any]) -> None:
        """The playbooks whose title holds what was typed."""
        wanted = str(payload.get("value") or "").casefold()
        playbooks = self._shelves.library(where_of(body).asker.workspace).playbooks.values()
        found = sorted((one.title, one.id) for one in playbooks if wanted in one.title.casefold())
        none = [option(ANY_ID, UNNAMED)] if ":" in str(payload.get("action_id")) else []
        ack(options=[*none, *(option(name, title) for title, name in found)][:OPTIONS])
