"""Slack's limits on messages, forms and Home tabs: what it would refuse is refused here, with the same code."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.playground.elements import ACCESSORY, ACTION, CONTEXT_ACTION, ELEMENTS, ID, INPUT
from bot.playground.refused import ApiError
from bot.playground.rules import Fields, Rule, anything, flag, kinds, listed, plain, shape, string, written, wrong

TEXT = 40_000
"""Characters of a message's text."""
MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
BLOCK_TEXT = 13_200
"""Characters of a message's blocks in all; undocumented, found by Slack's users (bolt-js, issue 2509)."""
VIEW_BYTES = 250_000

_CONTEXT = kinds(
    {
        "image": ELEMENTS["image"],
        "plain_text": {"!text": string(3000), "emoji": flag},
        "mrkdwn": {"!text": string(3000), "verbatim": flag},
    },
    ("image", "plain_text", "mrkdwn"),
)
_IMAGE: Fields = {"image_url": string(3000), "!alt_text": string(2000), "title": plain(2000), "slack_file": anything}
_BLOCKS: Mapping[str, Fields] = {
    "section": {"text": written(3000), "fields": listed(1, 10, written(2000)), "accessory": ACCESSORY, "expand": flag},
    "divider": {},
    "image": _IMAGE,
    "actions": {"!elements": listed(1, 25, ACTION)},
    "context": {"!elements": listed(1, 10, _CONTEXT)},
    "header": {"!text": plain(150)},
    "input": {"!label": plain(2000), "!element": INPUT, "hint": plain(2000), "optional": flag, "dispatch_action": flag},
    "rich_text": {"!elements": listed(1, 1000, anything)},
    "markdown": {"!text": string(12_000)},
    "table": {"!rows": listed(1, 100, listed(1, 20, anything)), "column_settings": anything},
    "context_actions": {"!elements": listed(1, 5, CONTEXT_ACTION)},
}
_EVERYWHERE = ("section", "divider", "image", "actions", "context", "header", "input", "rich_text")
_SURFACES = {
    "message": (*_EVERYWHERE, "markdown", "table", "context_actions"),
    "modal": _EVERYWHERE,
    "home": (*_EVERYWHERE, "table"),
}


def _blocks(surface: str, most: int) -> Rule:
    named: Mapping[str, Fields] = {kind: {**fields, "block_id": ID} for kind, fields in _BLOCKS.items()}
    return listed(0, most, kinds(named, _SURFACES[surface]))


_VIEW: Fields = {
    "!type": anything,
    "private_metadata": string(3000, 0),
    "callback_id": ID,
    "external_id": string(255, 0),
}
_MODAL: Fields = {
    **_VIEW,
    "!title": plain(24),
    "submit": plain(24),
    "close": plain(24),
    "clear_on_close": flag,
    "notify_on_close": flag,
    "submit_disabled": flag,
    "!blocks": _blocks("modal", VIEW_BLOCKS),
}
_VIEWS: Mapping[str, Rule] = {
    "modal": shape(_MODAL),
    "home": shape({**_VIEW, "!blocks": _blocks("home", VIEW_BLOCKS)}),
}
_MESSAGE = _blocks("message", MESSAGE_BLOCKS)


def check_message(text: str, blocks: Sequence[dict[str, Any]]) -> None:
    """Raise ApiError where Slack would not post this."""
    if not text and not blocks:
        raise ApiError("no_text")
    if len(text) > TEXT:
        raise ApiError("msg_too_long")
    problems = [*_MESSAGE(blocks, "/blocks")]
    if problems:
        raise ApiError("invalid_blocks", *problems)
    if found := [*_across(blocks, "/blocks"), *_tables(blocks)]:
        raise ApiError("invalid_blocks", *found)
    if sum(map(len, _texts(list(blocks)))) > BLOCK_TEXT:
        raise ApiError("msg_blocks_too_long")


def check_view(view: Any, kind: str) -> dict[str, Any]:
    """The view, when Slack would show it as a modal or a home. Raises ApiError where it would not."""
    if not isinstance(view, dict) or view.get("type") != kind:
        raise ApiError("invalid_arguments", wrong(f"must be a valid view of type {kind}", "/view"))
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise ApiError("view_too_large")
    problems = [*_VIEWS[kind](view, "/view")] or [*_across(view["blocks"], "/view/blocks"), *_form(view)]
    if problems:
        raise ApiError("invalid_arguments", *problems)
    return view


def elements(block: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What can be tapped, chosen or typed into in a block."""
    held = (*block.get("elements", ()), block.get("element"), block.get("accessory"))
    return [one for one in held if isinstance(one, dict) and one.get("type") in ELEMENTS]


def _across(blocks: Sequence[dict[str, Any]], at: str) -> Iterator[str]:
    """What only shows when parts are held against one another."""
    for name, count in Counter(block["block_id"] for block in blocks if block.get("block_id")).items():
        if count > 1:
            yield wrong(f"`block_id` {name} is used {count} times", at)
    focused = 0
    for place, block in enumerate(blocks):
        if block["type"] == "section" and not block.get("text") and not block.get("fields"):
            yield wrong("missing required field: text", f"{at}/{place}")
        found = elements(block)
        focused += sum(bool(one.get("focus_on_load")) for one in found)
        for name, count in Counter(one["action_id"] for one in found if one.get("action_id")).items():
            if count > 1:
                yield wrong(f"`action_id` {name} is used {count} times", f"{at}/{place}")
        for one in found:
            yield from _choices(one, f"{at}/{place}")
    if focused > 1:
        yield wrong("only one element may have focus_on_load", at)


def _choices(element: Mapping[str, Any], at: str) -> Iterator[str]:
    kind = element["type"]
    if not kind.endswith("static_select") and kind not in ("checkboxes", "radio_buttons"):
        return
    groups = element.get("option_groups") or ()
    options = [*(element.get("options") or ()), *(option for group in groups for option in group["options"])]
    if not options:
        yield wrong("missing required field: options", at)
    chosen = [*filter(None, [element.get("initial_option")]), *(element.get("initial_options") or ())]
    if any(one not in options for one in chosen):
        yield wrong("initial_option must exactly match one of the options", at)


def _form(view: Mapping[str, Any]) -> Iterator[str]:
    if view["type"] == "modal" and any(block["type"] == "input" for block in view["blocks"]) and not view.get("submit"):
        yield wrong("missing required field: submit", "/view")


def _tables(blocks: Sequence[dict[str, Any]]) -> Iterator[str]:
    if sum(block["type"] == "table" for block in blocks) > 1:
        yield wrong("only one table is allowed", "/blocks")
    if sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > 12_000:  # noqa: PLR2004 - Slack's
        yield wrong("must be less than 12001 characters", "/blocks")


def _texts(held: Any) -> Iterator[str]:
    if isinstance(held, dict):
        if isinstance(held.get("text"), str):
            yield held["text"]
        held = list(held.values())
    if isinstance(held, list):
        for inner in held:
            yield from _texts(inner)
