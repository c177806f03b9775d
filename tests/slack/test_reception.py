"""Bodies that come late, or not at all, keep nobody else waiting."""

import asyncio
from urllib.parse import urlencode

import loops
import pytest
from granian._granian import RSGIProtocolClosed
from person import SECRET

from bot.playground.signed import FORM, PATH, Signature
from bot.slack import reception as reception_module
from bot.slack.door import Door
from bot.slack.opening import Opening
from bot.slack.reception import LARGE, SMALL, Reception

REFUSED = []


class Request:
    """One request over RSGI: its head, and a body that comes unless it is None."""

    gone = False

    def __init__(self, body=b"", path=PATH, method="POST", size=None, **headers):
        self.path, self.method, self.query_string = path, method, ""
        self.body, self.asked, self.answered = body, False, None
        length = size if size is not None else len(body or b"")
        self.headers = {"content-type": FORM, "content-length": str(length), **headers}

    async def __call__(self):
        self.asked = True
        if self.gone:
            raise RSGIProtocolClosed
        if self.body is None:
            await asyncio.Event().wait()
        return self.body

    def response_bytes(self, status, headers, body):
        self.answered = status, dict(headers), body


def signed(text):
    body = urlencode({"command": "/cue", "text": text}).encode()
    head = Signature(SECRET).headers(body)
    return Request(body, **{name.lower(): value for name, value in head.items()})


def unfinished(size):
    head = Signature(SECRET).headers(b"anything")
    return Request(None, size=size, **{name.lower(): value for name, value in head.items()})


def inside(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["wsgi.input"].read()]


@pytest.fixture
def door():
    REFUSED.clear()
    found = Opening(inside)
    found.open(inside)
    return Door(found, SECRET, refused=REFUSED.append), found


@pytest.fixture
def serve(door, patience):
    def all_of(*requests):
        async def run():
            reception = Reception(*door)
            await asyncio.wait_for(asyncio.gather(*(reception(one, one) for one in requests)), patience)

        loops.run(run())
        return [one.answered[0] for one in requests]

    return all_of


def test_what_is_signed_is_handed_over_whole(serve):
    asked = signed("her card was declined")
    assert serve(asked) == [200]
    assert asked.answered[2] == asked.body


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (lambda: Request(None, path="/admin"), 404),
        (lambda: Request(None, method="GET"), 404),
        (lambda: Request(None, size=""), 411),
        (lambda: Request(None, size=500_001), 413),
        (lambda: Request(None, size=5000), 401),
        (lambda: Request(None, **{"x-slack-signature": "v0=x", "x-slack-request-timestamp": "1"}), 401),
    ],
)
def test_a_body_is_not_read_where_the_head_is_enough(serve, asked, status):
    one = asked()
    assert serve(one) == [status]
    assert not one.asked


def test_a_body_that_does_not_come_is_given_up_and_counted(serve, door, monkeypatch):
    monkeypatch.setattr(reception_module, "BODY_SECONDS", 0.01)
    assert serve(unfinished(1000), unfinished(SMALL + 1)) == [408, 408]
    assert REFUSED == ["slow", "slow"]


def test_who_goes_away_in_the_middle_of_a_body_is_given_up(serve):
    one = unfinished(1000)
    one.gone = True
    assert serve(one) == [408]


@pytest.mark.parametrize("text", ["her card was declined", "x" * 100_000])
@pytest.mark.parametrize("size", [1000, 400_000])
def test_whatever_else_is_unfinished_a_question_and_a_long_form_are_answered(door, patience, size, text):
    async def run():
        reception = Reception(*door)
        held = [unfinished(size) for _ in range(10 * LARGE)]
        tasks = [asyncio.create_task(reception(one, one)) for one in held]
        await asyncio.sleep(0)
        asked = signed(text)
        await asyncio.wait_for(reception(asked, asked), patience)
        waiting = [one.answered is None for one in held]
        for task in tasks:
            task.cancel()
        return asked.answered[0], waiting

    status, waiting = loops.run(run())
    assert status == 200
    assert sum(waiting) <= LARGE or size <= SMALL
    assert waiting[-1] or size <= SMALL


def test_who_looks_how_cuecard_is_takes_no_thread_of_a_question(serve):
    asked = Request(None, path="/health", method="GET", size="")
    assert serve(asked) == [200]
    assert asked.answered[2] == b"Cuecard is up."
