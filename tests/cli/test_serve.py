import contextlib
import dataclasses
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection

import pytest
from click.testing import CliRunner

from bot.cli import cuecard
from bot.cli.serve import listen
from bot.settings import Settings, SettingsError
from bot.storage.database import connect
from bot.storage.schema import migrate

ENOUGH = 30
"""Seconds in which a process ends that was asked to; the machine may be busy."""


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def env(bot, tmp_path, port, api):
    """A workplace that is ready to serve, with one playbook that cannot be read."""
    folder = tmp_path / "playbooks"
    shutil.copytree(Settings.from_env({}).playbooks, folder)
    policy = (folder / "policy.yaml").read_text()
    own = re.sub(r"(?m)^(work_number|duty_phone|emergency_number):.*$", r'\1: "020 7946 0000"', policy)
    (folder / "policy.yaml").write_text(own)
    (folder / "half-done.yaml").write_text("title: [")
    url = f"sqlite:///{tmp_path / 'cuecard.db'}"
    migrate(connect(url))
    return {
        **os.environ,
        "CUECARD_PLAYBOOKS": str(folder),
        "DATABASE_URL": url,
        "SLACK_BOT_TOKEN": "xoxb-made-up",
        "SLACK_SIGNING_SECRET": "made-up",
        "SLACK_API_URL": api.url,
        "PORT": str(port),
    }


@contextlib.contextmanager
def running(*words, env):
    command = [sys.executable, "-W", "error", "-c", "from bot.cli import main; main()", *words]
    more = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "start_new_session": True}
    with subprocess.Popen(command, env=env, **more) as process:
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # its web processes too


def until(process, part):
    """Everything a process says up to a line with `part`."""
    lines = []
    for line in process.stdout:
        lines.append(line)
        if part in line:
            return "".join(lines)
    raise AssertionError("".join(lines))


def status(port):
    """What an unsigned request is answered, as soon as somebody listens."""
    deadline = time.monotonic() + ENOUGH
    while True:
        asked = HTTPConnection("127.0.0.1", port, timeout=ENOUGH)
        try:
            asked.request("POST", "/slack/events", b"{}")
            return asked.getresponse().status
        except ConnectionRefusedError:
            assert time.monotonic() < deadline
        finally:
            asked.close()


def test_the_web_server_tells_what_it_left_out_keeps_its_port_and_stops_when_asked(env, port):
    with running("serve", env=env) as first:
        told = until(first, "Started worker-1")
        assert "left out: half-done.yaml" in told
        assert "Python threads" not in told
        assert "`token`" not in told
        assert status(port) == 401
        with running("serve", env=env) as second:
            assert f"cannot listen on port {port} (Address already in use)" in second.communicate(timeout=ENOUGH)[0]
            assert second.returncode == 2
        first.send_signal(signal.SIGTERM)
        assert first.wait(timeout=ENOUGH) == 0


@pytest.mark.parametrize("command", [("serve",), ("playground", "--no-browser", "--port", "4500")])
def test_a_first_start_stops_when_asked(env, tmp_path, command):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    cold = {**env, "XDG_CACHE_HOME": str(tmp_path / "cache"), "TMPDIR": str(temporary)}
    with running(*command, env=cold) as process:
        until(process, "ways people describe things")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=ENOUGH) == 0
        assert "Traceback" not in process.stdout.read()
    assert list(temporary.glob("cuecard-*")) == []


def test_what_the_web_process_cannot_use_is_said_in_a_sentence(env):
    with running("serve", env={**env, "CUECARD_ENCODER": "/nowhere"}) as process:
        told = process.communicate(timeout=ENOUGH)[0]
    assert "CUECARD_ENCODER must hold model.onnx" in told
    assert "Traceback" not in told
    assert process.returncode != 0


@pytest.mark.parametrize(
    ("nowhere", "sentence"), [(True, "Slack cannot be reached"), (False, "Slack refuses SLACK_APP_TOKEN")]
)
def test_socket_mode_says_why_slack_does_not_let_it_in(living, settings, api, nowhere, sentence):
    address = "http://127.0.0.1:1/" if nowhere else api.url
    with pytest.raises(SettingsError, match=sentence):
        listen(living, dataclasses.replace(settings, app_token="xapp-made-up", slack_api=address))


def test_a_worker_without_a_duty_channel_rests_until_it_is_stopped(env):
    with running("worker", env={**env, "CUECARD_DUTY_CHANNEL": ""}) as process:
        assert "CUECARD_DUTY_CHANNEL is not set" in until(process, "nothing to tell")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=ENOUGH) == 0


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"SLACK_BOT_TOKEN": ""}, "Set SLACK_BOT_TOKEN"),
        ({"CUECARD_DUTY_CHANNEL": "C1", "DATABASE_URL": "sqlite:///nothing.db"}, "run `cuecard migrate` first"),
    ],
)
def test_a_worker_that_is_half_set_up_says_what_is_missing(env, tmp_path, monkeypatch, more, sentence):
    monkeypatch.chdir(tmp_path)
    for name, value in {**env, **more}.items():
        monkeypatch.setenv(name, value)
    found = CliRunner().invoke(cuecard, ["worker", "--once"])
    assert isinstance(found.exception, SettingsError)
    assert sentence in str(found.exception)
