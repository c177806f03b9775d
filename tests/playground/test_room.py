"""The whole way: a person at the page, the real app behind it, Slack's rules between."""

import threading

import pytest

from bot.playground.app_host import AppHost
from bot.playground.courier import Courier
from bot.playground.room import Playground
from bot.playground.said import Said
from bot.playground.signed import Line
from bot.playground.typing_in import TypingIn
from bot.slack.state import State

STEVE = "client demands steve's cell, he's off today"
ME, OTHER, BOSS = "U0EMPLOYEE", "U0SECOND", "U0MANAGER"


def first(message):
    return message["blocks"][0]["text"]["text"]


def test_the_page_says_how_far_the_first_reading_has_come_and_nobody_reads_on_for_a_room_that_is_closed(settings, bot):
    seen = []

    def make(_settings, told):
        told(400, 1000)
        seen.append(room.state(ME)["notice"])
        room.close()
        told(401, 1000)
        return bot

    room = Playground(settings, make)
    room.api.serve()
    room.build()
    assert seen == ["Reading 1,000 ways people describe things, once: 40 %. Then this page goes on by itself."]
    assert not room.state(ME)["ready"]


def test_a_question_is_answered_to_its_asker_alone(page):
    message = page.cue(ME, STEVE)
    assert first(message) == "Client demands a coworker's personal number"
    assert message["ephemeral"]
    assert message["who"] == {"id": "U0CUECARD", "name": "Cuecard", "bot": True}
    assert page.messages(OTHER) == []


def test_a_firmer_line_takes_the_place_of_the_one_before(page):
    message = page.cue(ME, STEVE)
    assert page.press(ME, message, "firmer") == {"ok": True}
    page.until(lambda: page.messages(ME)[-1]["edited"])
    [changed] = page.messages(ME)
    assert changed["id"] == message["id"]
    assert "firmer" in changed["blocks"][1]["text"]["text"]


def test_a_form_asks_for_what_is_missing_and_puts_it_into_the_card(page):
    value = State("demand-outside-agreement").dump()
    button = {"type": "button", "action_id": "tell", "text": {"type": "plain_text", "text": "Fill"}, "value": value}
    shown = page.room.slack.post("C0SHOP", {"blocks": [{"type": "actions", "elements": [button]}]}, ME)
    page.press(ME, page.messages(ME)[-1], "tell")
    page.until(lambda: page.room.state(ME)["modals"])
    [view] = page.room.state(ME)["modals"]
    values = {view["blocks"][0]["block_id"]: {"told": {"value": "an early slot tomorrow"}}}
    assert page.post("submit", user=ME, view=view["id"], state={"values": values}) == {"ok": True}
    page.until(lambda: "an early slot tomorrow" in str(page.messages(ME)))
    assert page.messages(ME)[-1]["id"] == shown.ts
    assert page.room.state(ME)["modals"] == []


def test_calling_the_boss_reaches_the_duty_channel(page):
    page.press(ME, page.cue(ME, "he has a knife"), "call")
    page.until(lambda: page.messages(BOSS, "C0DUTY"))
    [call] = page.messages(BOSS, "C0DUTY")
    assert "<@U0EMPLOYEE>" in call["text"]
    assert "C0DUTY" not in page.room.state(ME)["messages"]


def test_what_is_no_command_stands_there_for_all(page):
    page.post("command", user=ME, channel="C0SHOP", text="morning <everybody>")
    assert page.messages(OTHER)[-1]["text"] == "morning &lt;everybody&gt;"
    assert page.room.state(OTHER)["channels"][0]["unread"] == 1
    page.post("read", user=OTHER, channel="C0SHOP")
    assert page.room.state(OTHER)["channels"][0]["unread"] == 0


def test_another_command_is_not_ours(page):
    page.post("command", user=ME, channel="C0SHOP", text="/giphy cat")
    assert "not a valid command" in page.messages(ME)[-1]["text"]


