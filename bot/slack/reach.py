"""Ways to tell somebody a sentence: where they tapped, in the form they have open, on Home, or as a message to them."""

import logging
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from slack_sdk import WebClient

from bot.slack.client import Line
from bot.slack.parts import Block, fields, listed, page, section
from bot.slack.trouble import TROUBLE, note
from bot.slack.where import Where

log = logging.getLogger(__name__)
TITLE, NOTE = "Cuecard", "cuecard:note"
BLOCKS = 100
"""Blocks of a view that Slack takes."""
Way = Callable[[Where, str], None]
"""Raises what Slack's client raises."""
_DRAWN = ("type", "title", "blocks", "close", "submit", "callback_id", "private_metadata", "notify_on_close")


class Reach:
    """Tells people what went wrong; a way that fails is followed by the next."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._client = line.client()

    def tell(self, where: Where, text: str) -> None:
        """Tell somebody a text in Slack's marks, once, in the first way that Slack takes. Raises nothing."""
        for way in self._ways(where):
            try:
                way(where, text)
            except TROUBLE as error:
                note("a word about it", error)
            else:
                return
        log.error("Slack lets me tell nobody of it.")

    def _ways(self, where: Where) -> Iterator[Way]:
        if where.url:
            yield self._reply
        if where.trigger:
            yield self._page
        if where.form:
            yield self._form
        elif where.view.get("type") == "home":
            yield self._home
        if where.asker.person:
            yield self._message

    def _reply(self, where: Where, text: str) -> None:
        told = {"text": text, "blocks": [section(text)], "response_type": "ephemeral", "replace_original": False}
        self._line.post(where.url, told)

    def _page(self, where: Where, text: str) -> None:
        open_view(self._client, where, page(TITLE, text))

    def _form(self, where: Where, text: str) -> None:
        self._client.views_update(view_id=where.form, view=noted(where.view, text) if where.view else page(TITLE, text))

    def _home(self, where: Where, text: str) -> None:
        self._client.views_publish(user_id=where.asker.person, view=noted(where.view, text))

    def _message(self, where: Where, text: str) -> None:
        self._client.chat_postMessage(channel=where.asker.person, text=text, unfurl_links=False, unfurl_media=False)


def open_view(client: WebClient, where: Where, view: Block) -> None:
    """Open a view, or put it on top of the form that held the button: the trigger is good for one, once."""
    (client.views_push if where.form else client.views_open)(trigger_id=where.trigger, view=view)


def noted(view: Mapping[str, Any], text: str) -> Block:
    """A view as it stands, with a text on top of it; one that was put there before is gone."""
    blocks = [block for block in listed(view.get("blocks")) if fields(block).get("block_id") != NOTE]
    above = {**section(f"⚠️ {text}"), "block_id": NOTE}
    return {**{name: view[name] for name in _DRAWN if view.get(name)}, "blocks": [above, *blocks][:BLOCKS]}


def refilled(view: Mapping[str, Any], text: str) -> Block:
    """A form as it was sent off, with what was typed in it, and a text on top."""
    values = fields(fields(view.get("state")).get("values"))
    blocks = [_refilled(fields(block), values) for block in listed(view.get("blocks"))]
    return noted({**view, "blocks": blocks}, text)


def _refilled(block: Mapping[str, Any], values: Mapping[str, Any]) -> Mapping[str, Any]:
    element = fields(block.get("element"))
    typed = fields(values.get(str(block.get("block_id")))).get(str(element.get("action_id")))
    if not isinstance(typed, dict):
        return block
    kept = {name: value for name, value in element.items() if not name.startswith("initial_")}
    held = {"initial_" + name.removeprefix("selected_"): value for name, value in typed.items() if name != "type"}
    return {**block, "element": {**kept, **{name: value for name, value in held.items() if value}}}
