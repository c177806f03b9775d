"""Socket Mode reaches the same listeners, without a signature, since Slack's own line brings it."""

import dataclasses
import json

from slack_bolt.adapter.socket_mode.internals import run_bolt_app
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.serving import build_slack


def test_a_command_over_socket_mode_gets_the_same_card(bot, settings, person, api):
    app = build_slack(bot, dataclasses.replace(settings, slack_api=api.url))
    text = "client demands steve's cell, he's off today"
    payload = {
        "command": "/cue",
        "text": text,
        "user_id": "U0EMPLOYEE",
        "team_id": "T0DEMO",
        "trigger_id": api.new_trigger(),
        "response_url": api.new_address(),
    }
    answered = run_bolt_app(app, SocketModeRequest(type="slash_commands", envelope_id="e", payload=payload))
    over_http = person.cue(text).message
    assert answered.status == 200
    assert json.loads(answered.body)["blocks"] == over_http["blocks"]
