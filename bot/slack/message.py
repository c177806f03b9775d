"""Replies as messages that only the asker sees."""

from typing import Any

from bot.domain.answer import Reply
from bot.rendering.spoken import head, spoken
from bot.services.shelf import CurrentShelf
from bot.slack.blocks import draw


class Messages:
    """Draws replies with the frames and the policy in force; `calls` where there is a duty channel to tell."""

    def __init__(self, shelf: CurrentShelf, *, calls: bool) -> None:
        self._shelf = shelf
        self._calls = calls

    def draw(self, reply: Reply) -> dict[str, Any]:
        """The `text` and `blocks` of one reply."""
        shelf = self._shelf()
        above, aloud = head(reply, shelf.frames, shelf.policy), spoken(reply, shelf.frames, shelf.policy)
        return draw(reply, above, aloud, calls=self._calls)
