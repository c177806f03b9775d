"""Signed round trips through the real app: `/cue` and a button press against a bare Bolt `ack("hello")`.

The three take turns in this process, so that a noisy machine is noisy for all; printed are medians and ratios.
"""

import dataclasses
import gc
import json
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parents[1]))

from person import SECRET
from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult

from bot.playground.signed import Signed
from bot.playground.web_api import WebApi
from bot.settings import Settings
from bot.slack.state import State
from bot.wiring import build_bot, build_slack, build_web

ROUNDS, EACH = 15, 40


def bare():
    """Bolt with nothing in it, verifying by itself."""
    result = AuthorizeResult(enterprise_id=None, team_id=None, bot_token="xoxb-made-up")
    app = App(authorize=lambda: result, signing_secret=SECRET, process_before_response=True)
    app.command("/cue")(lambda ack: ack("hello"))
    app.action("firmer")(lambda ack: ack())
    return SlackRequestHandler(app)


def main():
    api = WebApi()
    api.serve()
    base = Settings.from_env({})
    settings = dataclasses.replace(
        base,
        bot_token="xoxb-made-up",
        signing_secret=SECRET,
        slack_api=api.url,
        database_url=f"sqlite:///{tempfile.mkdtemp()}/x.db",
    )
    bot = build_bot(settings)
    ours, plain = Signed(build_web(build_slack(bot, settings), settings), SECRET), Signed(bare(), SECRET)
    common = {"user_id": "U1", "team_id": "T1", "token": "t", "api_app_id": "A"}
    texts = [
        "client demands steve's cell",
        "card declined twice",
        "parcel says delivered not here",
        "she is shouting at me",
    ]
    value = State("coworker-personal-number").dump()

    def command(number):
        return {
            **common,
            "command": "/cue",
            "text": f"{texts[number % 4]} {number}",
            "response_url": "",
            "trigger_id": "1",
        }

    def press(number):
        action = {"type": "button", "action_id": "firmer", "block_id": "card", "value": value, "action_ts": str(number)}
        payload = {"type": "block_actions", "user": {"id": "U1"}, "team": {"id": "T1"}, "actions": [action]}
        return {"payload": json.dumps({**payload, "response_url": api.new_address(), "trigger_id": "1", "token": "t"})}

    cases = {
        "bare /cue": (plain, command),
        "our /cue": (ours, command),
        "bare press": (plain, press),
        "our press": (ours, press),
    }
    taken = {name: [] for name in cases}
    for turn in range(ROUNDS + 1):
        for name, (app, form) in cases.items():
            bodies = [urlencode(form(1000 * turn + number)).encode() for number in range(EACH)]
            signed = [(body, app.headers(body)) for body in bodies]
            gc.collect()
            started = time.perf_counter()
            for body, headers in signed:
                assert app.send(body, headers).status == 200
            if turn:
                taken[name].append((time.perf_counter() - started) / EACH)
    medians = {name: statistics.median(times) for name, times in taken.items()}
    for name, median in medians.items():
        print(f"{name:12} {1000 * median:8.3f} ms  ({1 / median:7.0f} a second)")
    print(f"press rate   {medians['bare press'] / medians['our press']:8.2f} of the bare rate (aim 0.8)")
    print(f"/cue         {medians['our /cue'] / medians['bare /cue']:8.2f} times a bare acknowledgement")
    print(f"memory       {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MiB at most")
    api.close()


if __name__ == "__main__":
    main()
