"""Whatever Slack does not take, its person learns of it in a way that Slack does take, and the log has Slack's code."""

import json
import threading

import pytest
from phone import shown, text
from writer import EMPLOYEE, OWNER

from bot.domain.gap import Gap
from bot.playground.troubles import RESPONSE_URL, Trouble
from bot.slack import client, trouble
from bot.slack.answers import LOST

CARD = "card-declined"
FAILS = {
    "ratelimited": Trouble("ratelimited", 429, retry_after=60),
    "http_503": Trouble("", 503),
    "expired_trigger_id": Trouble("expired_trigger_id"),
    "token_revoked": Trouble("token_revoked"),
    "missing_scope": Trouble("missing_scope"),
}
SAFETY = "In danger?"


@pytest.fixture(params=FAILS)
def failing(request):
    return request.param, FAILS[request.param]


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(trouble, "SOON", 0.0)


def messages(phone):
    """Everything that somebody reads, in the channel and from Cuecard alone."""
    dm = f"D{phone.user[1:]}"
    seen = phone.api.slack.messages.seen_by
    return [one.text for place in (phone.channel, dm) for one in seen(phone.user, place)]


def told(phone, *words):
    """Wait until somebody reads all the words in one message."""
    phone.until(lambda: any(all(word in one for word in words) for one in messages(phone)))


def answered(phone):
    """A question gets its card within the acknowledgement, whatever goes on beside."""
    phone.typing.type(phone.user, phone.channel, "/cue Apple Pay fails again")
    assert any("Card declined" in one for one in messages(phone)), messages(phone)


def said_in(code):
    return "60 seconds" if code == "ratelimited" else code if code != "http_503" else "Slack did not"


@pytest.mark.parametrize("word", ["managers", "site"])
def test_a_form_that_a_command_cannot_open_is_told_in_its_channel(quick, failing, word, caplog):
    code, how = failing
    jo = quick()
    jo.api.troubles.begin("views.open", how)
    jo.typing.type(jo.user, jo.channel, f"/cue {word}")
    told(jo, said_in(code), SAFETY)
    jo.until(lambda: code in caplog.text or code == "http_503")


@pytest.mark.parametrize("button", ["home:ask", "home:managers", "site-form:", "edit:", "new-playbook"])
def test_a_form_that_home_cannot_open_is_told_on_home(quick, failing, button):
    code, how = failing
    jo = quick()
    jo.open_home()
    if page := {"home:managers": "home:sites", "site-form:": "home:sites", "edit:": "home:playbooks"}.get(button):
        jo.press(page, "home")
    jo.api.troubles.begin("views.open", how)
    before = len(jo.home.content["blocks"])
    jo.press(button, "home")
    assert said_in(code) in shown(jo.home)
    assert SAFETY in shown(jo.home)
    assert len(jo.home.content["blocks"]) == before + 1
    jo.press(button, "home")
    assert len(jo.home.content["blocks"]) == before + 1, "one word about it stands there, not two"
    jo.api.troubles.end("views.open")
    jo.press(button, "home")
    assert jo.form is not None


def test_telling_a_manager_that_cannot_open_is_told_below_the_answer(quick, failing):
    code, how = failing
    robin = quick(EMPLOYEE)
    robin.cue("zzz qqq")
    robin.api.troubles.begin("views.open", how)
    robin.press("gap")
    told(robin, said_in(code), SAFETY)


def test_what_cannot_stand_on_top_of_a_form_is_told_in_it_with_all_that_was_typed(writer, failing):
    code, how = failing
    writer.open(f"edit:{CARD}")
    writer.api.troubles.begin("views.push", how)
    writer.tap("editor:preview", {"title": "My own title"})
    assert said_in(code) in writer.shown()
    assert len(writer.stack) == 1
    assert writer.view.content["submit"]["text"] == "Next"
    assert writer.input("title")


def test_a_form_that_hangs_keeps_no_question_waiting_and_is_told(monkeypatch, request):
    monkeypatch.setattr(client, "TIMEOUT", 1)
    jo = request.getfixturevalue("quick")()
    jo.api.troubles.begin("views.open", Trouble(hangs=True))
    for _ in range(20):
        jo.typing.type(jo.user, jo.channel, "/cue managers")
    answered(jo)
    told(jo, "unreachable", SAFETY)


