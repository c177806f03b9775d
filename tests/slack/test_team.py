"""Cuecard serves the workspace of its token; anybody else gets a sentence, and nothing of theirs is kept or posted."""

import json

import pytest
from phone import shown, text
from slack_sdk import WebClient
from sqlalchemy import select
from writer import EMPLOYEE, OWNER

from bot.playground import payloads
from bot.playground.payloads import Tap
from bot.playground.said import user_of
from bot.playground.troubles import Trouble
from bot.playground.workspace import find_channel
from bot.slack import team
from bot.slack.where import team_of, where_of
from bot.storage.tables import metadata

FOREIGN = (
    {"id": "T9"},
    {"id": "T9", "domain": "elsewhere"},
)
NOBODY = (None, {}, {"id": None}, {"id": ""})


def rows(kept):
    with kept.revisions._engine.connect() as connection:
        return {name: connection.execute(select(table)).all() for name, table in metadata.tables.items()}


def payload(phone, kind, where, **more):
    found = payloads._common(kind, Tap(user_of(phone.user), phone.api.new_trigger(phone.user)))
    return {
        **found,
        "team": where,
        "user": {"id": phone.user, **({"team_id": "T9"} if where in FOREIGN else {})},
        **more,
    }


def known(phone):
    """Home shows what managers see only once Slack has said whose the token is."""
    phone.open_home()


def command(phone, **more):
    url = phone.api.new_address(phone.user)
    tap = Tap(user_of(phone.user), phone.api.new_trigger(phone.user), url)
    form = {**payloads.command(tap, find_channel("C0SHOP"), "/cue", "Apple Pay fails again"), **more}
    return json.loads(phone.courier.command(form).body)


@pytest.mark.parametrize(("workspace", "sentence"), [("T9", team.FOREIGN), ("", team.NOWHERE)])
def test_a_question_from_elsewhere_gets_a_sentence(quick, workspace, sentence):
    robin = quick(EMPLOYEE)
    known(robin)
    assert command(robin, team_id=workspace)["text"] == sentence
    assert "blocks" in command(robin), "and here it gets its card"


@pytest.mark.parametrize("where", [*FOREIGN, *NOBODY])
@pytest.mark.parametrize("who", [OWNER, EMPLOYEE])
def test_a_tap_and_a_form_from_elsewhere_change_nothing_and_get_a_sentence(quick, kept, where, who):
    robin = quick(who)
    known(robin)
    before = rows(kept)
    url = robin.api.new_address(who)
    for action in ("home:managers", "new-playbook", "call", "gap", "site:policy", "firmer"):
        pressed = {"type": "button", "action_id": action, "block_id": "b", "value": "weapon-robbery-threat"}
        tap = payload(robin, "block_actions", where, response_url=url, actions=[pressed])
        assert robin.courier.interaction(tap, action).body == ""
    sentence = team.FOREIGN if where in FOREIGN else team.NOWHERE
    assert {one["text"] for one in robin.api.answers(url, 5, 30)} == {sentence}
    for form in ("managers", "gap", "site", "new-playbook", "site-form"):
        values = {"title": {"a": text("Mine")}, "people": {"a": {"selected_users": [who]}}}
        view = {"id": "V1", "type": "modal", "callback_id": form, "state": {"values": values}}
        answer = robin.courier.interaction(payload(robin, "view_submission", where, view=view), form)
        assert sentence.splitlines()[0] in answer.body
    assert rows(kept) == before
    assert not any(name == "chat.postMessage" and held.get("channel") == "C0DUTY" for name, held in robin.api.calls)


def test_an_event_and_a_suggestion_from_elsewhere_are_acknowledged_and_nothing_more(quick, kept):
    robin = quick(EMPLOYEE)
    known(robin)
    before = robin.home
    event = payloads.home_opened(user_of(EMPLOYEE), None, 0.0)
    assert robin.courier.event({**event, "team_id": "T9"}).status == 200
    asked = payload(robin, "block_suggestion", {"id": "T9"}, action_id="playbooks", block_id="b", value="")
    assert json.loads(robin.courier.interaction(asked, "playbooks").body) == {"options": []}
    assert robin.home is before


@pytest.mark.parametrize("fault", [Trouble("token_revoked"), Trouble("ratelimited", 429), Trouble("", 503)])
def test_until_slack_says_whose_the_token_is_questions_are_answered_and_nothing_is_kept(request, api, kept, fault):
    api.troubles.begin("auth.test", fault)
    quick = request.getfixturevalue("quick")
    robin = quick(EMPLOYEE)
    before = rows(kept)
    robin.cue("zzz qqq")
    robin.press("gap")
    robin.send(text=text("zzz qqq"))
    assert team.UNSURE in shown(robin.form)
    jo = quick(OWNER)
    jo.open_home()
    assert "cannot look up right now who you are" in shown(jo.home)
    assert rows(kept) == {**before, "events": rows(kept)["events"]}


def test_the_boss_is_called_for_nobody_whose_workspace_is_not_known_and_the_number_is_said(request, api):
    api.troubles.begin("auth.test", Trouble("token_revoked"))
    robin = request.getfixturevalue("phone")()
    robin.cue("he has a knife")
    robin.press("call")
    assert "I have told nobody. Ring the manager on duty: 555" in robin.message.text


def test_slack_is_asked_again_after_a_while_and_what_it_said_then_stays(api):
    now = [0.0]
    own = team.OwnTeam(WebClient("xoxb-made-up", base_url=api.url), lambda: now[0])
    api.troubles.begin("auth.test", Trouble("fatal_error"))
    for _ in range(3):
        with pytest.raises(team.NotAllowed):
            own.check("T0DEMO")
    assert api.troubles.met.count("auth.test") == 1, "what did not answer is not asked again at once"
    api.troubles.end("auth.test")
    now[0] = team.AGAIN
    own.check("T0DEMO")
    api.troubles.begin("auth.test", Trouble("fatal_error"))
    own.check("T0DEMO")
    with pytest.raises(team.NotAllowed, match="another workspace"):
        own.check("T9")


@pytest.mark.parametrize(
    ("body", "workspace"),
    [
        ({"team": {"id": "T1"}, "user": {"team_id": "T2"}}, "T1"),
        ({"team": None, "user": {"id": "U1", "team_id": "T2"}, "enterprise": {"id": "E1"}}, "T2"),
        ({"team_id": "T1", "enterprise_id": "E1"}, "T1"),
        ({"team": None, "enterprise": {"id": "E1"}, "user": {"id": "U1"}}, ""),
        ({"team": "T1", "user": "U1"}, ""),
        ({}, ""),
    ],
)
def test_the_workspace_is_where_somebody_acts_and_in_an_organisation_their_own(body, workspace):
    assert team_of(body) == where_of(body).asker.workspace == workspace
