"""Each rule of Slack's Web API, driven over HTTP by Slack's own client."""

import pytest
import yaml
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.playground.scopes import GRANTED
from bot.playground.stand_in import Slack
from bot.playground.web_api import METHODS, WebApi
from bot.playground.workspace import TOKEN
from bot.settings import Settings


def refused(call, *arguments, **named):
    with pytest.raises(SlackApiError) as caught:
        call(*arguments, **named)
    return caught.value.response


@pytest.mark.parametrize(
    ("method", "held", "code"),
    [
        ("chat.postMessage", {"channel": "C0NOWHERE", "text": "hello"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "C0BREAK", "text": "hello"}, "not_in_channel"),
        ("chat.postMessage", {"channel": "C0SHOP"}, "no_text"),
        ("chat.postMessage", {"channel": "C0SHOP", "text": "a" * 40_001}, "msg_too_long"),
        ("chat.postMessage", {"channel": "C0SHOP", "blocks": [{"type": "moon"}]}, "invalid_blocks"),
        (
            "chat.postMessage",
            {"channel": "C0SHOP", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "a" * 2700}}] * 5},
            "msg_blocks_too_long",
        ),
        ("chat.postEphemeral", {"channel": "C0DUTY", "user": "U0EMPLOYEE", "text": "hello"}, "user_not_in_channel"),
        ("chat.postEphemeral", {"channel": "C0SHOP", "user": "U0NOBODY", "text": "hello"}, "user_not_in_channel"),
        ("chat.postEphemeral", {"channel": "D0NOBODY", "user": "U0EMPLOYEE", "text": "hello"}, "channel_not_found"),
        ("chat.update", {"channel": "C0SHOP", "ts": "1.000001", "text": "hello"}, "message_not_found"),
        ("chat.delete", {"channel": "C0NOWHERE", "ts": "1.000001"}, "channel_not_found"),
        ("conversations.open", {"users": "U0NOBODY"}, "user_not_found"),
        ("conversations.open", {}, "users_list_not_supplied"),
        ("conversations.info", {"channel": "C0NOWHERE"}, "channel_not_found"),
        ("users.info", {"user": "U0NOBODY"}, "user_not_found"),
        ("views.open", {"trigger_id": "1", "view": {"type": "home", "blocks": []}}, "invalid_arguments"),
        ("views.update", {"view_id": "V1", "view": {"type": "modal"}}, "not_found"),
        ("views.publish", {"user_id": "U0NOBODY", "view": {"type": "home", "blocks": []}}, "invalid_arguments"),
        ("files.burn", {}, "unknown_method"),
    ],
)
def test_what_slack_refuses_is_refused_with_its_code(client, method, held, code):
    assert refused(client.api_call, method, json=held)["error"] == code


@pytest.mark.parametrize(("token", "code"), [("xoxb-somebody-else", "invalid_auth"), ("", "not_authed")])
def test_only_the_apps_own_token_opens_anything(web, token, code):
    assert refused(WebClient(token or None, base_url=web.url).auth_test)["error"] == code


def test_the_app_learns_who_it_is(client):
    assert client.auth_test()["user_id"] == "U0CUECARD"


def test_a_scope_that_was_not_granted_is_missed(now):
    web = WebApi(Slack(scopes=("commands",), clock=now))
    web.serve()
    try:
        assert refused(WebClient(TOKEN, base_url=web.url).users_info, user="U0OWNER")["error"] == "missing_scope"
    finally:
        web.close()


def test_the_stand_in_grants_what_the_manifest_asks_for():
    manifest = yaml.safe_load((Settings.from_env({}).playbooks.parent / "manifest.yaml").read_text())
    assert list(GRANTED) == manifest["oauth_config"]["scopes"]["bot"]


def test_a_posted_message_can_be_changed_and_deleted(client, web):
    posted = client.chat_postMessage(channel="C0SHOP", text="hello")
    client.chat_update(channel="C0SHOP", ts=posted["ts"], text="good evening")
    [message] = web.slack.messages.seen_by("U0SECOND", "C0SHOP")
    assert (message.text, message.edited) == ("good evening", True)
    client.chat_delete(channel="C0SHOP", ts=posted["ts"])
    assert web.slack.messages.find("C0SHOP", posted["ts"]) is None


def test_somebody_elses_message_cannot_be_changed(client, web):
    said = web.slack.say("C0SHOP", "U0EMPLOYEE", "hello")
    assert refused(client.chat_update, channel="C0SHOP", ts=said.ts, text="x")["error"] == "cant_update_message"
    assert refused(client.chat_delete, channel="C0SHOP", ts=said.ts)["error"] == "cant_delete_message"


def test_an_ephemeral_message_is_seen_by_one_and_cannot_be_changed(client, web):
    ts = client.chat_postEphemeral(channel="C0SHOP", user="U0EMPLOYEE", text="psst")["message_ts"]
    assert [message.ts for message in web.slack.messages.seen_by("U0EMPLOYEE", "C0SHOP")] == [ts]
    assert web.slack.messages.seen_by("U0SECOND", "C0SHOP") == []
    assert refused(client.chat_update, channel="C0SHOP", ts=ts, text="x")["error"] == "message_not_found"


def test_a_persons_id_stands_for_their_direct_messages(client):
    opened = client.conversations_open(users="U0MANAGER")["channel"]["id"]
    assert client.chat_postMessage(channel="U0MANAGER", text="hello")["channel"] == opened


def test_owners_are_told_from_everybody_else(client):
    assert client.users_info(user="U0OWNER")["user"]["is_owner"]
    assert not client.users_info(user="U0MANAGER")["user"]["is_admin"]
    assert len(client.users_list()["members"]) == 4


def test_channels_are_listed_by_kind(client):
    def names(types):
        return {one["name"] for one in client.conversations_list(types=types)["channels"]}

    assert names("public_channel") == {"shop-floor", "break-room"}
    assert names("private_channel") == {"duty-manager"}
    assert client.conversations_info(channel="C0DUTY")["channel"]["is_private"]


@pytest.mark.parametrize(
    ("method", "held", "most"),
    [
        ("users.list", {}, 20),
        ("chat.update", {"channel": "C0SHOP", "ts": "1.0", "text": "x"}, 50),
        ("chat.postMessage", {"channel": "C0SHOP", "text": "x"}, 60),
        ("views.publish", {"user_id": "U0OWNER", "view": {"type": "home", "blocks": []}}, 100),
    ],
)
def test_too_many_calls_are_sent_away_until_the_minute_is_over(web, client, now, method, held, most):
    for _ in range(most):
        web.call(method, held, TOKEN)
    late = refused(client.api_call, method, json=held)
    assert (late.status_code, late["error"], late.headers["Retry-After"]) == (429, "ratelimited", "60")
    now.seconds += 61
    assert web.call(method, held, TOKEN).get("error") != "ratelimited"


def test_a_form_as_well_as_json_is_read(client):
    assert client.api_call("chat.postMessage", data={"channel": "C0SHOP", "blocks": '[{"type": "divider"}]'})["ok"]


def test_every_method_that_is_answered_is_one_of_slacks(client):
    assert all(hasattr(client, name.replace(".", "_")) for name in METHODS)
