"""What people get while Cuecard is starting, and that it hands over to the whole of it."""

import asyncio
import dataclasses
import json
from urllib.parse import urlencode

import loops
import pytest
from person import Person, shown

from bot.domain.site import Site
from bot.playground.signed import JSON
from bot.safety.cards import CARDS
from bot.serving import as_wsgi, build_door, build_slack, build_starting, build_unlearnt
from bot.slack import opening as opening_module
from bot.slack.opening import Opening

KNIFE, DECLINED = "he has a knife", "her card was declined"
SENTENCE = "I have just been started and am still reading. Try again in a moment."


@pytest.fixture
def unlearnt(settings):
    return build_unlearnt(settings)


@pytest.fixture
def opening(unlearnt, settings, api):
    with_api = dataclasses.replace(settings, slack_api=api.url)
    return Opening(as_wsgi(build_starting(unlearnt, with_api)))


@pytest.fixture
def early(opening, settings, api):
    return Person(build_door(opening, settings), api)


def test_danger_is_found_by_its_words_and_everything_else_is_asked_again(early):
    danger = early.cue(KNIFE).message
    card = CARDS["weapon-robbery-threat"]
    assert card.title in shown(danger)
    assert card.say in danger["text"]
    other = early.cue(DECLINED).message
    assert SENTENCE in shown(other)
    assert "Leave first, then call your emergency number" in shown(other)
    for said in (danger, other):
        assert "555" not in json.dumps(said)


def test_no_number_is_shown_before_the_sites_are_read_and_never_a_made_up_one(early, unlearnt, kept):
    unlearnt.read(kept)
    assert "555" not in early.cue(KNIFE).body


def test_each_site_has_its_own_numbers_once_they_are_read(early, unlearnt, kept, bot):
    policy = dataclasses.replace(bot.shelf.policy, duty_phone="020 7946 0001", emergency_number="999")
    kept.sites.save(Site(workspace="T0DEMO", id="shop", name="Shop", policy=policy))
    unlearnt.read(kept)
    assert "then call 999. Manager on duty: 020 7946 0001" in early.cue(KNIFE).body
    assert "999" not in early.cue(KNIFE, team_id="T0OTHER").body


def test_a_press_is_told_beside_the_card(early):
    told = early.press({"action_id": "firmer", "value": "{}"})
    assert SENTENCE in shown(told)
    assert not told["replace_original"]


def test_a_form_a_list_and_home_are_acknowledged(early):
    view = {"type": "modal", "id": "V1", "callback_id": "editor", "private_metadata": ""}
    asked = {"user": {"id": "U1"}, "team": {"id": "T0DEMO"}}
    answered = early.signed.post({"payload": json.dumps({**asked, "type": "view_submission", "view": view})})
    assert (answered.status, answered.message["response_action"]) == (200, "push")
    assert SENTENCE in shown(answered.message["view"])
    listed = early.signed.post({"payload": json.dumps({**asked, "type": "block_suggestion", "action_id": "playbooks"})})
    assert listed.message == {"options": []}
    closed = early.signed.post({"payload": json.dumps({**asked, "type": "view_closed", "view": view})})
    opened = json.dumps({"type": "event_callback", "event": {"type": "app_home_opened", "user": "U1"}}).encode()
    home = early.signed.send(opened, {**early.signed.headers(opened), "Content-Type": JSON})
    assert (closed.status, home.status) == (200, 200)


def test_the_whole_of_it_takes_over(early, opening, bot, settings):
    opening.open(as_wsgi(build_slack(bot, settings)))
    assert "Card declined" in early.cue(DECLINED).body


def form(text):
    return urlencode({"command": "/cue", "text": text}).encode()


def test_danger_does_not_wait_and_anything_else_waits_a_moment_for_the_whole_of_it(opening, monkeypatch, patience):
    monkeypatch.setattr(opening_module, "MOMENT", 3600)

    async def ask():
        await asyncio.wait_for(opening.moment(form(KNIFE)), patience)
        waiting = [asyncio.create_task(opening.moment(body)) for body in (form(DECLINED), form(""), b"\xff", b"{}")]
        await asyncio.sleep(0)
        assert not any(task.done() for task in waiting)
        opening.open(None)
        await asyncio.wait_for(asyncio.gather(*waiting), patience)
        await asyncio.wait_for(opening.moment(form(DECLINED)), patience)

    loops.run(ask())


def test_who_waited_in_vain_is_answered_meanwhile(opening, monkeypatch, patience):
    monkeypatch.setattr(opening_module, "MOMENT", 0)
    loops.run(asyncio.wait_for(opening.moment(form(DECLINED)), patience))
