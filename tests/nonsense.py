"""Requests that nobody at Slack would send: bodies of every form, signed and unsigned, for Hypothesis to draw."""

import json
from urllib.parse import urlencode

from hypothesis import strategies as st

WORDS = (
    "type token team user channel view event actions action_id block_id value callback_id trigger_id response_url "
    "private_metadata state values blocks element selected_option selected_options selected_users container message "
    "authorizations enterprise team_id user_id channel_id command text tab id elements payload ssl_check challenge "
    "is_enterprise_install is_ext_shared_channel response_urls thread_ts hash options"
).split()
MEANT = (
    "block_actions view_submission view_closed block_suggestion event_callback app_home_opened url_verification "
    "shortcut message_action /cue help managers site home edit:card-declined history:card-declined firmer menu gap "
    "editor editor:check editor:save site-form site-form:policy managers tell sites call others new-playbook modal "
    "site-policy home:playbooks:0 home:ask version:restore pick:1 sector:safety U0EMPLOYEE U0OWNER T0DEMO C0SHOP"
).split()
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.sampled_from(MEANT))
KEYS = st.one_of(st.sampled_from(WORDS), st.text(max_size=8))
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=6)),
    max_leaves=12,
)
"""Any JSON, often with Slack's own words in it."""


def _somebody(name):
    return {"id": name}


BLOCK_ACTIONS = {
    "type": "block_actions",
    "team": _somebody("T0DEMO"),
    "user": _somebody("U0EMPLOYEE"),
    "channel": _somebody("C0SHOP"),
    "trigger_id": "1",
    "response_url": "",
    "container": {"type": "message", "is_ephemeral": True},
    "actions": [{"type": "button", "action_id": "firmer", "block_id": "card", "value": "{}"}],
}
VIEW = {
    "id": "V1",
    "type": "modal",
    "callback_id": "editor",
    "private_metadata": "",
    "blocks": [{"type": "input", "block_id": "b", "element": {"type": "plain_text_input", "action_id": "a"}}],
    "state": {"values": {"b": {"a": {"type": "plain_text_input", "value": "x"}}}},
}
SUBMITTED = {**BLOCK_ACTIONS, "type": "view_submission", "view": VIEW}
EVENT = {
    "type": "event_callback",
    "team_id": "T0DEMO",
    "event": {"type": "app_home_opened", "user": "U0EMPLOYEE", "tab": "home", "channel": "D1"},
    "authorizations": [{"team_id": "T0DEMO"}],
}
SUGGESTED = {**BLOCK_ACTIONS, "type": "block_suggestion", "action_id": "playbooks", "value": "ca"}
REAL = (BLOCK_ACTIONS, SUBMITTED, EVENT, SUGGESTED)


def places(value, path=()):
    """The path to everything in some JSON."""
    yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield from places(inner, (*path, key))


def put(value, path, new):
    """The JSON with something else at one place."""
    if not path:
        return new
    changed = dict(value) if isinstance(value, dict) else list(value)
    changed[path[0]] = put(value[path[0]], path[1:], new)
    return changed


@st.composite
def bent(draw):
    """A request of Slack's with something else in one or two places."""
    found = draw(st.sampled_from(REAL))
    for _ in range(draw(st.integers(1, 2))):
        place = draw(st.sampled_from(sorted(places(found), key=str)))
        found = put(found, place, draw(ANYTHING))
    return found


def _payload(value):
    return urlencode({"payload": json.dumps(value)}).encode()


JSON, FORM = "application/json", "application/x-www-form-urlencoded"
BODIES = st.one_of(
    st.tuples(st.just(FORM), bent().map(_payload)),
    st.tuples(st.just(JSON), bent().map(lambda value: json.dumps(value).encode())),
    st.tuples(st.just(FORM), ANYTHING.map(_payload)),
    st.tuples(st.just(JSON), ANYTHING.map(lambda value: json.dumps(value).encode())),
    st.tuples(
        st.just(FORM), st.dictionaries(KEYS, st.text(max_size=30), max_size=6).map(lambda d: urlencode(d).encode())
    ),
    st.tuples(
        st.sampled_from((JSON, FORM, "", "text/xml", "application/json; charset=utf-8")),
        st.text(max_size=40).map(str.encode),
    ),
)
"""A content type and the bytes of a body."""
