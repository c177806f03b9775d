import json

from slack_bolt import BoltRequest

from bot.slack.app import build_app
from bot.slack.client import Line

TYPED = "the words that somebody typed"


class Broken:
    """A listener with an error that nobody foresaw."""

    def listen(self, app):
        app.action("any")(self.press)

    def press(self, ack):
        raise ValueError(TYPED)


def test_an_error_that_nobody_foresaw_is_logged_by_its_kind_and_place_alone(caplog):
    app = build_app([Broken()], Line("http://127.0.0.1:1/", "xoxb-made-up"))
    payload = {"type": "block_actions", "actions": [{"type": "button", "action_id": "any"}], "user": {"id": "U1"}}
    answered = app.dispatch(BoltRequest(body=json.dumps(payload), mode="socket_mode"))
    assert answered.status == 500
    assert "a listener failed: ValueError at" in caplog.text
    assert "test_app.py" in caplog.text
    assert TYPED not in caplog.text
    assert answered.headers["x-slack-no-retry"] == ["1"], "it would only fail again"
