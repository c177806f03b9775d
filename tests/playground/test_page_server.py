"""The page's server: what it serves, and whom it turns away."""

import gzip
import json
from http.client import HTTPConnection

import pytest

from bot.playground.assets import find_asset
from bot.playground.guard import is_loopback, refusal

JSON = {"content_type": "application/json"}


def test_the_stream_shows_the_workspace_at_once_and_after_each_change(page):
    connection = HTTPConnection("127.0.0.1", page.server.port, timeout=10)
    connection.request("GET", "/api/stream?user=U0SECOND")
    answered = connection.getresponse()
    assert answered.headers["Content-Type"] == "text/event-stream"

    def state():
        event, line, _ = (answered.readline() for _ in range(3))
        assert event == b"event: state\n"
        return json.loads(line.removeprefix(b"data: "))

    found = state()
    assert found["user"] == "U0SECOND"
    assert found["ready"] is True
    assert found["notice"] is None
    assert [user["id"] for user in found["users"]] == ["U0EMPLOYEE", "U0SECOND", "U0MANAGER", "U0OWNER"]
    assert {channel["id"] for channel in found["channels"]} == {"C0SHOP", "C0BREAK", "D0SECOND"}
    assert "made up" in found["demo"]
    assert len(found["tour"]) == 4
    page.post("command", user="U0EMPLOYEE", channel="C0SHOP", text="morning")
    while not found["messages"]["C0SHOP"]:
        found = state()
    assert found["messages"]["C0SHOP"][0]["text"] == "morning"
    connection.close()


def test_a_stream_of_nobody_is_refused(page):
    status, _, body = page.send("GET", "/api/stream?user=U0NOBODY")
    assert status == 404
    assert "choose one" in json.loads(body)["error"]


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "evil.example:4000"},
        {"host": "127.0.0.1.evil.example"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site"},
        {"content_type": "text/plain"},
        {"content_type": "application/x-www-form-urlencoded"},
    ],
)
def test_other_sites_and_names_that_point_here_stay_out(page, headers):
    body = json.dumps({"user": "U0EMPLOYEE", "channel": "C0SHOP", "text": "hello"})
    status, _, answered = page.send("POST", "/api/command", body, **{**JSON, **headers})
    assert status == 403
    assert json.loads(answered)["ok"] is False
    assert page.messages("U0EMPLOYEE") == []


def test_a_name_that_points_here_does_not_see_the_stream(page):
    assert page.send("GET", "/api/stream", host="evil.example")[0] == 403


def test_the_page_itself_may_post(page):
    origin = f"http://127.0.0.1:{page.server.port}"
    body = json.dumps({"user": "U0EMPLOYEE"})
    assert page.send("POST", "/api/home", body, origin=origin, sec_fetch_site="same-origin", **JSON)[0] == 200


@pytest.mark.parametrize("body", ["", "{", "[]", "7", "[" * 100_000])
def test_what_is_no_object_is_said_in_a_sentence(page, body):
    status, _, answered = page.send("POST", "/api/command", body, **JSON)
    assert status == 200
    assert json.loads(answered) == {"ok": False, "error": "Send one JSON object."}


def test_what_is_too_long_is_refused_unread(page):
    connection = HTTPConnection("127.0.0.1", page.server.port, timeout=10)
    connection.putrequest("POST", "/api/command")
    connection.putheader("Content-Length", "400001")
    connection.endheaders()
    answered = connection.getresponse()
    assert answered.status == 413
    assert b"shorten it" in answered.read()
    connection.close()


def test_an_unknown_wish_and_an_unknown_path_are_told(page):
    assert "Nothing of that name" in page.post("burn")["error"]
    assert page.send("GET", "/nowhere")[0] == 404


def test_every_answer_forbids_what_does_not_come_from_here(page):
    _, headers, _ = page.send("GET", "/nowhere")
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in headers


def test_files_come_with_their_kind_and_packed(tmp_path):
    (tmp_path / "index.html").write_text("<p>hello</p>")
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "app.js").write_text("1;" * 1000)
    (tmp_path / "secret.py").write_text("no")
    (tmp_path.parent / "outside.js").write_text("no")
    assert find_asset("/", tmp_path).kind == "text/html; charset=utf-8"
    script = find_asset("/assets/app.js", tmp_path)
    assert gzip.decompress(script.packed) == script.held
    for path in ("/secret.py", "/../outside.js", "/assets/../../outside.js", "/assets", "/gone.js", "//etc/passwd.js"):
        assert find_asset(path, tmp_path) is None, path


def test_only_this_machines_own_addresses_are_loopback():
    assert all(map(is_loopback, ("127.0.0.1", "127.8.8.8", "localhost", "::1")))
    assert not any(map(is_loopback, ("0.0.0.0", "192.168.1.5", "::", "example.com", "")))


@pytest.mark.parametrize(
    ("name", "listening", "comes_in"),
    [
        ("127.0.0.1:4000", "127.0.0.1", True),
        ("localhost:4000", "127.0.0.1", True),
        ("[::1]:4000", "::1", True),
        ("192.168.1.5:4000", "127.0.0.1", False),
        ("192.168.1.5:4000", "0.0.0.0", True),
        ("shop.local:4000", "shop.local", True),
        ("evil.example:4000", "0.0.0.0", False),
        ("", "127.0.0.1", False),
    ],
)
def test_names_come_in_only_where_the_playground_listens_to_them(name, listening, comes_in):
    assert (refusal({"Host": name}, listening, posting=False) == "") is comes_in
