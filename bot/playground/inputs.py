"""What was typed and chosen in a form, as Slack sends it, and what Slack itself asks for before it does."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.playground.limits import elements

Values = dict[str, dict[str, dict[str, Any]]]
"""Block id, action id, and what is in the input."""
Block = Mapping[str, Any]

_FIELDS = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
"""Where an input's value stands in a request, and where it starts from."""


def find_element(blocks: Sequence[Block], block_id: str, action_id: str) -> Mapping[str, Any] | None:
    """The element of two ids; None where it is no longer there."""
    inside = (one for block in blocks if block.get("block_id") == block_id for one in elements(block))
    return next((one for one in inside if one.get("action_id", "") == action_id), None)


def tapped(element: Mapping[str, Any], block_id: str, given: Mapping[str, Any], at: str) -> dict[str, Any]:
    """One entry of `actions`: what stands in the element is the app's, and only the choice is the person's."""
    found = {"type": element["type"], "action_id": element.get("action_id", ""), "block_id": block_id, "action_ts": at}
    kind = element["type"]
    if kind in _FIELDS:
        field = _FIELDS[kind][0]
        return {**found, field: given.get(field)}
    if kind == "overflow":
        return {**found, "selected_option": given.get("selected_option")}
    kept = {name: element[name] for name in ("text", "value", "style") if name in element}
    return {**found, **kept}


def read_values(blocks: Sequence[Block], given: Any) -> Values:
    """The state of every input of a view: what the page gave, else what it started from."""
    found: Values = {}
    for block in blocks:
        for element in elements(block):
            if element["type"] in _FIELDS:
                block_id, action_id = str(block["block_id"]), str(element.get("action_id", ""))
                told = _told(given, block_id, action_id)
                found.setdefault(block_id, {})[action_id] = _value(element, told)
    return found


def _told(given: Any, block_id: str, action_id: str) -> Any:
    inner = given.get(block_id) if isinstance(given, dict) else None
    return inner.get(action_id) if isinstance(inner, dict) else None


def _value(element: Mapping[str, Any], told: Any) -> dict[str, Any]:
    field, initial = _FIELDS[element["type"]]
    value = told.get(field) if isinstance(told, dict) else element.get(initial)
    return {"type": element["type"], field: value or ([] if field.endswith("s") else None)}


def unfinished(blocks: Sequence[Block], values: Values) -> dict[str, str]:
    """A sentence under each input that Slack would not send: empty, too short or too long."""
    return {block_id: sentence for block in blocks for block_id, sentence in _unfinished(block, values)}


def _unfinished(block: Block, values: Values) -> Iterator[tuple[str, str]]:
    if block["type"] != "input":
        return
    block_id, element = str(block["block_id"]), block["element"]
    value = values[block_id][str(element.get("action_id", ""))][_FIELDS[element["type"]][0]]
    if not value:
        if not block.get("optional"):
            yield block_id, "Please complete this required field."
    elif element["type"] == "plain_text_input":
        least, most = element.get("min_length") or 0, element.get("max_length") or 3000
        if len(value) < least:
            yield block_id, f"Please write at least {least} characters."
        elif len(value) > most:
            yield block_id, f"Please shorten this to {most} characters; it has {len(value)}."
