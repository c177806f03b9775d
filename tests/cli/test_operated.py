"""What an operator sees of a running `cuecard serve`: one log, probes, figures, calls told again."""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from urllib.request import urlopen

import pytest

from bot import probes
from bot.cli.pages import serve_pages
from bot.domain.call import Call
from bot.metrics import Metrics
from bot.services.readiness import Readiness
from bot.settings import Settings, SettingsError
from bot.storage.calls import StoredCalls
from bot.storage.database import connect
from bot.storage.schema import migrate

ENOUGH = 30
"""Seconds in which a process does what it was asked to; the machine may be busy."""


@pytest.fixture
def env(bot, tmp_path, api):
    """A workplace that is ready to serve, before a stand-in for Slack."""
    folder = tmp_path / "playbooks"
    shutil.copytree(Settings.from_env({}).playbooks, folder)
    policy = (folder / "policy.yaml").read_text()
    own = re.sub(r"(?m)^(work_number|duty_phone|emergency_number):.*$", r'\1: "020 7946 0000"', policy)
    (folder / "policy.yaml").write_text(own)
    url = f"sqlite:///{tmp_path / 'cuecard.db'}"
    migrate(connect(url))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return {
        **os.environ,
        "CUECARD_PLAYBOOKS": str(folder),
        "CUECARD_DUTY_CHANNEL": "C0DUTY",
        "DATABASE_URL": url,
        "SLACK_BOT_TOKEN": "xoxb-made-up",
        "SLACK_SIGNING_SECRET": "made-up",
        "SLACK_API_URL": api.url,
        "PORT": str(port),
    }


class Running:
    """A `cuecard` that runs; `said` is everything it has written to stderr, a line each."""

    def __init__(self, env, *words):
        script = "from bot.cli import main; main()"
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", script, *words],
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.port = int(env["PORT"])
        self.said = []
        self._more = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self.process.stderr:
            with self._more:
                self.said.append(line.rstrip("\n"))
                self._more.notify_all()

    def until(self, part, times=1):
        with self._more:
            found = self._more.wait_for(lambda: sum(part in line for line in self.said) >= times, ENOUGH)
        assert found, self.said

    def get(self, path, method="GET", body=None):
        """What a request is answered, as soon as somebody listens."""
        deadline = time.monotonic() + ENOUGH
        while True:
            asked = HTTPConnection("127.0.0.1", self.port, timeout=ENOUGH)
            with contextlib.closing(asked):
                try:
                    asked.request(method, path, body)
                except ConnectionRefusedError:
                    assert time.monotonic() < deadline
                else:
                    answer = asked.getresponse()
                    return answer.status, answer.read().decode()

    def close(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=ENOUGH)
        self._reader.join(ENOUGH)
        self.process.stdout.close()
        self.process.stderr.close()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=ENOUGH)


@pytest.fixture
def serve(env):
    """Starts `cuecard serve` with more in its environment."""
    started = []

    def start(*words, **more):
        started.append(Running({**env, **more}, "serve", *words))
        return started[-1]

    yield start
    for one in started:
        one.close()


def test_everything_that_serve_says_is_json_on_one_stream(serve):
    running = serve(CUECARD_LOG="json")
    running.until("Started worker-1")
    running.until(" serves ")
    assert running.get("/slack/events", "POST", b"x")[0] == 401
    assert running.stop() == 0
    told = [json.loads(line) for line in running.said]
    assert {"bot.cli.serve", "bot.cli.ready", "_granian"} <= {one["logger"] for one in told}
    assert running.process.stdout.read() == ""
    (served,) = [one["message"] for one in told if " serves " in one["message"]]
    assert " playbooks from " in served
    assert "; database sqlite:///" in served
    assert served.endswith("; duty channel C0DUTY; no workspace has changed anything yet.")


def test_of_two_web_processes_each_tells_the_figures_of_both(serve, bot):
    running = serve("--workers", "2")
    running.until("Started worker-", 2)
    running.until(" serves ", 2)
    assert running.get("/live") == (200, "Cuecard is up.")
    status, told = running.get("/ready")
    assert status == 200
    assert json.loads(told) == {
        "ready": True,
        "well": True,
        "playbooks": len(bot.shelf.cards),
        "left_out": 0,
        "safety_only": False,
        "database": True,
        "duty_channel": "",
    }
    for _ in range(20):
        running.get("/slack/events", "POST", b"x")
    refused = {re.search(r"cuecard_refusals_total\S+ (\S+)", running.get("/metrics")[1])[1] for _ in range(20)}
    assert refused == {"20.0"}
    assert "cuecard_duty_channel_works 1.0" in running.get("/metrics")[1]
    assert running.stop() == 0


def test_serve_tells_again_what_was_not_told_and_says_where_the_duty_channel_does_not_work(serve, env, api):
    at = datetime.now(UTC)
    call = Call(id="waits", workspace="T0DEMO", person="U0EMPLOYEE", playbook="customers-fighting", site="", at=at)
    StoredCalls(connect(env["DATABASE_URL"])).keep(call, at - timedelta(seconds=1))
    serve().until("told again: 1")
    assert "Customers are fighting" in api.called("chat.postMessage")["text"]
    away = serve(CUECARD_DUTY_CHANNEL="C0BREAK", PORT=str(int(env["PORT"]) + 1))
    away.until("Calls for the boss do not reach the duty channel (not_in_channel): Cuecard is not in it")
    away.until("Started worker-1")
    assert json.loads(away.get("/ready")[1])["duty_channel"] == "not_in_channel"


def test_a_token_that_slack_refuses_ends_the_start_in_a_sentence(serve):
    running = serve(SLACK_BOT_TOKEN="xoxb-another", CUECARD_LOG="json")
    assert running.process.wait(timeout=ENOUGH) == 2
    running.until("Slack refuses SLACK_BOT_TOKEN (invalid_auth); copy it again from OAuth & Permissions.")
    assert all(json.loads(line) for line in running.said)


def test_where_slack_cannot_be_reached_it_serves_and_says_so(serve):
    running = serve(SLACK_API_URL="http://127.0.0.1:1/")
    running.until("Slack cannot be reached; check the network and any proxy.")
    running.until("Started worker-1")
    assert running.get("/live")[0] == 200


@pytest.mark.parametrize(
    ("name", "value"), [("CUECARD_LOG", "xml"), ("SLACK_API_URL", "http://slack.com/api/"), ("SLACK_API_URL", "x")]
)
def test_a_setting_that_cannot_be_used_is_refused_by_its_name(name, value):
    with pytest.raises(SettingsError, match=name):
        Settings.from_env({name: value})


def test_over_socket_mode_the_probes_have_a_port_of_their_own(free_port):
    standing = Readiness(playbooks=3, left_out=0, safety_only=True, database=False, duty_channel="not_in_channel")
    pages = probes.probes(lambda: standing, Metrics())
    server = serve_pages(pages, free_port)
    asked = HTTPConnection("127.0.0.1", free_port, timeout=ENOUGH)
    asked.request("GET", "/ready")
    assert asked.getresponse().status == 503
    with urlopen(f"http://127.0.0.1:{free_port}/metrics", timeout=ENOUGH) as answer:
        told = answer.read().decode()
    assert "cuecard_ready 0.0" in told
    assert "cuecard_duty_channel_works 0.0" in told
    assert serve_pages(pages, free_port) is None
    asked.close()
    server.shutdown()
    server.server_close()


@pytest.fixture
def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
