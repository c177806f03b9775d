"""Whether what was signed has the form of Slack's requests, before anything reads into it."""

import json
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

DEEP = 40
"""Levels of JSON; Slack's blocks have fewer than twenty."""

NEEDED: Mapping[str, tuple[str, ...]] = {
    "block_actions": ("actions",),
    "interactive_message": ("actions",),
    "view_submission": ("view",),
    "view_closed": ("view",),
    "event_callback": ("event",),
    "workflow_step_edit": ("workflow_step",),
}
"""What Bolt takes for granted in a request of each type."""

Shape = Callable[[object], bool]


def readable(body: str, content_type: str) -> str:
    """The same request as Bolt reads it rightly. Raises ValueError where it is not of Slack's form."""
    is_json = content_type.partition(";")[0] == "application/json" or body.startswith("{")
    form = {} if is_json else dict(parse_qsl(body, keep_blank_values=True))
    inner = body if is_json else form.get("payload")
    if not (_REQUEST(form) if inner is None else _is_typed(inner)):
        raise ValueError
    # Bolt takes a form in which this word stands anywhere for one with that field, and finds nothing in it.
    return body.replace("payload", "%70ayload") if inner is None else body


def _is_typed(text: str) -> bool:
    """Whether JSON is a request of a type; raises ValueError where it is no JSON."""
    try:
        found = json.loads(text)
        well = _is_flat(found, DEEP) and _REQUEST(found) and isinstance(found.get("type"), str)
    except RecursionError:
        return False
    return well and all(found.get(name) for name in NEEDED.get(found["type"], ()))


def _is_flat(value: object, levels: int) -> bool:
    within = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels > 0 and all(_is_flat(one, levels - 1) for one in within)


def _text(value: object) -> bool:
    return isinstance(value, str)


def _maybe(shape: Shape) -> Shape:
    return lambda value: value is None or shape(value)


def _list(shape: Shape, least: int = 0) -> Shape:
    return lambda value: isinstance(value, list) and len(value) >= least and all(map(shape, value))


def _each(shape: Shape) -> Shape:
    return lambda value: isinstance(value, dict) and all(map(shape, value.values()))


def _object(texts: str = "", needs: str = "", /, **parts: Shape) -> Shape:
    """An object with these texts in it; of other texts and parts, those that are there are of their form."""
    needed = needs.split()
    shapes: Mapping[str, Shape] = {**dict.fromkeys(texts.split(), _maybe(_text)), **parts}
    return lambda value: (
        isinstance(value, dict)
        and all(isinstance(value.get(name), str) for name in needed)
        and all(shape(value[name]) for name, shape in shapes.items() if name in value)
    )


_ANY = _object()
_OF_SOMEBODY = _maybe(_object("id name team_id enterprise_id"))
_OPTION = _object("value")
_CHOSEN: Mapping[str, Shape] = {
    "selected_option": _maybe(_OPTION),
    "selected_options": _maybe(_list(_OPTION)),
    **dict.fromkeys(("selected_users", "selected_conversations", "selected_channels"), _maybe(_list(_text))),
}
_TYPED = "type value block_id selected_user selected_conversation selected_channel"
_VIEW = _object(
    "id private_metadata hash external_id previous_view_id root_view_id team_id app_installed_team_id",
    type=lambda value: value in ("modal", "home"),
    callback_id=_text,
    blocks=_list(_object("type block_id", element=_object("type action_id", **_CHOSEN), elements=_list(_ANY))),
    state=_maybe(_object(values=_maybe(_each(_each(_object(_TYPED, **_CHOSEN)))))),
)
_REQUEST = _object(
    "token challenge api_app_id block_id name value trigger_id response_url team_id user_id channel_id enterprise_id "
    "event_id text thread_ts action_ts message_ts",
    **dict.fromkeys(("type", "callback_id", "action_id", "command"), _text),
    **dict.fromkeys(("team", "user", "channel", "enterprise"), _OF_SOMEBODY),
    **dict.fromkeys(
        ("message", "previous_message", "state", "function_data", "item", "assistant_thread"), _maybe(_ANY)
    ),
    container=_maybe(_object("type view_id message_ts channel_id")),
    view=_maybe(_VIEW),
    actions=_list(_object(_TYPED, "action_id", **_CHOSEN), least=1),
    event=_object(
        "subtype user user_id user_team channel channel_id tab team thread_ts",
        "type",
        view=_maybe(_VIEW),
        **dict.fromkeys(("message", "previous_message", "item", "assistant_thread"), _maybe(_ANY)),
    ),
    authorizations=_maybe(_list(_object("team_id user_id enterprise_id"))),
    response_urls=_list(_object("response_url")),
)