def test_however_many_open_home_while_slack_hangs_a_question_is_answered(monkeypatch, request):
    monkeypatch.setattr(client, "TIMEOUT", 1)
    jo = request.getfixturevalue("quick")()
    jo.api.troubles.begin("users.info", Trouble(hangs=True))
    jo.api.troubles.begin("views.publish", Trouble(hangs=True))
    for _ in range(40):
        jo.tapping.home(jo.user)
    answered(jo)


def test_where_slack_does_not_say_who_somebody_is_home_says_so(quick, failing):
    _, how = failing
    jo = quick()
    jo.api.troubles.begin("users.info", how)
    jo.open_home()
    assert "cannot look up right now who you are" in shown(jo.home)
    assert "For managers" not in shown(jo.home)
    jo.cue("managers")
    assert "cannot look up right now" in jo.message.text


def test_a_page_of_home_that_slack_does_not_take_is_told_in_a_form(quick, failing):
    code, how = failing
    jo = quick()
    jo.open_home()
    jo.api.troubles.begin("views.publish", how)
    jo.press("home:playbooks", "home")
    assert said_in(code) in shown(jo.form)


def test_a_page_of_home_that_slack_takes_later_is_shown_without_a_word(quick):
    jo = quick()
    jo.open_home()
    jo.api.troubles.begin("views.publish", Trouble("ratelimited", 429, retry_after=0, times=2))
    jo.press("home:playbooks", "home")
    assert jo.form is None
    assert "Card declined" in shown(jo.home)


def test_a_home_that_cannot_be_shown_is_told_in_a_message(quick):
    jo = quick()
    jo.api.troubles.begin("views.publish", Trouble("not_enabled"))
    jo.tapping.home(jo.user)
    told(jo, "not_enabled", SAFETY)


def checking(writer, small_bot):
    """A form whose check takes as long as the test holds it."""
    small_bot.compiler.gate = threading.Event()
    writer.open(f"edit:{CARD}")
    writer.tap("editor:check", {"title": "My own title"})
    assert writer.title == "One moment"
    return small_bot.compiler.gate


def test_one_moment_is_followed_by_its_view_also_where_slack_takes_no_more_for_a_while(writer, small_bot):
    gate = checking(writer, small_bot)
    writer.api.troubles.begin("views.update", Trouble("ratelimited", 429, retry_after=0, times=2))
    gate.set()
    writer.done()
    assert "My own title" in writer.shown()


def test_one_moment_that_slack_lets_stand_is_told_in_a_message(writer, small_bot):
    gate = checking(writer, small_bot)
    writer.api.troubles.begin("views.update", Trouble("token_expired"))
    gate.set()
    seen = writer.api.slack.messages.seen_by
    writer.until(lambda: any("what was saved stands there" in one.text for one in seen(OWNER, "D0OWNER")))
    assert "close it and look at my Home tab" in writer.shown(), "and the page itself says what to do"


@pytest.mark.parametrize("status", [404, 429, 500])
def test_an_answer_that_slack_does_not_take_is_told_in_a_message(quick, status, caplog):
    robin = quick(EMPLOYEE)
    answered(robin)
    robin.api.troubles.begin(RESPONSE_URL, Trouble("", status))
    robin.tap("firmer")
    told(robin, LOST, SAFETY)
    assert f"http_{status}" in caplog.text


def test_an_answer_that_slack_takes_later_takes_its_place(quick):
    robin = quick(EMPLOYEE)
    answered(robin)
    before = shown(robin.message)
    robin.api.troubles.begin(RESPONSE_URL, Trouble("ratelimited", 429, retry_after=0, times=2))
    robin.press("firmer")
    assert shown(robin.message) != before
    assert LOST not in " ".join(messages(robin))


def test_an_answer_that_may_stand_there_already_is_not_sent_again(monkeypatch, request):
    monkeypatch.setattr(client, "TIMEOUT", 1)
    robin = request.getfixturevalue("quick")(EMPLOYEE)
    answered(robin)
    robin.api.troubles.begin(RESPONSE_URL, Trouble(hangs=True))
    robin.tap("firmer")
    told(robin, LOST)
    assert robin.api.troubles.met == [RESPONSE_URL]


def test_that_the_boss_was_told_is_said_in_a_form_where_slack_takes_no_answer(phone):
    robin = phone()
    robin.cue("he has a knife")
    robin.api.troubles.begin(RESPONSE_URL, Trouble("", 404))
    robin.press("call")
    assert "I have told the manager on duty." in shown(robin.form)


