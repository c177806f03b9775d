"""Replies as messages that only the asker sees."""

from typing import Any

from bot.domain.answer import Reply
from bot.domain.asker import Asker
from bot.rendering.spoken import head, spoken, which_site
from bot.services.shelf import ShelfAt
from bot.slack.blocks import draw


class Messages:
    """Draws replies as the asker's site shows them; `calls` where there is a duty channel to tell."""

    def __init__(self, at: ShelfAt, *, calls: bool) -> None:
        self._at = at
        self._calls = calls

    def draw(self, asker: Asker, reply: Reply) -> dict[str, Any]:
        """The `text` and `blocks` of one reply."""
        shelf = self._at(asker)
        above, aloud = head(reply, shelf.frames, shelf.policy), spoken(reply, shelf.frames, shelf.policy)
        return draw(reply, above, aloud, which_site(reply, shelf.frames), calls=self._calls)
