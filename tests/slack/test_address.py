"""Answers go to Slack's own addresses and nowhere else."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.slack.client import Line
from bot.slack.trouble import Untaken

SLACK = Line("https://slack.com/api/", "xoxb-made-up")
STAND_IN = Line("http://127.0.0.1:4000/api/", "xoxb-made-up")
PARTS = (
    "https://",
    "http://",
    "hooks.slack.com",
    "slack.com",
    "evil.example",
    "@",
    ":443",
    ":80",
    "/",
    "\\",
    "?",
    "#",
    ".",
    "\t",
)


def test_slacks_own_addresses_are_taken():
    assert SLACK.is_slacks("https://hooks.slack.com/actions/T1/2/3")
    assert SLACK.is_slacks("https://hooks.slack.com/commands/T1/2/3?x=1")
    assert Line("https://slack-gov.com/api/", "").is_slacks("https://hooks.slack-gov.com/actions/T1")


def test_a_stand_in_takes_its_own():
    assert STAND_IN.is_slacks("http://127.0.0.1:4000/answer/abc")
    assert not STAND_IN.is_slacks("http://127.0.0.1:4001/answer/abc")
    assert not STAND_IN.is_slacks("http://localhost:4000/answer/abc")
    assert not SLACK.is_slacks("http://127.0.0.1:4000/answer/abc")


@given(st.lists(st.sampled_from(PARTS), max_size=9).map("".join))
@example("https://hooks.slack.com@evil.example/")
@example("https://evil.example/hooks.slack.com")
@example("https://hooks.slack.com.evil.example/")
@example("https://hooks.slack.com\\@evil.example/")
@example("https://hooks.slack.com:443@evil.example/")
@example("http://hooks.slack.com/")
@example("file:///etc/passwd")
@example("https://[")
def test_whatever_is_taken_begins_with_slacks_host(url):
    if SLACK.is_slacks(url):
        assert url.startswith(("https://hooks.slack.com/", "https://hooks.slack.com?", "https://hooks.slack.com#")) or (
            url == "https://hooks.slack.com"
        )


@pytest.mark.parametrize(
    "url", ["", "http://127.0.0.1:1/", "https://evil.example/", "ftp://hooks.slack.com/", "nonsense"]
)
def test_nothing_is_posted_elsewhere(url):
    with pytest.raises(Untaken, match="not_an_address_of_slacks"):
        SLACK.post(url, {"text": "x"})
