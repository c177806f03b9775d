"""What a small Bolt app answers is followed as Slack would: forms, menus, shortcuts, events."""

import json

import pytest
from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.playground.app_host import AppHost
from bot.playground.courier import Courier
from bot.playground.payloads import verification
from bot.playground.said import Said
from bot.playground.sending_off import TROUBLE, SendingOff
from bot.playground.signed import Line
from bot.playground.tapping import Tapping
from bot.playground.typing_in import TypingIn
from bot.playground.workspace import TOKEN
from bot.slack.door import Door

ME = "U0EMPLOYEE"
SECRET = "not-a-real-secret"


def plain(text):
    return {"type": "plain_text", "text": text}


def typed(block_id="name", **more):
    element = {"type": "plain_text_input", "action_id": "typed", **more.pop("element", {})}
    return {"type": "input", "block_id": block_id, "label": plain("Name"), "element": element, **more}


def modal(*blocks, **more):
    return {"type": "modal", "title": plain("A form"), "submit": plain("Go"), "blocks": list(blocks), **more}


class Played:
    """A Bolt app of a few lines in the workspace, and everything that a person can do with it."""

    def __init__(self, web):
        self.web, self.seen = web, []
        authorized = AuthorizeResult(enterprise_id=None, team_id=None, bot_token=TOKEN)
        self.app = App(
            authorize=lambda: authorized,
            client=WebClient(base_url=web.url),
            request_verification_enabled=False,
            process_before_response=True,
        )
        self.host = AppHost(Door(SlackRequestHandler(self.app), SECRET))
        self.courier = Courier(web.slack, Line(self.host.port, SECRET, seconds=30.0))
        self.typing = TypingIn(web, self.courier)
        self.tapping = Tapping(web, self.courier)
        self.sending = SendingOff(web, self.courier)

    def show(self, view):
        return self.web.slack.views.open(ME, view)

    def stack(self):
        return [view.content["title"]["text"] for view in self.web.slack.views.stack(ME)]

    def note(self, ack, body):
        ack()
        self.seen.append(body)


@pytest.fixture
def played(web):
    found = Played(web)
    yield found
    found.host.close()


def submit_to(played, **answer):
    played.app.view("form")(lambda ack: ack(**answer))
    return played.show(modal(typed(optional=True), callback_id="form"))


def test_an_empty_answer_closes_the_form(played):
    view = submit_to(played)
    assert played.sending.submit(ME, view.id, {}) == {}
    assert played.stack() == []


def test_a_form_below_comes_back_when_the_one_above_is_sent(played):
    played.app.view("form")(lambda ack: ack())
    played.show(modal(title=plain("Below")))
    above = played.web.slack.views.push(ME, modal(callback_id="form"))
    played.sending.submit(ME, above.id, {})
    assert played.stack() == ["Below"]


def test_errors_stand_under_their_inputs(played):
    view = submit_to(played, response_action="errors", errors={"name": "Shorten it."})
    assert played.sending.submit(ME, view.id, {}) == {"name": "Shorten it."}
    assert played.stack() == ["A form"]


def test_errors_under_no_input_are_trouble(played):
    view = submit_to(played, response_action="errors", errors={"moon": "Shorten it."})
    with pytest.raises(Said, match="trouble connecting"):
        played.sending.submit(ME, view.id, {})


@pytest.mark.parametrize(
    ("action", "stack"),
    [("update", ["Next"]), ("push", ["A form", "Next"]), ("clear", [])],
)
def test_the_answer_says_what_stands_there_next(played, action, stack):
    more = {} if action == "clear" else {"view": modal(title=plain("Next"))}
    view = submit_to(played, response_action=action, **more)
    assert played.sending.submit(ME, view.id, {}) == {}
    assert played.stack() == stack


def test_a_next_form_that_slack_would_not_show_is_trouble(played):
    view = submit_to(played, response_action="update", view=modal(title=plain("a" * 25)))
    with pytest.raises(Said, match="trouble"):
        played.sending.submit(ME, view.id, {})
    assert played.stack() == ["A form"]


