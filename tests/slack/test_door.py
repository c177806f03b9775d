import json
import time
from urllib.parse import urlencode

import nonsense
import pytest
from hypothesis import HealthCheck, example, given, settings
from person import SECRET

from bot.logs import SELDOM
from bot.playground.signed import JSON, Signed
from bot.slack.door import Door, SeenOnce

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


BENT = [
    b"payload=%7Bnot json",
    b"payload=[]",
    b"payload=7",
    b"payload=%7B%7D",
    b"[" * 60_000 + b"]" * 60_000,
    b'{"event":' + b'{"a":' * 60_000 + b"1" + b"}" * 60_001,
    json.dumps({**nonsense.EVENT, "event": [1]}).encode(),
    json.dumps({**nonsense.EVENT, "authorizations": [7]}).encode(),
    *(
        nonsense._payload({**nonsense.SUBMITTED, name: value})
        for name, value in (
            ("actions", []),
            ("actions", [None]),
            ("user", "somebody"),
            ("team", "T0DEMO"),
            ("channel", ["C0SHOP"]),
            ("view", "V1"),
            ("view", {**nonsense.VIEW, "state": {"values": [1]}}),
            ("view", {**nonsense.VIEW, "state": {"values": {"b": {"a": "x"}}}}),
            ("view", {**nonsense.VIEW, "blocks": [3]}),
            ("view", {**nonsense.VIEW, "private_metadata": {}}),
            ("response_url", 7),
        )
    ),
]


@pytest.mark.parametrize("body", BENT)
def test_signed_nonsense_gets_a_sentence_and_no_traceback(signed, body, caplog):
    answered = signed.send(body, {**signed.headers(body), **({} if body.startswith(b"p") else {"Content-Type": JSON})})
    assert answered.status == 400
    assert answered.body == "This request is not of Slack's form."
    assert caplog.text == ""


def test_a_signed_request_without_a_body_finds_nothing(signed):
    assert signed.send(b"", signed.headers(b"")).status == 404


@given(body=nonsense.BODIES, moment=...)
@example(body=("", b""), moment=False)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_signed_gets_an_answer_that_is_documented(signed, body: tuple[str, bytes], moment: bool):
    kind, sent = body
    at = time.time() - moment
    answered = signed.send(sent, {**signed.headers(sent, at), "Content-Type": kind})
    assert answered.status in (200, 400, 401, 404)


def test_a_question_with_the_word_payload_is_answered(person):
    assert person.cue("the payload of her card was declined").message["blocks"]


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


def test_a_request_that_does_not_say_how_long_it_is_stays_out():
    door = Door(None, SECRET)
    head = {"REQUEST_METHOD": "POST", "PATH_INFO": "/slack/events", "HTTP_TRANSFER_ENCODING": "chunked"}
    assert door.refuses(head).status == 411
    for size, status in (("-1", 413), ("1e3", 413), ("٣", 413), ("500001", 413), ("500000", 401)):
        assert door.refuses({**head, "CONTENT_LENGTH": size}).status == status


def test_slack_may_look_at_the_certificate_without_signing(signed):
    assert signed.send(b"ssl_check=1&token=dead", {}).status == 200
    assert signed.send(b"ssl_check=0&token=dead", {}).status == 401
    assert signed.send(b"ssl_check=1&token=" + b"a" * 2000, {}).status == 401


def test_what_anybody_may_read_is_given_by_path():
    door = Door(None, SECRET, pages={"/metrics": lambda: (503, "text/x", b"cuecard_up 0")})
    started = []
    body = door({"REQUEST_METHOD": "GET", "PATH_INFO": "/metrics"}, lambda *told: started.append(told))
    assert (started, body) == (
        [("503 Service Unavailable", [("Content-Type", "text/x"), ("Content-Length", "12")])],
        [b"cuecard_up 0"],
    )
    assert door.refuses({"REQUEST_METHOD": "GET", "PATH_INFO": "/health"}).status == 404


def test_why_somebody_stays_out_is_told_to_who_counts():
    told = []
    door = Door(None, SECRET, refused=told.append)
    signed, forged = Signed(door, SECRET), Signed(door, SECRET + "x")
    signed.send(BODY, {})
    signed.send(BODY, signed.headers(BODY, time.time() - 301))
    forged.send(BODY, forged.headers(BODY))
    signed.send(BODY, signed.headers(BODY), path="/admin")
    signed.send(b"payload=7", signed.headers(b"payload=7"))
    signed.send(b"payload=7", signed.headers(b"payload=7"))
    signed.send(b"a" * 500_001, signed.headers(b"a"))
    assert told == ["unsigned", "stale", "forged", "path", "form", "again", "size"]


def test_a_clock_that_is_wrong_is_said_once_a_minute(caplog):
    now = [1_800_000_000.0]
    door = Door(None, SECRET, clock=lambda: now[0])
    sent = Signed(None, SECRET)
    head = {"REQUEST_METHOD": "POST", "PATH_INFO": "/slack/events", "CONTENT_LENGTH": str(len(BODY))}
    at = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in sent.headers(BODY, now[0] - 3600).items()}
    for passed in (0.0, 30.0, SELDOM):
        now[0] = 1_800_000_000.0 + passed
        assert door.refuses({**head, **at}).status == 401
    sentences = [record.getMessage() for record in caplog.records]
    assert len(sentences) == 2
    assert "sent 3600 s ago" in sentences[0]
    assert "this machine's clock is wrong: it says 2027-01-15 08:00:00 UTC" in sentences[0]


def test_a_wrong_signing_secret_is_said(person, caplog):
    forged = Signed(person.app, SECRET + "x")
    for _ in range(2):
        forged.send(BODY, forged.headers(BODY))
    assert caplog.text.count("SLACK_SIGNING_SECRET is another app's") == 1
    assert "steve" not in caplog.text
