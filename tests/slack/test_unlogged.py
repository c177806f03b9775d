"""Whatever way a situation takes, in whatever form, not a word of it is in the log, at its chattiest."""

import dataclasses
import io
import json
import logging
import socket
import struct

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from slack_bolt.adapter.socket_mode.internals import run_bolt_app
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin.connection import Connection, ConnectionState
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot import logs
from bot.serving import build_slack
from bot.slack.state import State

WHO = {"user": {"id": "U0EMPLOYEE"}, "team": {"id": "T0DEMO"}, "api_app_id": "A0CUECARD", "token": "dead"}
WORDS = st.lists(st.sampled_from(["knife", "refund", "steve's", "cell", "émile", "{{", "<!here>", "%s", "%d"]))
MARK = "zqxjmark"
"""Stands in every situation, and nowhere else."""


@pytest.fixture
def log():
    """Everything that our own log has, down to DEBUG."""
    logs.begin(logs.PLAIN)
    root = logging.getLogger()
    root.handlers[:] = [one for one in root.handlers if isinstance(one, logs._Stderr)]
    (handler,) = root.handlers
    handler.setStream(io.StringIO())
    chatty = [root, *(logging.getLogger(name) for name in ("bot", "slack_bolt", "slack_sdk"))]
    before = [one.level for one in chatty]
    for one in chatty:
        one.setLevel(logging.DEBUG)
    yield handler.stream.getvalue
    for one, level in zip(chatty, before, strict=True):
        one.setLevel(level)


def pressed(action, value, **more):
    button = {"type": "button", "action_id": action, "block_id": "any", "value": value}
    return {"type": "block_actions", **WHO, "actions": [button], "container": {"type": "message"}, **more}


def submitted(callback, text):
    values = {"text": {"told": {"value": text}}, "title": {"told": {"value": text}}}
    view = {"type": "modal", "id": "V1", "callback_id": callback, "private_metadata": text, "state": {"values": values}}
    return {"type": "view_submission", **WHO, "view": view}


def ways(text, api):
    """Every way in which something typed comes in, as payloads of an interaction."""
    yield pressed("gap", State(text=text).dump(), trigger_id=api.new_trigger())
    yield pressed("firmer", text, response_url=api.new_address())
    yield pressed("call", text, response_url="http://127.0.0.1:1/" + MARK)
    yield pressed("nobody-listens", text)
    yield pressed("home:search", text, view={"type": "home", "id": "V1"})
    for callback in ("ask", "gap", "details", "editor", "nobody-listens"):
        yield submitted(callback, text)
    yield {"type": text, **WHO}


@given(words=WORDS)
@examples(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_word_that_was_typed_is_in_the_log(words, person, api, log):
    text = " ".join([*words, MARK, *words])
    person.cue(text)
    for payload in ways(text, api):
        person.signed.post({"payload": json.dumps(payload)})
    event = {"type": "event_callback", "team_id": "T0DEMO", "event": {"type": "message", "text": text, "user": "U1"}}
    body = json.dumps(event).encode()
    person.signed.send(body, {**person.signed.headers(body), "Content-Type": "application/json"})
    person.signed.send(body, {"Content-Type": "application/json"})
    assert MARK not in log()


def test_over_socket_mode_neither(bot, settings, api, log):
    app = build_slack(bot, dataclasses.replace(settings, slack_api=api.url))
    for payload in ways(MARK, api):
        run_bolt_app(app, SocketModeRequest(type="interactive", envelope_id="e", payload=payload))
    assert MARK not in log()


def test_nor_what_slacks_own_client_could_not_read(log):
    ours, theirs = socket.socketpair()
    slack = logging.getLogger("slack_sdk.socket_mode")
    line = Connection("wss://nowhere", slack, trace_enabled=True, on_close_listener=lambda *_: None)
    line.sock = ours
    for opcode in (3, 2, 1):
        theirs.sendall(frame(opcode, MARK.encode()))
    theirs.sendall(frame(8, struct.pack("!H", 1000) + MARK.encode()))
    line.run_until_completion(ConnectionState())
    theirs.close()
    client = BaseSocketModeClient()
    client.logger, client.message_listeners = slack, [fall]
    client.socket_mode_request_listeners = []
    client.run_message_listeners({"type": MARK}, MARK)
    assert MARK not in log()
    assert "slack_sdk.socket_mode -: connection.py line" in log()
    assert "ValueError at " in log()


def test_nor_what_slack_answered_in_another_form(log):
    with socket.create_server(("127.0.0.1", 0)) as server:
        client = WebClient("xoxb-made-up", base_url=f"http://127.0.0.1:{server.getsockname()[1]}/", timeout=0.1)
        with pytest.raises(OSError, match="timed out"):
            client.chat_postMessage(channel="C1", text=MARK)
    assert MARK not in log()
    assert "slack_sdk.web.base_client -: " in log()


def fall(*_):
    raise ValueError(MARK)


def frame(opcode, payload):
    return struct.pack("!BB", 0x80 | opcode, len(payload)) + payload
