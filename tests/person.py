import json

from bot.playground.limits import check_message
from bot.playground.signed import Signed

SECRET = "not-a-real-secret"


class Person:
    """Somebody with a phone: types, taps, submits."""

    def __init__(self, app, api):
        self.app, self.api = app, api
        self.signed = Signed(app, SECRET)

    def cue(self, text, **more):
        form = {
            "command": "/cue",
            "text": text,
            "user_id": "U0EMPLOYEE",
            "team_id": "T0DEMO",
            "channel_id": "C0SHOP",
            "api_app_id": "A0CUECARD",
            "token": "dead",
            "trigger_id": self.api.new_trigger(),
            "response_url": self.api.new_address(),
            **more,
        }
        answered = self.signed.post(form)
        if answered.body:
            check_message(answered.message.get("text", ""), answered.message.get("blocks", []))
        return answered

    def press(self, button, answers=1):
        url = self.api.new_address()
        payload = {
            "type": "block_actions",
            "user": {"id": "U0EMPLOYEE"},
            "team": {"id": "T0DEMO"},
            "api_app_id": "A0CUECARD",
            "token": "dead",
            "container": {"type": "message", "is_ephemeral": True},
            "trigger_id": self.api.new_trigger(),
            "response_url": url,
            "actions": [{**button, "type": "button", "block_id": "any"}],
        }
        answered = self.signed.post({"payload": json.dumps(payload)})
        assert answered.status == 200
        assert answered.body == ""
        found = self.api.answers(url, answers)
        return found[-1] if found else None

    def submit(self, view, values):
        payload = {
            "type": "view_submission",
            "user": {"id": "U0EMPLOYEE"},
            "team": {"id": "T0DEMO"},
            "api_app_id": "A0CUECARD",
            "token": "dead",
            "view": {
                **view,
                "id": "V1",
                "state": {"values": {name: {"told": {"value": text}} for name, text in values.items()}},
            },
        }
        url = json.loads(view["private_metadata"])["url"]
        answered = self.signed.post({"payload": json.dumps(payload)})
        assert answered.status == 200
        return self.api.answers(url, 1)[-1]


def buttons(message):
    """Every button of a message by its action id."""
    rows = (block["elements"] for block in message["blocks"] if block["type"] == "actions")
    return {button["action_id"]: button for row in rows for button in row}


def shown(message):
    """All the text that a message shows."""
    return json.dumps(message["blocks"], ensure_ascii=False)
