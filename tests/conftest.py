import dataclasses
import logging
import os
import sys
import threading
from pathlib import Path

import hypothesis
import pytest
from databases import database_url, opened
from person import SECRET, Person
from phone import Phone

from bot import logs
from bot.playground.app_host import AppHost
from bot.playground.signed import Line
from bot.playground.stand_in import Slack
from bot.playground.web_api import WebApi
from bot.serving import build_slack, build_web
from bot.settings import Settings
from bot.storage.kept import keep_in
from bot.wiring import build_bot

# Tests that say no number of their own are tried on so many examples; tests/faults/generated.py asks for more.
hypothesis.settings.register_profile("usual", max_examples=150, deadline=None)
hypothesis.settings.register_profile("thousands", max_examples=5000, deadline=None)
hypothesis.settings.load_profile("usual")

HERE = Path(__file__).parent.parent
PATIENCE = 30.0
"""Seconds for the app to answer where the test is not about time: the machine may be busy."""


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """On CI a skipped test is a failed one."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("CUECARD_TEST_ALL"):
        report.outcome = "failed"


@pytest.fixture(autouse=True)
def own_log():
    """A log that a test begins ends with it."""
    root, ours, hooks = logging.getLogger(), logging.getLogger("bot"), (sys.excepthook, threading.excepthook)
    levels = root.level, ours.level
    yield
    sys.excepthook, threading.excepthook = hooks
    logging.captureWarnings(capture=False)
    root.handlers[:] = [one for one in root.handlers if not isinstance(one, logs._Stderr)]
    root.setLevel(levels[0])
    ours.setLevel(levels[1])


@pytest.fixture(scope="session")
def patience():
    return PATIENCE


@pytest.fixture(scope="module")
def few_columns():
    """Words and letters share few columns, so that a small library is learnt in a blink; for caches of one's own."""
    with pytest.MonkeyPatch.context() as patch:
        for name, module in sys.modules.items():
            if name.startswith("bot.matching.") and hasattr(module, "HASHED"):
                patch.setattr(module, "HASHED", 128)
        yield


@pytest.fixture(scope="session")
def settings(tmp_path_factory):
    with database_url("sqlite", tmp_path_factory.mktemp("data"), migrated=True) as url:
        yield dataclasses.replace(
            Settings.from_env({}),
            playbooks=HERE / "playbooks",
            bot_token="xoxb-made-up",
            signing_secret=SECRET,
            duty_channel="C0DUTY",
            database_url=url,
        )


@pytest.fixture(scope="session")
def bot(settings):
    return build_bot(settings)


@pytest.fixture
def api():
    found = WebApi(Slack(seconds=PATIENCE))
    found.serve()
    yield found
    found.close()


@pytest.fixture
def person(bot, settings, api):
    with_api = dataclasses.replace(settings, slack_api=api.url)
    return Person(build_web(build_slack(bot, with_api), with_api), api)


@pytest.fixture
def kept(tmp_path):
    """A database of its own."""
    with opened("sqlite", tmp_path, migrated=True) as engine:
        yield keep_in(engine)


@pytest.fixture
def living(bot, kept):
    """The bot over that database; `living.shelves.refresh()` takes up what was stored behind its back."""
    return bot.over(kept)


@pytest.fixture
def phone(living, settings, api):
    """Gives a phone to anybody of the demo's people, over the real app behind its own port."""
    with_api = dataclasses.replace(settings, slack_api=api.url)
    host = AppHost(build_web(build_slack(living, with_api), with_api))
    line = Line(host.port, SECRET, PATIENCE)
    yield lambda user="U0EMPLOYEE", channel="C0SHOP": Phone(api, line, user, channel)
    host.close()
