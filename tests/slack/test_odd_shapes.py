"""Signed requests of shapes that Slack never sends: an acknowledgement or a refusal, and no error in a listener."""

import copy
import dataclasses
import itertools
import json

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as patient
from hypothesis import strategies as st
from person import Person
from writer import EMPLOYEE, OWNER

from bot.playground import payloads
from bot.playground.payloads import Tap
from bot.playground.said import user_of
from bot.playground.signed import JSON
from bot.serving import build_slack, build_web

ACTIONS = (
    *(
        "home:gaps:0",
        "home:search",
        "home:ask",
        "home:sector:shop",
        "gap",
        "gap-close",
        "site-remove:x",
        "call",
        "tell",
    ),
    *(
        "firmer",
        "pick:0",
        "sites",
        "site:policy",
        "site-form:",
        "site-numbers:policy",
        "edit:card-declined",
        "editor:go",
    ),
    *("editor:back", "editor:insert", "editor:check", "new-playbook", "gap-start", "history:card-declined"),
    *("version:show", "version:approve", "version:older"),
)
FORMS = ("ask", "gap", "details", "site", "managers", "site-form", "site-policy", "site-save", "new-playbook", "editor")
KEPT = (
    "",
    "[]",
    "7",
    "{}",
    '["card-declined", 0, 0, "", 0]',
    '{"site": "policy", "stored": {}, "drawn": {}, "changes": {}}',
)
ODD = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 10**20) | st.text(max_size=5) | st.just("policy"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "value", "values"]), inner),
    max_leaves=4,
)


@pytest.fixture
def anybody(small_bot, settings, api):
    with_api = dataclasses.replace(settings, slack_api=api.url)
    return Person(build_web(build_slack(small_bot, with_api), with_api), api)


@st.composite
def tap(draw):
    user = user_of(draw(st.sampled_from([EMPLOYEE, OWNER])))
    view = {
        "id": "V1",
        "type": draw(st.sampled_from(["modal", "home"])),
        "private_metadata": draw(st.sampled_from(KEPT)),
    }
    action = {"type": "button", "action_id": draw(st.sampled_from(ACTIONS)), "block_id": "b", "value": "{}"}
    view |= {"blocks": [{"type": "input", "block_id": "name", "element": {"action_id": "a"}}]}
    found = {**payloads._common("block_actions", Tap(user, "1.2.3")), "view": view, "actions": [action]}
    return draw(bent(found))


@st.composite
def form(draw):
    user = user_of(draw(st.sampled_from([EMPLOYEE, OWNER])))
    values = {name: {"a": {"value": "x"}} for name in ("name", "text", "title", "people", "channels", "site-choice")}
    view = {"id": "V1", "type": "modal", "private_metadata": draw(st.sampled_from(KEPT)), "state": {"values": values}}
    view |= {"callback_id": draw(st.sampled_from(FORMS)), "blocks": [{"type": "input", "block_id": "name"}]}
    return draw(bent({**payloads._common("view_submission", Tap(user, "1.2.3")), "view": view}))


@st.composite
def event(draw):
    return draw(bent(payloads.home_opened(user_of(EMPLOYEE), None, draw(st.floats(0, 10**9)))))


@st.composite
def bent(draw, found):
    """A payload with something else in one place."""
    bent_one = copy.deepcopy(found)
    place = bent_one
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = draw(st.sampled_from(keys))
        if isinstance(place[key], dict | list) and place[key] and draw(st.booleans()):
            place = place[key]
            continue
        # Its kind decides who reads it at all.
        if key not in ("type", "action_id", "callback_id", "actions"):
            place[key] = draw(ODD)
        return bent_one


SENT = itertools.count()
"""Makes every request another one: the same within a second would be a replay."""
QUIET = patient(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUIET
@given(payload=st.one_of(tap(), form()))
def test_a_tap_or_a_form_of_another_shape_is_acknowledged_or_refused(anybody, caplog, payload):
    answered = anybody.signed.post({"payload": json.dumps({**payload, "sent": next(SENT)})})
    assert answered.status in (200, 400, 404)
    assert "a listener failed" not in caplog.text


@QUIET
@given(payload=event())
def test_an_event_of_another_shape_is_acknowledged_or_refused(anybody, caplog, payload):
    body = json.dumps({**payload, "sent": next(SENT)}).encode()
    answered = anybody.signed.send(body, {"Content-Type": JSON, **anybody.signed.headers(body)})
    assert answered.status in (200, 400, 404)
    assert "a listener failed" not in caplog.text
