"""What is counted, and what is said of a duty channel that does not work, over the real app."""

import dataclasses
import re
import time

import pytest
from person import Person, buttons, shown
from phone import Phone, forged
from phone import shown as seen
from slack_sdk import WebClient

from bot import logs
from bot.metrics import Metrics
from bot.playground.app_host import AppHost
from bot.playground.scopes import GRANTED
from bot.playground.signed import Line
from bot.playground.stand_in import Slack
from bot.playground.web_api import WebApi
from bot.serving import as_wsgi, build_door, build_slack
from bot.slack.at_start import UNREACHABLE, UNSEEN, look
from bot.slack.duty import mend


@pytest.fixture
def figures():
    return Metrics()


@pytest.fixture
def served(living, settings, api, figures):
    """The app behind its door, before a duty channel that Cuecard is not in."""
    away = dataclasses.replace(settings, slack_api=api.url, duty_channel="C0BREAK")
    return build_door(as_wsgi(build_slack(living, away, figures=figures)), away, refused=figures.refused)


@pytest.fixture
def person(served, api):
    return Person(served, api)


@pytest.fixture
def phone(served, api, settings):
    host = AppHost(served)
    line = Line(host.port, settings.signing_secret)
    yield lambda user: Phone(api, line, user)
    host.close()


def count(figures, name, *labels):
    lines = [line for line in figures.text().decode().splitlines() if line.startswith(f"cuecard_{name}{{")]
    (found,) = [line for line in lines if all(f'"{label}"' in line for label in labels)]
    return float(found.split()[-1])


def test_questions_are_counted_by_what_was_shown_and_the_menu_is_none(person, figures):
    person.cue("client demands steve's cell, he's off today")
    person.cue("zzzz qqqq vvvv")
    person.cue("")
    assert count(figures, "question_seconds_count", "guidance") == 1
    assert count(figures, "question_seconds_count", "unknown") == 1
    assert "menu" not in figures.text().decode()


def test_what_is_not_signed_is_counted_and_so_is_who_may_not(person, phone, figures):
    for _ in range(3):
        person.signed.send(b"x", {})
    robin = phone("U0EMPLOYEE")
    robin.open_home()
    forged(robin, "home:gaps:0")
    assert count(figures, "refusals_total", "unsigned") == 3
    assert count(figures, "refusals_total", "not allowed") == 1


def test_a_call_that_slack_did_not_take_is_counted_logged_and_on_the_managers_home(person, phone, figures, caplog):
    told = person.press(buttons(person.cue("he has a knife").message)["call"])
    assert "Slack did not take it. Ring the" in shown(told)
    assert "I keep trying for an hour." in shown(told)
    assert count(figures, "calls_total", "no") == 1
    assert count(figures, "slack_errors_total", "not_in_channel", "chat.postMessage") == 1
    assert caplog.messages.count(mend("not_in_channel")) == 1
    assert "type /invite @Cuecard" in seen_home(phone("U0OWNER"))
    assert "type /invite @Cuecard" not in seen_home(phone("U0EMPLOYEE"))


def seen_home(somebody):
    return seen(somebody.open_home())


def test_an_unexpected_errors_reference_is_its_requests_number(person, living, monkeypatch, caplog):
    found = []
    keep = logs.new_number
    monkeypatch.setattr(logs, "new_number", lambda: found.append(keep()) or found[-1])
    monkeypatch.setattr(type(living.shelf.matcher), "look", lambda *_: {}[0])
    said = person.cue("client demands steve's cell").message["text"]
    assert f"reference: {found[0]}" in said
    assert f"reference {found[0]}" in caplog.text


@pytest.fixture
def asked():
    """What the look at the start finds, before a stand-in that is set up so."""
    started = []

    def ask(channel="", token="xoxb-made-up", off=0.0, **more):
        web = WebApi(Slack(clock=lambda: time.time() - off, **more))
        web.serve()
        started.append(web)
        found = list(look(WebClient(token, base_url=web.url), channel, time.time))
        return {one.sentence: one for one in found}

    yield ask
    for web in started:
        web.close()


@pytest.mark.parametrize(
    ("off", "part"),
    [(400, "400 seconds ahead of Slack's"), (-400, "400 seconds behind Slack's"), (10, "the clock agrees")],
)
def test_a_clock_that_is_wrong_is_said(asked, off, part):
    found = [one for sentence, one in asked(off=off).items() if re.sub("(399|401)", "400", sentence).count(part)]
    assert [one.well for one in found] == [part.startswith("the clock")]


@pytest.mark.parametrize(
    ("channel", "sentence", "more"),
    [
        ("C0DUTY", "Cuecard is in the duty channel C0DUTY", {}),
        ("C0BREAK", mend("not_in_channel"), {}),
        ("C0NOWHERE", mend("channel_not_found"), {}),
        ("C0DUTY", UNSEEN, {"scopes": GRANTED[:3]}),
    ],
)
def test_whether_cuecard_is_in_the_duty_channel_is_said(asked, channel, sentence, more):
    assert sentence in asked(channel, **more)


def test_a_refused_token_stops_the_start_and_a_slack_that_is_away_does_not(asked):
    (refused,) = asked(token="xoxb-another").values()
    assert refused.stops
    assert "SLACK_BOT_TOKEN (invalid_auth)" in refused.sentence
    (away,) = look(WebClient("xoxb-made-up", base_url="http://127.0.0.1:1/"), "", time.time)
    assert (away.sentence, away.stops) == (UNREACHABLE, False)


@pytest.mark.parametrize("code", ["not_in_channel", "channel_not_found", "is_archived", "unreachable", "new_word"])
def test_every_trouble_of_the_duty_channel_says_what_to_do(code):
    assert f"({code}): " in mend(code)
    assert mend(code)[-1] == "."
