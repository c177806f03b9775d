import json
from http.client import HTTPConnection

import pytest
from slack_sdk import WebClient

from bot.playground.page_server import PageServer
from bot.playground.room import Playground
from bot.playground.stand_in import Slack
from bot.playground.web_api import WebApi
from bot.playground.workspace import TOKEN

EVERY_SCOPE = ("commands", "chat:write", "users:read", "channels:read", "im:write")


class Now:
    """A clock that stands still until it is moved."""

    def __init__(self):
        self.seconds = 1_700_000_000.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def now():
    return Now()


@pytest.fixture
def web(now):
    """Slack's Web API on a port of its own."""
    found = WebApi(Slack(scopes=EVERY_SCOPE, clock=now))
    found.serve()
    yield found
    found.close()


@pytest.fixture
def client(web):
    return WebClient(TOKEN, base_url=web.url)


@pytest.fixture
def room(bot, settings, patience):
    found = Playground(settings, lambda *_: bot, patience)
    found.api.serve()
    found.build()
    yield found
    found.close()


class Page:
    """A browser without a screen."""

    def __init__(self, room, patience):
        self.room, self.patience = room, patience
        self.server = PageServer(room, "127.0.0.1", 0)
        self.server.serve()

    def send(self, method, path, body=None, **headers):
        connection = HTTPConnection("127.0.0.1", self.server.port, timeout=10)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): text for name, text in headers.items()})
            answered = connection.getresponse()
            return answered.status, answered.headers, answered.read()
        finally:
            connection.close()

    def post(self, name, **held):
        status, _, body = self.send("POST", f"/api/{name}", json.dumps(held), content_type="application/json")
        assert status == 200
        return json.loads(body)

    def cue(self, user, text, channel="C0SHOP"):
        """Ask, and the message that came of it."""
        assert self.post("command", user=user, channel=channel, text=f"/cue {text}") == {"ok": True}
        return self.messages(user, channel)[-1]

    def messages(self, user, channel="C0SHOP"):
        return self.room.state(user)["messages"][channel]

    def press(self, user, message, action_id, channel="C0SHOP"):
        """Tap a button below a message."""
        found = [(block["block_id"], one) for block in message["blocks"] for one in block.get("elements", ())]
        action = next({**one, "block_id": name} for name, one in found if one.get("action_id") == action_id)
        container = {"type": "message", "id": message["id"], "channel": channel}
        return self.post("press", user=user, container=container, action=action)

    def until(self, holds):
        """Wait until the app's answer beside its acknowledgement has come."""
        self.room.slack.bell.until(holds, self.patience)
        assert holds()


@pytest.fixture
def page(room, patience):
    found = Page(room, patience)
    yield found
    found.server.close()
