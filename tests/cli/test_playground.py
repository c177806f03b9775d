import json
import os
import signal
import socket
import subprocess
import sys
from http.client import HTTPConnection

import pytest
from click.testing import CliRunner

from bot.cli import cuecard
from bot.cli.playground import open_server, playground
from bot.cli.serve import serve
from bot.cli.start import start
from bot.playground.room import Playground
from bot.settings import SettingsError
from bot.storage.database import connect
from bot.storage.schema import is_current


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "cuecard.example.com"])
def test_other_machines_stay_out_unless_told(host):
    found = CliRunner().invoke(cuecard, ["playground", "--no-browser", "--host", host])
    assert isinstance(found.exception, SettingsError)
    assert "--allow-remote" in str(found.exception)


def test_a_port_that_is_taken_gives_way_to_the_next(settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        server = open_server(Playground(settings), "127.0.0.1", port)
        assert port < server.port <= port + 20
        server._server.server_close()


def test_where_nothing_can_listen_a_sentence_says_so(settings):
    with pytest.raises(SettingsError, match="name others with --port"):
        open_server(Playground(settings), "203.0.113.7", 4000)


@pytest.mark.parametrize(
    ("env", "started"),
    [
        ({}, ("playground", {"port": 4000, "host": "127.0.0.1"})),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, ("serve", {"over_socket": False, "workers": 1})),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}, ("serve", {"over_socket": True, "workers": 1})),
    ],
)
def test_make_run_starts_what_the_environment_is_ready_for(monkeypatch, tmp_path, env, started):
    url = f"sqlite:///{tmp_path / 'cuecard.db'}"
    found = []
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {**env, "DATABASE_URL": url}.items():
        monkeypatch.setenv(name, value)
    for command in (playground, serve):
        monkeypatch.setattr(command, "callback", lambda name=command.name, **words: found.append((name, words)))
    assert CliRunner().invoke(start, []).exit_code == 0
    ((name, words),) = found
    assert (name, words) == (started[0], words | started[1])
    assert is_current(connect(url)) == bool(env)


def test_make_runs_command_says_what_it_does_and_refuses_what_it_would_not_heed():
    assert "SLACK_BOT_TOKEN" in CliRunner().invoke(start, ["--help"]).output
    command = [sys.executable, "-m", "bot.cli.start", "--port", "4100"]
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "No such option" in refused.stderr


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_the_command_serves_the_page_until_it_is_stopped_and_leaves_nothing_behind(stop, tmp_path):
    script = "from bot.cli import main; main()"
    command = [sys.executable, "-W", "error", "-c", script, "playground", "--no-browser", "--port", "4400"]
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env) as running:
        try:
            address = running.stdout.readline()
            assert "http://127.0.0.1:44" in address
            port = int(address.split(":44", 1)[1].split("/", 1)[0]) + 4400
            assert _ready(port)["notice"] is None
        finally:
            running.send_signal(stop)
        _, errors = running.communicate(timeout=120)
    assert (running.returncode, errors) == (0, "")
    assert list(tmp_path.glob("cuecard-*")) == []


def _ready(port):
    """The first state in which the bot is built."""
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", "/api/stream")
    answered = connection.getresponse()
    while True:
        line = answered.readline()
        if line.startswith(b"data: ") and (found := json.loads(line.removeprefix(b"data: ")))["ready"]:
            connection.close()
            return found
