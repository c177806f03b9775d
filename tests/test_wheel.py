import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bot.domain.situation import Situation
from bot.playground.assets import find_asset

HERE = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, HERE]
    subprocess.run(build, capture_output=True, check=True)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Runs a program of the installed wheel as somebody whose home is empty, in an empty folder."""
    target, home, empty = (tmp_path_factory.mktemp(name) for name in ("installed", "home", "empty"))
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", target, wheel]
    subprocess.run(install, capture_output=True, check=True)

    def run(program, *words, **env):
        env |= {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(target)}
        command = [target / "bin" / program] if program == "cuecard" else [program]
        found = subprocess.run([*command, *words], cwd=empty, env=env, capture_output=True, text=True, check=False)
        assert (found.returncode, found.stderr) == (0, "")
        assert list(empty.iterdir()) == []
        return found.stdout

    assert Path(run(sys.executable, "-c", "import bot; print(bot.__file__)").strip()).is_relative_to(target)
    return run


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(wheel):
    wanted = {path for folder in ("bot", "playbooks", "templates") for path in (HERE / folder).rglob("*")}
    files = {path.relative_to(HERE) for path in wanted if path.is_file() and "__pycache__" not in path.parts}
    travelling = {(path if path.parts[0] == "bot" else "bot" / path).as_posix() for path in files}
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert held == travelling


@pytest.mark.parametrize(
    ("command", "part"),
    [("--version", "cuecard, version "), ("migrate", "The database is ready."), ("schema", '"phrases"')],
)
def test_an_installed_cuecard_runs_from_any_folder(installed, command, part):
    assert part in installed("cuecard", command)


def test_an_installed_cuecard_answers(installed, bot, settings):
    asked = "client demands steve's cell, he's off today"
    found = json.loads(installed("cuecard", "ask", "--json", asked, XDG_CACHE_HOME=str(settings.cache.parent)))
    reply, ranking = bot.ask.ask(Situation(asked))
    assert found["candidates"] == [{"id": one.playbook, "p": one.probability} for one in ranking.matches]
    assert found["blocks"][0]["text"]["text"] == reply.content.card.title


@pytest.mark.parametrize("path", ["/", "/assets/app.js", "/assets/app.css", "/assets/icon.svg"])
def test_an_installed_cuecard_brings_the_playgrounds_page(installed, path):
    script = "import sys; from bot.playground.assets import find_asset; sys.stdout.buffer.write(find_asset(sys.argv[1]).held)"
    assert installed(sys.executable, "-c", script, path) == find_asset(path).held.decode()