@pytest.mark.parametrize("code", ["not_in_channel", "is_archived", "channel_not_found", "token_revoked", "ratelimited"])
def test_a_duty_channel_that_does_not_work_is_in_the_log_and_the_number_on_the_phone(phone, code, caplog):
    robin = phone()
    robin.cue("he has a knife")
    status = 429 if code == "ratelimited" else 200
    robin.api.troubles.begin("chat.postMessage", Trouble(code, status))
    robin.press("call")
    assert "Slack did not take it. Ring the manager on duty: 555" in robin.message.text
    assert f"a call for the boss: {code}" in caplog.text


def test_nothing_that_somebody_typed_is_in_the_log_whatever_fails(quick, caplog, kept):
    robin = quick(EMPLOYEE)
    robin.cue("zebedee wants a quokka")
    for method in ("views.open", "views.publish", "views.update", RESPONSE_URL, "chat.postMessage", "users.info"):
        robin.api.troubles.begin(method, Trouble("fatal_error", 500))
    robin.tap("gap")
    robin.tapping.home(robin.user)
    robin.until(lambda: "tell nobody of it" in caplog.text)
    assert "quokka" not in caplog.text


def test_an_answer_goes_to_slacks_address_alone(quick, caplog):
    robin = quick(EMPLOYEE)
    answered(robin)
    button = next(one for block in robin.message.blocks for one in block.get("elements", ()) if "action_id" in one)
    payload = {
        "type": "block_actions",
        "user": {"id": EMPLOYEE},
        "team": {"id": "T0DEMO"},
        "response_url": "http://127.0.0.1:1/answer",
        "actions": [{**button, "block_id": "any"}],
    }
    assert robin.courier.interaction(payload, "forged").status == 200
    told(robin, LOST)
    assert "not_an_address_of_slacks" in caplog.text


def test_an_address_in_what_a_form_carries_is_slacks_or_none(quick, caplog):
    robin = quick(EMPLOYEE)
    held = {"state": json.dumps({"p": "", "r": "", "k": {}, "o": [], "d": "", "t": ""}), "url": "https://evil.example/"}
    payload = {
        "type": "view_submission",
        "user": {"id": EMPLOYEE},
        "team": {"id": "T0DEMO"},
        "view": {"id": "V1", "type": "modal", "callback_id": "details", "private_metadata": json.dumps(held)},
    }
    assert robin.courier.interaction(payload, "forged").status == 200
    told(robin, LOST)
    assert "not_an_address_of_slacks" in caplog.text


def test_a_database_that_hangs_keeps_no_question_waiting(quick, kept, monkeypatch):
    gate = threading.Event()
    monkeypatch.setattr(type(kept.managers), "named", lambda *_: gate.wait())
    monkeypatch.setattr(type(kept.gaps), "add", lambda *_: gate.wait())
    jo = quick()
    for _ in range(40):
        jo.tapping.home(jo.user)
        jo.typing.type(jo.user, jo.channel, "/cue managers")
    answered(jo)
    gate.set()


def test_a_form_whose_storing_takes_long_says_so_and_then_what_became_of_it(quick, kept, monkeypatch):
    gate, add = threading.Event(), type(kept.gaps).add

    def slowly(gaps, gap):
        gate.wait()
        add(gaps, gap)

    monkeypatch.setattr(type(kept.gaps), "add", slowly)
    monkeypatch.setattr("bot.slack.beside.WAITERS", 0)
    robin = quick(EMPLOYEE)
    robin.cue("zzz qqq")
    robin.press("gap")
    robin.send(text=text("zzz qqq"))
    assert "This page changes by itself" in shown(robin.form)
    gate.set()
    robin.until(lambda: "Thank you" in shown(robin.form))
    assert isinstance(kept.gaps.open("T0DEMO")[0], Gap)


def test_a_form_with_something_to_mend_comes_back_with_what_was_typed_where_that_took_long(quick, kept, monkeypatch):
    monkeypatch.setattr("bot.slack.beside.WAITERS", 0)
    gate, named = threading.Event(), type(kept.managers).named

    def slowly(managers, workspace):
        gate.wait()
        return named(managers, workspace)

    jo = quick()
    jo.open_home()
    jo.press("new-playbook", "home")
    monkeypatch.setattr(type(kept.managers), "named", slowly)
    jo.send(title=text("Umbrella left behind"))
    gate.set()
    jo.until(lambda: "Umbrella left behind" in shown(jo.form))
