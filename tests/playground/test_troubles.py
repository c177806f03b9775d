"""Slack as it is on a bad day: each way to fail, over HTTP, by Slack's own client."""

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.playground.troubles import RESPONSE_URL, Trouble
from bot.playground.workspace import TOKEN


def refused(client):
    with pytest.raises(SlackApiError) as caught:
        client.auth_test()
    return caught.value.response


def test_a_method_that_fails_says_why_until_it_is_well_again(web, client):
    web.troubles.begin("auth.test", Trouble("token_revoked"))
    assert refused(client)["error"] == "token_revoked"
    assert client.users_info(user="U0OWNER")["ok"], "the others are well"
    web.troubles.end("auth.test")
    assert client.auth_test()["ok"]


def test_a_method_that_is_asked_too_often_says_when_to_come_back(web, client):
    web.troubles.begin("auth.test", Trouble("ratelimited", 429, retry_after=7, times=1))
    answer = refused(client)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")
    assert client.auth_test()["ok"], "once"


def test_a_server_that_is_down_and_an_address_that_is_gone(web, client):
    web.troubles.begin("auth.test", Trouble("", 503, times=2))
    assert [refused(client).status_code for _ in range(2)] == [503, 503]
    assert client.auth_test()["ok"]
    web.troubles.begin(RESPONSE_URL, Trouble("", 404))
    assert WebhookClient(web.new_address()).send(text="hello").status_code == 404
    assert web.troubles.met.count(RESPONSE_URL) == 1


def test_a_method_that_hangs_answers_nobody_until_it_is_released(web):
    web.troubles.begin("auth.test", Trouble(hangs=True))
    with pytest.raises(TimeoutError):
        WebClient(TOKEN, base_url=web.url, timeout=1, retry_handlers=[]).auth_test()
    web.troubles.release()
    assert refused(WebClient(TOKEN, base_url=web.url))["error"] == "internal_error"
