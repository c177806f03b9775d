"""What the files for deploying name is there: files, commands, settings, pages."""

import ast
import configparser
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot.cli import COMMANDS
from bot.cli.pages import serve_pages
from bot.metrics import Metrics
from bot.probes import probes
from bot.services.readiness import STARTING

HERE = Path(__file__).parent.parent
DOCKER = (HERE / "Dockerfile").read_text()
COMPOSE = yaml.safe_load((HERE / "deploy" / "compose.yaml").read_text())
APP = json.loads((HERE / "app.json").read_text())
UNIT = configparser.ConfigParser(strict=False, interpolation=None)
UNIT.optionxform = str
UNIT.read(HERE / "deploy" / "cuecard.service")
APP_KEYS = {"name", "description", "keywords", "success_url", "stack", "formation", "addons", "env"}
"""Those of Heroku's app.json schema that are used."""
PYTHONS_OWN = {"PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
SETTINGS = set(re.findall(r'env(?:\.get\(|\[)"([A-Z_]+)"', (HERE / "bot" / "settings.py").read_text()))


def commands(text):
    return set(re.findall(r"\bcuecard[,\"]* \"?([a-z]+)\b", text))


@pytest.mark.parametrize(
    "file",
    ["Dockerfile", "heroku.yml", "Procfile", "deploy/compose.yaml", "deploy/cuecard.service", "docs/operating.md"],
)
def test_every_command_that_is_run_is_one_of_cuecards(file):
    lines = [line for line in (HERE / file).read_text().splitlines() if not line.startswith("#")]
    run = {
        name
        for line in lines
        if re.search("CMD|RUN|command|Exec|: cuecard|^cuecard|`cuecard", line)
        for name in commands(line)
    }
    assert run & {"serve", "migrate"}
    assert run <= set(COMMANDS)


def test_every_setting_that_is_named_is_read():
    named = set(re.findall(r"^ +([A-Z_]+)=|^ENV ([A-Z_]+)=", DOCKER, re.MULTILINE))
    found = {one for pair in named for one in pair if one} - PYTHONS_OWN
    found |= set(COMPOSE["services"]["web"]["environment"]) | set(APP["env"])
    found |= {pair.split("=")[0] for pair in UNIT["Service"]["Environment"].split()}
    assert {"PORT", "DATABASE_URL", "CUECARD_LOG"} <= found
    assert found <= SETTINGS


def test_every_file_that_the_image_is_built_of_is_there_and_let_in():
    let_in = {line[1:] for line in (HERE / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = {name for line in re.findall(r"^COPY (?!--)(.+) \S+$", DOCKER, re.MULTILINE) for name in line.split()}
    assert copied == let_in
    assert all((HERE / name).exists() for name in copied)
    built = yaml.safe_load((HERE / "heroku.yml").read_text())
    assert (HERE / built["build"]["docker"]["web"]).exists()
    assert (HERE / "deploy" / COMPOSE["services"]["web"]["build"]["context"] / "Dockerfile").exists()


def test_the_image_runs_as_nobody_in_particular_and_its_root_can_be_read_only():
    assert re.search(r"^USER (?!root)\w+$", DOCKER, re.MULTILINE)
    for name in ("web", "migrate"):
        service = COMPOSE["services"][name]
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert service["tmpfs"] == ["/tmp"]
    assert UNIT["Service"]["User"] != "root"
    assert UNIT["Service"]["ProtectSystem"] == "strict"


def test_the_health_check_runs_without_more_than_python_and_tells_up_from_down():
    command = json.loads(
        re.search(r"HEALTHCHECK [^[]*CMD (\[.*\])$", DOCKER, re.MULTILINE | re.DOTALL)[1].split("\n")[0]
    )
    server = serve_pages(probes(lambda: STARTING, Metrics()), 0)
    port = server.server_address[1]

    def check(at):
        env = {**os.environ, "PORT": str(at)}
        return subprocess.run([sys.executable, *command[1:]], env=env, capture_output=True, check=False).returncode

    assert check(port) == 0
    server.shutdown()
    server.server_close()
    assert check(port) == 1


def test_the_app_for_heroku_has_only_keys_of_its_schema():
    assert set(APP) <= APP_KEYS
    assert all(set(one) <= {"description", "value", "required"} for one in APP["env"].values())
    assert APP["success_url"] in probes(lambda: STARTING, Metrics())


def test_the_proxy_lets_through_what_slack_posts_to_and_no_larger_body_than_the_door():
    proxy = (HERE / "deploy" / "nginx.conf").read_text()
    door = (HERE / "bot" / "slack" / "door.py").read_text()
    longest = next(
        node.value.value
        for node in ast.parse(door).body
        if isinstance(node, ast.Assign) and node.targets[0].id == "MAX_BODY"
    )
    assert "location = /slack/events" in proxy
    assert '"/slack/events"' in door
    assert int(re.search(r"client_max_body_size (\d+)k", proxy)[1]) * 1024 >= longest


def test_the_documents_name_the_settings_that_there_are():
    readme = (HERE / "README.md").read_text()
    assert {name for name in SETTINGS if f"`{name}`" not in readme} <= {"PROMETHEUS_MULTIPROC_DIR"}
    named = set(re.findall(r"`((?:CUECARD|SLACK)_[A-Z_]+)`", readme + (HERE / "docs" / "operating.md").read_text()))
    assert named <= SETTINGS