@pytest.mark.parametrize(
    ("held", "sentence"),
    [
        ({"user": "U0NOBODY", "channel": "C0SHOP", "text": "/cue x"}, "choose one of the four people"),
        ({"user": ME, "channel": "C0DUTY", "text": "/cue x"}, "Robin is in no channel"),
        ({"user": ME, "channel": "C0SHOP", "text": "  "}, "Type something first"),
        ({"user": ME, "channel": "C0SHOP", "text": "a" * 8001}, "Shorten this"),
        ({"user": ME, "channel": "C0SHOP"}, "Send “text” as a text."),
    ],
)
def test_what_cannot_be_sent_is_said_in_a_sentence(page, held, sentence):
    answered = page.post("command", **held)
    assert not answered["ok"]
    assert sentence in answered["error"]


def test_a_button_that_is_gone_says_so(page):
    message = page.cue(ME, STEVE)
    action = {"block_id": "rung", "action_id": "made-up"}
    container = {"type": "message", "id": message["id"], "channel": "C0SHOP"}
    assert "no longer there" in page.post("press", user=ME, container=container, action=action)["error"]
    firmer = {"block_id": "rung", "action_id": "firmer"}
    assert "no longer there" in page.post("press", user=OTHER, container=container, action=firmer)["error"]


def test_every_exchange_can_be_looked_at_and_sent_again_once(page):
    page.cue(ME, STEVE)
    line = page.room.state(ME)["exchanges"][-1]
    assert (line["kind"], line["name"], line["status"], line["method"]) == ("command", "/cue", 200, "in")
    whole = page.room.exchange(line["id"])
    assert "steve" in whole["request"]["body"]
    assert whole["curl"].startswith("curl -sS -X POST http://127.0.0.1")
    found = page.room.slack.exchanges.find(line["id"])
    again = page.room._courier._line.send(found.body.encode(), found.headers)
    assert again.status == 401, "the app takes each signature once"


def test_two_hundred_exchanges_are_remembered(page):
    for _ in range(205):
        page.post("home", user=ME)
    assert len(page.room.state(ME)["exchanges"]) == 200
    with pytest.raises(Said, match="no longer remembered"):
        page.room.exchange("1")


def test_an_app_that_is_silent_for_three_seconds_is_a_timeout(web):
    waiting = threading.Event()

    def silent(environ, start_response):
        waiting.wait(10)
        start_response("200 OK", [])
        return [b""]

    host = AppHost(silent)
    typing = TypingIn(web, Courier(web.slack, Line(host.port, "secret", seconds=0.2)))
    try:
        typing.type(ME, "C0SHOP", "/cue hello")
    finally:
        waiting.set()
        host.close()
    [message] = web.slack.messages.seen_by(ME, "C0SHOP")
    assert message.text == '/cue failed with the error "operation_timeout"'
    assert web.slack.exchanges.lines()[-1]["summary"] == "operation_timeout"


def test_a_command_is_explained_when_somebody_looks(page):
    page.cue(ME, "custmer wants daves cel")
    line = page.room.state(ME)["exchanges"][-1]
    found = page.room.exchange(line["id"])["explanation"]
    assert ["custmer", "customer"] in [list(pair) for pair in found["mended"]]
    assert found["candidates"][0]["playbook"] == "coworker-personal-number"
    assert found["candidates"][0]["title"] == "Client demands a coworker's personal number"
    assert found["candidates"][0]["phrase"]
    assert found["words"]
    assert found["why"].startswith(("Guidance", "Choice"))
    assert found["danger"].startswith("No danger")


@pytest.mark.parametrize("text", ["", "help"])
def test_what_is_no_situation_is_not_explained(page, text):
    page.cue(ME, text)
    assert page.room.exchange(page.room.state(ME)["exchanges"][-1]["id"])["explanation"] is None


def test_the_apps_own_calls_can_be_looked_at(page):
    page.press(ME, page.cue(ME, "he has a knife"), "call")
    page.until(lambda: page.messages(BOSS, "C0DUTY"))
    page.until(lambda: any(line["name"] == "chat.postMessage" for line in page.room.state(ME)["exchanges"]))
    lines = page.room.state(ME)["exchanges"]
    posted = next(line for line in lines if line["name"] == "chat.postMessage")
    assert (posted["method"], posted["summary"]) == ("out", "ok")
    assert "explanation" in page.room.exchange(posted["id"])
