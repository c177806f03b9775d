import ast
import os
import re
import statistics
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml

from bot.cli import COMMANDS

HERE = Path(__file__).parent.parent
CODE = sorted((HERE / "bot").rglob("*.py"))
QUIET = ("CI", "ORT_DISABLE_TELEMETRY", "XDG_CACHE_HOME")
"""Settings under which onnxruntime reports nothing, or elsewhere."""


def test_the_manifest_is_within_slacks_limits_and_asks_for_the_least():
    manifest = yaml.safe_load((HERE / "manifest.yaml").read_text())
    information = manifest["display_information"]
    assert len(information["name"]) <= 35
    assert len(information["description"]) <= 140
    assert 174 <= len(information["long_description"]) <= 4000
    command = manifest["features"]["slash_commands"][0]
    assert command["command"] == "/cue"
    assert len(command["usage_hint"]) <= 1000
    assert manifest["oauth_config"]["scopes"]["bot"] == [
        "commands",
        "chat:write",
        "users:read",
        "channels:read",
        "groups:read",
    ]
    assert manifest["settings"]["event_subscriptions"]["bot_events"] == ["app_home_opened"]


def test_files_and_functions_stay_small():
    lines = [len(path.read_text().splitlines()) for path in CODE]
    assert max(lines) <= 300
    assert statistics.median(lines) <= 80
    sizes = {}
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                sizes[f"{path.name}:{node.name}"] = node.end_lineno - node.lineno + 1
                arguments = [a for a in (*node.args.args, *node.args.kwonlyargs) if a.arg not in ("self", "cls")]
                assert len(arguments) <= 5, f"{path.name}:{node.name}"
    assert max(sizes.values()) <= 40, max(sizes, key=sizes.get)
    assert statistics.median(sizes.values()) <= 8


def test_every_module_opens_with_a_sentence():
    for path in CODE:
        opening = ast.get_docstring(ast.parse(path.read_text()))
        assert opening, path
        assert opening.splitlines()[0][-1] in ".:", path


def test_the_locks_hold_every_dependency_with_its_hash_and_agree():
    project = tomllib.loads((HERE / "pyproject.toml").read_text())["project"]
    extra = project["optional-dependencies"]
    pins = {}
    for file, wanted in (
        ("requirements.lock", [*project["dependencies"], *extra["setup"]]),
        ("requirements-dev.lock", [*project["dependencies"], *extra["setup"], *extra["dev"]]),
    ):
        locked = (HERE / file).read_text()
        pins[file] = set(re.findall(r"(?m)^\S+==\S+", locked))
        assert "://" not in locked
        for one in wanted:
            assert f"\n{one.split('>')[0].split('[')[0]}==" in locked, one
    assert pins["requirements.lock"] < pins["requirements-dev.lock"]


def test_what_the_package_imports_is_what_it_asks_to_be_installed():
    asked = tomllib.loads((HERE / "pyproject.toml").read_text())["project"]["dependencies"]
    declared = {re.split(r"[\[>]", wanted)[0] for wanted in asked}
    makers = packages_distributions()
    for path in CODE:
        for name in _imports(path) - sys.stdlib_module_names - {"bot"}:
            assert declared & {re.sub("[-_.]+", "-", maker).lower() for maker in makers[name]}, f"{path.name}: {name}"


def _imports(path):
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module.split(".")[0])
    return found


def test_the_changelog_opens_with_what_is_not_released_or_with_this_version():
    version = tomllib.loads((HERE / "pyproject.toml").read_text())["project"]["version"]
    assert version in (HERE / "CHANGELOG.md").read_text()


@pytest.mark.parametrize("command", ["make run", "make test"])
def test_the_readme_names_the_two_commands(command):
    assert command in (HERE / "README.md").read_text()


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "docs/operating.md", "Makefile"])
def test_what_is_written_names_commands_that_exist(name):
    named = set(re.findall(r"\bcuecard ([a-z]+)\b", (HERE / name).read_text()))
    assert named
    assert named <= set(COMMANDS)


def test_the_procfile_runs_commands_that_exist():
    for line in (HERE / "Procfile").read_text().splitlines():
        for part in line.split(": ", 1)[1].split(" && "):
            assert part.split()[0] == "cuecard"
            assert part.split()[1] in COMMANDS


def test_importing_the_package_does_nothing():
    each = "from bot.cli import COMMANDS, cuecard; assert all(cuecard.get_command(None, name) for name in COMMANDS)"
    script = f"import sys; {each}; assert 'onnxruntime' in sys.modules"
    found = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], cwd=HERE, capture_output=True, text=True, check=True
    )
    assert (found.stdout, found.stderr) == ("", "")


def test_reading_meaning_reports_nothing_to_anyone(tmp_path):
    script = "from bot.matching.encoder import Encoder; Encoder().encode('client wants a number')"
    env = {name: value for name, value in os.environ.items() if name not in QUIET}
    subprocess.run([sys.executable, "-c", script], cwd=HERE, env={**env, "HOME": str(tmp_path)}, check=True)
    assert list(tmp_path.rglob("*")) == []


def test_a_command_does_not_wait_for_the_parts_of_another():
    script = (
        "import sys; from bot.cli import cuecard; cuecard(['schema'], standalone_mode=False); print([*sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", script], cwd=HERE, capture_output=True, text=True, check=True).stdout
    for part in ("onnxruntime", "slack_bolt", "alembic", "granian"):
        assert f"'{part}'" not in told.splitlines()[-1]