def test_an_app_that_fails_is_trouble(played):
    view = played.show(modal(callback_id="nobody-listens"))
    with pytest.raises(Said, match=TROUBLE.replace("?", "")):
        played.sending.submit(ME, view.id, {})


def test_slack_itself_asks_for_what_is_required_too_short_or_too_long(played):
    element = {"min_length": 3, "max_length": 5}
    view = played.show(modal(typed(), typed("short", element=element), typed("long", element=element)))
    values = {"short": {"typed": {"value": "ab"}}, "long": {"typed": {"value": "abcdef"}}}
    errors = played.sending.submit(ME, view.id, values)
    assert set(errors) == {"name", "short", "long"}
    assert "required" in errors["name"]
    assert played.web.slack.exchanges.lines() == []


def test_what_was_typed_and_what_was_left_reaches_the_app(played):
    played.app.view("form")(played.note)
    boxes = [{"text": plain(f"{n}"), "value": f"{n}"} for n in range(2)]
    people = {"type": "users_select", "action_id": "who", "initial_user": "U0OWNER"}
    chosen = {"type": "checkboxes", "action_id": "which", "options": boxes}
    blocks = [
        typed(element={"initial_value": "as it was"}),
        typed("other", optional=True),
        {"type": "section", "block_id": "s", "text": plain("Who?"), "accessory": people},
        {"type": "input", "block_id": "c", "label": plain("Which?"), "element": chosen, "optional": True},
    ]
    view = played.show(modal(*blocks, callback_id="form"))
    played.sending.submit(ME, view.id, {"other": {"typed": {"value": ""}}, "made-up": {"typed": {"value": "x"}}})
    assert played.seen[0]["view"]["state"]["values"] == {
        "name": {"typed": {"type": "plain_text_input", "value": "as it was"}},
        "other": {"typed": {"type": "plain_text_input", "value": None}},
        "s": {"who": {"type": "users_select", "selected_user": "U0OWNER"}},
        "c": {"which": {"type": "checkboxes", "selected_options": []}},
    }


def test_only_the_top_form_of_ones_own_can_be_sent(played):
    below = played.show(modal(callback_id="form"))
    played.web.slack.views.push(ME, modal())
    for user, view in ((ME, below.id), ("U0OWNER", below.id), (ME, "V404")):
        with pytest.raises(Said, match="no longer there"):
            played.sending.submit(user, view, {})


def test_closing_is_told_only_where_the_app_asked_for_it(played):
    played.app.view_closed("form")(played.note)
    quiet = played.show(modal(callback_id="quiet"))
    played.sending.close(ME, quiet.id, everything=False)
    asked = played.show(modal(callback_id="form", notify_on_close=True))
    played.sending.close(ME, asked.id, everything=False)
    [body] = played.seen
    assert (body["type"], body["is_cleared"]) == ("view_closed", False)
    assert played.stack() == []


def test_closing_one_that_says_so_closes_all(played):
    played.show(modal())
    top = played.web.slack.views.push(ME, modal(clear_on_close=True))
    played.sending.close(ME, top.id, everything=False)
    assert played.stack() == []


def test_closing_everything_tells_of_each(played):
    played.app.view_closed("form")(played.note)
    played.show(modal(callback_id="form", notify_on_close=True))
    top = played.web.slack.views.push(ME, modal(callback_id="form", notify_on_close=True))
    played.sending.close(ME, top.id, everything=True)
    assert [body["is_cleared"] for body in played.seen] == [True, True]


def test_a_tap_in_a_form_carries_the_form_and_its_values(played):
    played.app.action("pick")(played.note)
    menu = {"type": "static_select", "action_id": "pick", "options": [{"text": plain("A"), "value": "a"}]}
    view = played.show(modal(typed(optional=True), {"type": "actions", "block_id": "row", "elements": [menu]}))
    given = {"block_id": "row", "action_id": "pick", "selected_option": menu["options"][0], "value": "forged"}
    values = {"name": {"typed": {"value": "half typed"}}}
    played.tapping.press(ME, {"type": "view", "id": view.id}, given, values)
    [body] = played.seen
    assert body["view"]["state"]["values"]["name"]["typed"]["value"] == "half typed"
    assert body["actions"][0]["selected_option"] == menu["options"][0]
    assert "value" not in body["actions"][0]
    assert "response_url" not in body


