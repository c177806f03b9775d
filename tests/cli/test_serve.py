import contextlib
import dataclasses
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from http.client import HTTPConnection

import pytest
from click.testing import CliRunner
from server import SERVES, STARTING, People, free_port, head, opened, workplace

from bot.cli import cuecard
from bot.cli.serve import connect as connect_socket
from bot.settings import SettingsError

ENOUGH = 30
"""Seconds in which a process ends that was asked to; the machine may be busy."""


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def env(bot, tmp_path, port, api):
    """A workplace that is ready to serve, with one playbook that cannot be read."""
    found = workplace(tmp_path, port, SLACK_API_URL=api.url)
    (tmp_path / "playbooks" / "half-done.yaml").write_text("title: [")
    return found


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
            asked.request("POST", "/slack/events", b"{}", {"X-Slack-Signature": "none"})
            return asked.getresponse().status
        except ConnectionRefusedError:
            assert time.monotonic() < deadline
        finally:
            asked.close()


def worker_of(told):
    return int(re.findall(r"Spawning worker-1 with PID: (\d+)", told)[-1])


def test_the_web_server_says_what_it_serves_and_left_out_keeps_its_port_and_stops_when_asked(env, port):
    with running("serve", env=env) as first:
        told = until(first, SERVES)
        assert "left out: half-done.yaml" in told
        assert f"database sqlite://{env['DATABASE_URL'].removeprefix('sqlite://')}" in told
        assert "made-up" not in told
        assert "`token`" not in told
        assert status(port) == 401
        with running("serve", env=env) as second:
            assert f"A Cuecard serves on port {port} already (0.1.0, process " in second.communicate(timeout=ENOUGH)[0]
            assert second.returncode == 2
        held = opened(port, 64, head(1000) + b"abc")
        assert [People(port).ask() for _ in range(9)] == [200] * 9
        first.send_signal(signal.SIGTERM)
        assert first.wait(timeout=ENOUGH) == 0
        for one in held:
            one.close()


def test_a_stranger_on_the_port_is_told_from_a_cuecard(env, port):
    with socket.create_server(("127.0.0.1", port)), running("serve", "--replace", env=env) as process:
        told = process.communicate(timeout=ENOUGH)[0]
    assert f"cannot listen on port {port} (Address already in use); stop what does" in told
    assert process.returncode == 2


def test_a_newer_cuecard_takes_the_place_of_one_that_runs(env, port):
    with running("serve", env=env) as first:
        until(first, SERVES)
        with running("serve", "--replace", env={**env, "CUECARD_ENCODER": "/nowhere"}) as broken:
            assert "CUECARD_ENCODER must hold model.onnx" in broken.communicate(timeout=ENOUGH)[0]
        with running("serve", "--replace", env={**env, "SLACK_BOT_TOKEN": "xoxb-another"}) as refused:
            assert "Slack refuses SLACK_BOT_TOKEN (invalid_auth)" in refused.communicate(timeout=ENOUGH)[0]
            assert refused.returncode == 2
        assert People(port).ask() == 200
        with running("serve", "--replace", env=env) as second:
            until(second, SERVES)
            assert first.wait(timeout=ENOUGH) == 0
            assert People(port).ask() == 200
            with running("serve", "--replace", env=env) as third:
                until(third, SERVES)
                assert second.wait(timeout=ENOUGH) == 0
                assert People(port).ask() == 200


def test_a_dead_worker_is_replaced_and_a_dead_parent_leaves_nobody_on_the_port(env, port):
    with running("serve", env=env) as process:
        told = until(process, SERVES)
        os.kill(worker_of(told), signal.SIGKILL)
        until(process, "Unexpected exit from worker-1")
        assert People(port).ask() in (200, STARTING)
        until(process, SERVES)
        process.kill()
        deadline = time.monotonic() + ENOUGH
        while not is_free(port):
            assert time.monotonic() < deadline


def is_free(port):
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("0.0.0.0", port))
        except OSError:
            return threading.Event().wait(0.05)
        return True


def test_a_socket_that_systemd_opened_is_served(env, port):
    with socket.create_server(("127.0.0.1", port)) as opened:
        script = (
            "import os; os.dup2({}, 3); os.environ['LISTEN_PID'] = str(os.getpid()); from bot.cli import main; main()"
        )
        command = [sys.executable, "-c", script.format(opened.fileno()), "serve"]
        more = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "pass_fds": [opened.fileno()]}
        with subprocess.Popen(command, env={**env, "LISTEN_FDS": "1", "PORT": "1"}, **more) as process:
            until(process, SERVES)
            assert People(port).ask() == 200
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=ENOUGH) == 0


def many_of_ones_own(folder):
    """Playbooks enough that they are learnt as a whole, which takes a while."""
    head, _, rest = (folder / "card-declined.yaml").read_text().partition("phrases:\n")
    words = rest[rest.index("details:") if "details:" in rest else rest.index("say:") :].partition("tests:")[0]
    for number in range(3):
        phrases = "".join(f"  - machine {place} of line {number} says no to card {place}\n" for place in range(800))
        (folder / f"machine-{number}.yaml").write_text(f"{head}phrases:\n{phrases}{words}")


@pytest.mark.parametrize("command", [("serve",), ("playground", "--no-browser", "--port", "4500")])
def test_a_start_that_learns_a_large_library_stops_when_asked(env, tmp_path, command):
    many_of_ones_own(tmp_path / "playbooks")
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
        connect_socket(living, dataclasses.replace(settings, app_token="xapp-made-up", slack_api=address))


def test_a_process_ends_when_asked_whatever_its_threads_wait_for():
    script = "import threading; from bot.cli.stop import asked_to_stop; stopped = asked_to_stop(0.1); print('on', flush=True)"
    waiting = "threading.Thread(target=threading.Event().wait).start(); stopped.wait()"
    command = [sys.executable, "-c", f"{script}; {waiting}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        until(process, "on")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=ENOUGH) == 0


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
