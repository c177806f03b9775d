import time
from urllib.parse import urlencode

import pytest
from person import SECRET

from bot.playground.signed import Signed
from bot.slack.door import SeenOnce

BODY = urlencode({"command": "/cue", "text": "steve's cell", "user_id": "U1", "team_id": "T1"}).encode()


@pytest.fixture
def signed(person):
    return person.signed


def test_a_signed_request_comes_in_once(signed):
    headers = signed.headers(BODY)
    assert signed.send(BODY, headers).status == 200
    assert signed.send(BODY, headers).status == 401


def test_a_stale_request_stays_out(signed):
    assert signed.send(BODY, signed.headers(BODY, time.time() - 301)).status == 401
    assert signed.send(BODY, signed.headers(BODY, time.time() + 301)).status == 401


def test_a_request_signed_with_another_secret_stays_out(person):
    forged = Signed(person.app, SECRET + "x")
    assert forged.send(BODY, forged.headers(BODY)).status == 401


def test_a_changed_body_stays_out(signed):
    assert signed.send(BODY + b"&x=1", signed.headers(BODY)).status == 401


@pytest.mark.parametrize(
    ("timestamp", "signature"),
    [
        ("", ""),
        ("now", "v0=" + "a" * 64),
        ("١٢٣٤٥", "v0=" + "a" * 64),
        ("9" * 400, "v0=" + "a" * 64),
        ("-1", "v0=" + "a" * 64),
        ("1e9", "v0=" + "a" * 64),
        (None, "v0=" + "é" * 64),
        (None, "v0="),
        (None, "v1=" + "a" * 64),
    ],
)
def test_malformed_headers_stay_out(signed, timestamp, signature, caplog):
    at = str(int(time.time())) if timestamp is None else timestamp
    answered = signed.send(BODY, {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": signature})
    assert answered.status == 401
    assert "steve" not in caplog.text


def test_missing_headers_stay_out(signed):
    assert signed.send(BODY, {}).status == 401


def test_a_body_too_large_is_refused_before_it_is_read(signed):
    body = b"a" * 500_001
    assert signed.send(body, signed.headers(body)).status == 413


@pytest.mark.parametrize("body", [b"payload=%7Bnot json", b"payload=[]", b"payload=7", b"", b"payload=%7B%7D"])
def test_signed_nonsense_gets_an_answer_and_no_traceback(signed, body):
    assert signed.send(body, signed.headers(body)).status in (400, 404)


def test_a_body_that_is_not_utf8_stays_out(signed):
    assert signed.send(b"\xff\xfe", signed.headers(b"")).status == 401


def test_other_paths_hold_nothing(signed):
    assert signed.send(BODY, signed.headers(BODY), path="/admin").status == 404
    assert signed.send(b"", {}, path="/health").status == 200


def test_signatures_are_forgotten_once_they_no_longer_hold():
    now = [0.0]
    seen = SeenOnce(lambda: now[0])
    assert seen.first("a")
    assert not seen.first("a")
    now[0] = 601.0
    assert seen.first("b")
    assert seen._until.keys() == {"b"}