def test_a_tap_on_a_message_for_all_carries_the_message(played, web):
    played.app.action("go")(played.note)
    button = {"type": "button", "action_id": "go", "text": plain("Go"), "value": "1"}
    shown = web.slack.post("C0SHOP", {"blocks": [{"type": "actions", "block_id": "row", "elements": [button]}]})
    container = {"type": "message", "id": shown.ts, "channel": "C0SHOP"}
    played.tapping.press(ME, container, {"block_id": "row", "action_id": "go", "value": "forged"}, None)
    [body] = played.seen
    assert body["actions"][0]["value"] == "1"
    assert body["message"]["ts"] == shown.ts
    assert body["container"]["is_ephemeral"] is False


def test_the_app_suggests_what_to_choose(played):
    options = [{"text": plain("Anna"), "value": "a"}]
    played.app.options("who")(lambda ack, body: ack(options=options if body["value"] == "an" else []))
    menu = {"type": "external_select", "action_id": "who"}
    view = played.show(modal({"type": "input", "block_id": "b", "label": plain("Who?"), "element": menu}))
    assert played.tapping.options(ME, view.id, ("b", "who"), "an") == {"options": options}
    with pytest.raises(Said, match="no longer there"):
        played.tapping.options(ME, view.id, ("b", "made-up"), "an")


def test_a_shortcut_can_open_a_form(played):
    def open_form(ack, body, client):
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal())

    played.app.shortcut("ask")(open_form)
    played.tapping.shortcut(ME, "ask")
    assert played.stack() == ["A form"]


def test_a_message_shortcut_brings_its_message_but_never_an_ephemeral_one(played, web):
    played.app.shortcut("ask")(played.note)
    said = web.slack.say("C0SHOP", "U0SECOND", "he asked me out")
    played.tapping.shortcut(ME, "ask", {"type": "message", "id": said.ts, "channel": "C0SHOP"})
    assert played.seen[0]["message"]["text"] == "he asked me out"
    private = web.slack.post("C0SHOP", {"text": "psst"}, ME)
    with pytest.raises(Said, match="only you see"):
        played.tapping.shortcut(ME, "ask", {"type": "message", "id": private.ts, "channel": "C0SHOP"})


def test_opening_home_is_an_event_that_the_app_can_answer(played, web):
    def publish(event, client):
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": []})

    played.app.event("app_home_opened")(publish)
    played.tapping.home(ME)
    assert web.slack.views.home(ME) is not None
    assert web.slack.views.home("U0OWNER") is None


def test_a_new_address_is_verified_by_its_challenge(played):
    payload = verification()
    answered = played.courier.event(payload)
    assert json.loads(answered.body)["challenge"] == payload["challenge"]


@pytest.mark.parametrize(
    ("answer", "shown", "seen_by_all"),
    [
        ({"text": "only you"}, "only you", False),
        ({"text": "all of you", "response_type": "in_channel"}, "all of you", True),
        ({"text": "hi", "blocks": [{"type": "moon"}]}, '/cue failed with the error "invalid_blocks"', False),
    ],
)
def test_a_commands_answer_is_posted_as_it_says(played, web, answer, shown, seen_by_all):
    played.app.command("/cue")(lambda ack: ack(**answer))
    played.typing.type(ME, "C0SHOP", "/cue hello")
    assert web.slack.messages.seen_by(ME, "C0SHOP")[-1].text == shown
    others = [message.text for message in web.slack.messages.seen_by("U0SECOND", "C0SHOP")]
    assert others == (["/cue hello", shown] if seen_by_all else [])


def test_a_command_that_nobody_hears_fails_as_in_slack(played, web):
    played.typing.type(ME, "C0SHOP", "/cue hello")
    assert "dispatch_failed" in web.slack.messages.seen_by(ME, "C0SHOP")[-1].text
