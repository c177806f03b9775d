"""Somebody who keeps playbooks, on a phone: opens forms, fills them in, taps, sends."""

import json

from bot.playground import payloads
from bot.playground.courier import Courier, read_ack
from bot.playground.payloads import Tap
from bot.playground.said import user_of
from bot.playground.sending_off import SendingOff
from bot.playground.signed import Line
from bot.playground.tapping import Tapping

MANAGER, OWNER, EMPLOYEE = "U0MANAGER", "U0OWNER", "U0EMPLOYEE"
HOME = {"type": "home", "id": "V0HOME", "blocks": [], "state": {"values": {}}}


class Writer:
    """One person at one made-up Slack, with the real app behind it."""

    def __init__(self, api, port, secret, user=OWNER):
        self.api, self.user = api, user
        self.courier = Courier(api.slack, Line(port, secret))
        self.tapping, self.sending = Tapping(api, self.courier), SendingOff(api, self.courier)

    def as_(self, user):
        found = object.__new__(Writer)
        found.__dict__.update(self.__dict__, user=user)
        return found

    @property
    def stack(self):
        with self.api.slack.bell.still:
            return self.api.slack.views.stack(self.user)

    @property
    def view(self):
        return self.stack[-1]

    def until(self, holds, seconds=30.0):
        self.api.slack.bell.until(holds, seconds)
        assert holds(), self.shown() if self.stack else "no view"

    def open(self, action, value=""):
        """Tap a button of Home, and wait for the form."""
        before = [view.id for view in self.stack]
        tap = Tap(user_of(self.user), self.api.new_trigger(self.user))
        pressed = {"type": "button", "action_id": action, "block_id": "b", "value": value}
        payload = {
            **payloads._common("block_actions", tap),
            "container": {"type": "view", "view_id": HOME["id"]},
            "view": HOME,
            "actions": [pressed],
        }
        assert self.courier.interaction(payload, action).status == 200
        self.until(lambda: [view.id for view in self.stack] != before and self.stack)
        return self

    def blocks(self):
        return self.view.content["blocks"]

    def element(self, action):
        for block in self.blocks():
            for one in (*block.get("elements", ()), block.get("element"), block.get("accessory")):
                if one and one.get("action_id", "").startswith(action):
                    return block, one
        raise AssertionError(f"no {action} in {self.shown()}")

    def tap(self, action, typed=None, **chosen):
        """Tap an element of the form on top, and wait until something has changed."""
        block, element = self.element(action)
        before = self.stack
        pressed = {"block_id": block["block_id"], "action_id": element["action_id"], **chosen}
        self.tapping.press(self.user, {"type": "view", "id": self.view.id}, pressed, self._values(typed or {}))
        hashes = [(view.id, view.hash) for view in before]
        self.until(lambda: [(view.id, view.hash) for view in self.stack] != hashes)
        return self

    def choose(self, action, value, typed=None):
        _, element = self.element(action)
        found = next(one for one in element["options"] if one["value"] == value)
        return self.tap(action, typed, selected_option=found)

    def send(self, **typed):
        """Send the form on top; the sentences under its inputs, by block."""
        return self.sending.submit(self.user, self.view.id, self._values(typed))

    def done(self, seconds=90.0):
        """Wait until the form no longer says that it takes a moment."""
        self.until(lambda: self.title not in ("One moment", "Try it …"), seconds)
        return self

    def to_the_end(self, **typed):
        """Send page after page from the first to the last; what is typed goes where its input stands."""
        left = {name.replace("__", "."): text for name, text in typed.items()}
        while True:
            here = {
                name: left.pop(name) for name in list(left) if any(one.get("block_id") == name for one in self.blocks())
            }
            last = self.view.content["submit"]["text"] != "Next"
            errors = self.send(**here)
            if errors or last:
                return errors or (self.done() and {})

    def close(self):
        self.sending.close(self.user, self.view.id, everything=False)

    def _values(self, typed):
        """What stands in the inputs: what is typed now, else what stood there."""
        found = {}
        for block in self.blocks():
            if block["type"] == "input" and block["block_id"] in {name.replace("__", ".") for name in typed}:
                told = next(text for name, text in typed.items() if name.replace("__", ".") == block["block_id"])
                found[block["block_id"]] = {block["element"]["action_id"]: self._value(block["element"], told)}
        return found

    def _value(self, element, told):
        if element["type"] == "plain_text_input":
            return {"value": told}
        if element["type"] == "datepicker":
            return {"selected_date": told}
        if element["type"] == "external_select":
            return {"selected_option": {"value": told, "text": {"type": "plain_text", "text": told}}}
        options = {one["value"]: one for one in element["options"]}
        if element["type"] == "multi_static_select":
            return {"selected_options": [options[one] for one in told]}
        return {"selected_option": options[told]}

    def raw(self, view, **values):
        """Send a form that nobody drew: whatever anybody could sign up with."""
        return self.raw_state(view, {block: {"in:0": {"value": text}} for block, text in values.items()})

    def raw_state(self, view, values):
        """The same, with what stands in each input by its block and its element."""
        payload = {
            **payloads._common("view_submission", Tap(user_of(self.user), self.api.new_trigger(self.user))),
            "view": {
                **view,
                "id": "V9",
                "state": {"values": values},
            },
        }
        return read_ack(self.courier.interaction(payload, "raw"))

    def suggest(self, action, typed):
        block, element = self.element(action)
        found = self.tapping.options(self.user, self.view.id, (block["block_id"], element["action_id"]), typed)
        return [one["value"] for one in found["options"]]

    def shown(self):
        return json.dumps(self.view.content, ensure_ascii=False)

    @property
    def title(self):
        return self.view.content["title"]["text"]

    def input(self, block):
        return next(one["element"] for one in self.blocks() if one.get("block_id") == block)
