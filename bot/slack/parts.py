"""Slack's blocks and forms, one small function a part; texts are cut where Slack would refuse them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.domain.revision import FORGOTTEN
from bot.services.exchange import IMPORT

Block = dict[str, Any]
SECTION, HEADER, BUTTON, OPTION, TITLE, LABEL = 3000, 150, 75, 75, 24, 2000
PHONE = 40
"""Characters of a button that stand on one line of a phone."""


def plain(text: str, limit: int = SECTION) -> Block:
    """Text without marks, shown as it stands."""
    return {"type": "plain_text", "text": cut(text, limit), "emoji": True}


def cut(text: str, limit: int) -> str:
    """The text, with an ellipsis for what is beyond the limit."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def header(text: str) -> Block:
    """A heading."""
    return {"type": "header", "text": plain(text, HEADER)}


def section(text: str, beside: Block | None = None) -> Block:
    """A paragraph in Slack's marks, escaped where it was rendered; `beside` is a button or a menu to its right."""
    found: Block = {"type": "section", "text": {"type": "mrkdwn", "text": cut(text, SECTION), "verbatim": True}}
    return {**found, "accessory": beside} if beside else found


def context(text: str) -> Block:
    """A paragraph in small print."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": cut(text, SECTION), "verbatim": True}]}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def actions(block: str, elements: Iterable[Block]) -> Block:
    """A row of buttons."""
    return {"type": "actions", "block_id": block, "elements": list(elements)}


def button(action: str, text: str, value: str = "", *, style: str = "", shown: int = BUTTON) -> Block:
    """A button; `shown` characters of its text stand on it."""
    found: Block = {"type": "button", "action_id": action, "text": plain(text, shown)}
    if value:
        found["value"] = value
    return {**found, "style": style} if style else found


def option(value: str, text: str) -> Block:
    """One entry of a menu."""
    return {"text": plain(text, OPTION), "value": value}


def question(block: str, label: str, element: Block, *, optional: bool = False, hint: str = "") -> Block:
    """One input of a form; its block_id is the field that a Problem names."""
    found = {"type": "input", "block_id": block, "optional": optional, "label": plain(label, LABEL), "element": element}
    return {**found, "hint": plain(hint, LABEL)} if hint else found


def typed(action: str, initial: str = "", *, longest: int = SECTION, multiline: bool = False) -> Block:
    """A text to type, with what stands in it at first."""
    found: Block = {"type": "plain_text_input", "action_id": action, "max_length": longest, "multiline": multiline}
    return {**found, "initial_value": cut(initial, longest)} if initial else found


def modal(title: str, blocks: Sequence[Block], **more: str) -> Block:
    """A form or a page: `callback`, `submit`, `close` and `kept` (its private metadata) where they are given."""
    found: Block = {"type": "modal", "title": plain(title, TITLE), "blocks": list(blocks)}
    found["close"] = plain(more.get("close") or "Close", TITLE)
    if "callback" in more:
        found["callback_id"] = more["callback"]
    if "submit" in more:
        found["submit"] = plain(more["submit"], TITLE)
    return {**found, "private_metadata": more["kept"]} if more.get("kept") else found


def answers(view: Mapping[str, Any]) -> dict[str, Any]:
    """What a submitted form holds, by block_id: a text, a value, or a list of values; None where nothing was given."""
    values = fields(fields(fields(view).get("state")).get("values"))
    return {block: _answer(fields(next(iter(fields(held).values()), None))) for block, held in values.items()}


def drawn(view: Mapping[str, Any]) -> dict[str, Any]:
    """What stood in the menus and pickers of a form when it was drawn, by block_id; None where nothing did."""
    blocks = (fields(block) for block in listed(view.get("blocks")))
    inputs = (block for block in blocks if block.get("type") == "input")
    return {str(block.get("block_id")): _answer(_initial(fields(block.get("element")))) for block in inputs}


def fields(held: object) -> Mapping[str, Any]:
    """A part of what Slack sends; empty where it is of another form."""
    return held if isinstance(held, Mapping) else {}


def listed(held: object) -> Sequence[Any]:
    """A list of what Slack sends; empty where it is none."""
    return held if isinstance(held, list) else ()


def _initial(element: Mapping[str, Any]) -> dict[str, Any]:
    return {name.replace("initial_", "selected_"): held for name, held in element.items() if name[:8] == "initial_"}


def _answer(held: Mapping[str, Any]) -> Any:
    for name in ("selected_option", "selected_options"):
        if name in held:
            found = held[name]
            several = isinstance(found, list)
            return [fields(one).get("value") for one in found] if several else fields(found).get("value")
    lists = ("selected_users", "selected_conversations", "selected_channels", "selected_date")
    return next((held[name] for name in lists if name in held), held.get("value"))


def who(author: str) -> str:
    """Who saved a version, in Slack's marks: a person, a folder that was taken in, or somebody who was forgotten."""
    return {IMPORT: "a folder", FORGOTTEN: "somebody"}.get(author) or f"<@{author}>"


def moment(at: datetime) -> str:
    """A moment as Slack shows it in the reader's own time zone."""
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{at:%Y-%m-%d %H:%M} UTC>"


def day(at: datetime) -> str:
    """The same without its time of day."""
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}}|{at:%Y-%m-%d}>"


def page(title: str, text: str) -> Block:
    """A modal with nothing but a text."""
    return modal(title, [section(text)])
