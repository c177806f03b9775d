"""Response URLs: five uses in half an hour, and what they may change."""

import pytest
from slack_sdk.webhook import WebhookClient


@pytest.fixture
def post(web):
    def send(url, **held):
        return WebhookClient(url).send_dict(held)

    return send


def texts(web, user):
    return [message.text for message in web.slack.messages.seen_by(user, "C0SHOP") if not message.deleted]


def test_an_answer_is_seen_by_its_asker_alone_unless_it_says_otherwise(web, post):
    url = web.new_address()
    assert post(url, text="for you").status_code == 200
    post(url, text="for all", response_type="in_channel")
    assert texts(web, "U0EMPLOYEE") == ["for you", "for all"]
    assert texts(web, "U0SECOND") == ["for all"]


def test_a_sixth_answer_is_refused(web, post):
    url = web.new_address()
    statuses = [post(url, text=f"{n}").status_code for n in range(6)]
    assert statuses == [200] * 5 + [404]
    assert "used_url" in post(url, text="again").body


def test_after_half_an_hour_nothing_is_taken(web, post, now):
    url = web.new_address()
    now.seconds += 30 * 60 + 1
    assert "expired_url" in post(url, text="late").body


def test_an_unknown_address_takes_nothing(web, post):
    assert post(web.url.replace("/api/", "/answer/made-up"), text="x").status_code == 404


def test_an_answer_takes_the_place_of_its_message_and_stays_as_private(web, post):
    shown = web.slack.post("C0SHOP", {"text": "first"}, "U0EMPLOYEE")
    url = web.new_address(message=shown.ts)
    post(url, text="second", replace_original=True, response_type="in_channel")
    assert texts(web, "U0EMPLOYEE") == ["second"]
    assert texts(web, "U0SECOND") == []
    assert web.slack.messages.find("C0SHOP", shown.ts).edited


def test_a_message_can_be_taken_away(web, post):
    shown = web.slack.post("C0SHOP", {"text": "first"}, "U0EMPLOYEE")
    post(web.new_address(message=shown.ts), delete_original=True)
    assert texts(web, "U0EMPLOYEE") == []


def test_what_slack_would_not_show_is_refused_and_does_not_count(web, post):
    url = web.new_address()
    assert post(url, blocks=[{"type": "moon"}]).status_code == 400
    assert "no_text" in post(url, response_type="ephemeral").body
    assert web.answers(url, 0) == []
