"""A person with Slack open: types, taps and sends forms as the playground's page does, and sees what they would see."""

import json

from bot.playground.courier import Courier
from bot.playground.sending_off import SendingOff
from bot.playground.tapping import Tapping
from bot.playground.typing_in import TypingIn

SECONDS = 30.0


class Phone:
    def __init__(self, api, line, user="U0EMPLOYEE", channel="C0SHOP"):
        self.api, self.user, self.channel = api, user, channel
        self.courier = Courier(api.slack, line)
        self.typing, self.tapping = TypingIn(api, self.courier), Tapping(api, self.courier)
        self.sending = SendingOff(api, self.courier)

    def cue(self, text):
        before = self.seen()
        self.typing.type(self.user, self.channel, f"/cue {text}")
        self.until(lambda: self.seen() != before)
        return self.message

    @property
    def message(self):
        """The newest message that this person sees."""
        seen = self.api.slack.messages.seen_by(self.user, self.channel)
        return seen[-1] if seen else None

    @property
    def form(self):
        """The form on top; None where none is open."""
        stack = self.api.slack.views.stack(self.user)
        return stack[-1] if stack else None

    @property
    def home(self):
        return self.api.slack.views.home(self.user)

    def open_home(self):
        before = self.home
        self.tapping.home(self.user)
        self.api.slack.bell.until(lambda: self.home is not before, SECONDS)
        return self.home

    def press(self, action, place="message", **given):
        """Tap the first element whose action_id starts so, and wait until something has changed."""
        before = self.seen()
        self.tap(action, place, **given)
        self.until(lambda: self.seen() != before)

    def tap(self, action, place="message", **given):
        """The same, without waiting."""
        at = getattr(self, place)
        block, element = find(blocks_of(at), action)
        container = (
            {"type": "message", "id": at.ts, "channel": at.channel}
            if place == "message"
            else {"type": "view", "id": at.id}
        )
        self.tapping.press(
            self.user,
            container,
            {"block_id": block["block_id"], "action_id": element["action_id"], **given},
            given.get("values"),
        )

    def until(self, holds):
        """Wait until something holds."""
        self.api.slack.bell.until(holds, SECONDS)
        assert holds(), shown(self.form) if self.form else "no form"

    def send(self, **values):
        """Send the form on top; the sentences under its inputs, if any."""
        state = {}
        for block in self.form.content["blocks"]:
            if block["type"] == "input" and block["block_id"] in values:
                state[block["block_id"]] = {block["element"]["action_id"]: values[block["block_id"]]}
        return self.sending.submit(self.user, self.form.id, {**initial(self.form), **state})

    def seen(self):
        views = (*self.api.slack.views.stack(self.user), *([self.home] if self.home else []))
        return (self.message, tuple((view.id, view.hash) for view in views))


def initial(view):
    """What stands in the inputs at first is the page's to send."""
    return {}


def text(value):
    return {"value": value}


def blocks_of(place):
    return place.content["blocks"] if hasattr(place, "content") else place.blocks


def find(blocks, action):
    for block in blocks:
        for element in (*block.get("elements", ()), block.get("element"), block.get("accessory")):
            if element and element.get("action_id", "").startswith(action):
                return block, element
    raise AssertionError(f"no {action} in {actions_of(blocks)}")


def actions_of(blocks):
    held = ((*block.get("elements", ()), block.get("element"), block.get("accessory")) for block in blocks)
    return [one["action_id"] for row in held for one in row if one and "action_id" in one]


def shown(place):
    return json.dumps(blocks_of(place), ensure_ascii=False)


def forged(phone, action, value=""):
    """A tap on a button that Home does not show; waits until something has changed."""
    before = phone.seen()
    view = phone.home.shown()
    payload = {
        "type": "block_actions",
        "user": {"id": phone.user},
        "team": {"id": "T0DEMO"},
        "api_app_id": "A0CUECARD",
        "token": "dead",
        "container": {"type": "view", "view_id": view["id"]},
        "view": view,
        "trigger_id": phone.api.new_trigger(phone.user),
        "actions": [{"type": "button", "action_id": action, "block_id": "any", "value": value}],
    }
    assert phone.courier.interaction(payload, action).status == 200
    phone.until(lambda: phone.seen() != before)
