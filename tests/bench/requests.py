"""Signed round trips through the real app: `/cue` and a button press against a bare Bolt `ack("hello")`.

They take turns in this process, so that a noisy machine is noisy for all; printed are medians and ratios. A press is
acknowledged first and answered beside it by a POST to Slack, so both are timed: the round trip, and until the answer
has arrived at a stand-in for Slack on loopback.
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
from bot.serving import build_slack, build_web
from bot.settings import Settings
from bot.slack.state import State
from bot.wiring import build_bot

ROUNDS, EACH = 15, 40
PAUSE = 0.005


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

    def command(number, url):
        return {
            **common,
            "command": "/cue",
            "text": f"{texts[number % 4]} {number}",
            "response_url": url,
            "trigger_id": "1",
        }

    def press(number, url):
        action = {"type": "button", "action_id": "firmer", "block_id": "card", "value": value, "action_ts": str(number)}
        payload = {"type": "block_actions", "user": {"id": "U1"}, "team": {"id": "T1"}, "actions": [action]}
        return {"payload": json.dumps({**payload, "response_url": url, "trigger_id": "1", "token": "t"})}

    cases = {
        "bare /cue": (plain, command, False),
        "our /cue": (ours, command, False),
        "bare press": (plain, press, False),
        "our press": (ours, press, True),
    }
    taken = {name: [] for name in (*cases, "until answered")}
    for turn in range(ROUNDS + 1):
        for name, (app, form, answered) in cases.items():
            gc.collect()
            for number in range(EACH):
                url = api.new_address()
                body = urlencode(form(1000 * turn + number, url)).encode()
                headers = app.headers(body)
                started = time.perf_counter()
                assert app.send(body, headers).status == 200
                back = time.perf_counter()
                if answered:
                    assert api.answers(url, 1)
                    taken["until answered"].append(time.perf_counter() - started)
                else:
                    # A processor that has rested answers more slowly: the bare app gets the same pause.
                    time.sleep(PAUSE)
                if turn:
                    taken[name].append(back - started)
    medians = {name: statistics.median(times) for name, times in taken.items()}
    for name, median in medians.items():
        print(f"{name:15} {1000 * median:8.3f} ms")
    print(f"press rate      {medians['bare press'] / medians['our press']:8.2f} of the bare rate (aim 0.8)")
    print(f"/cue            {medians['our /cue'] / medians['bare /cue']:8.2f} times a bare acknowledgement")
    print(f"memory          {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MiB at most")
    api.close()


if __name__ == "__main__":
    main()
