import dataclasses

import pytest
import small
from databases import opened
from person import SECRET
from phone import Phone
from writer import MANAGER, Writer

from bot.playground.app_host import AppHost
from bot.playground.signed import Line
from bot.serving import build_slack, build_web
from bot.storage.kept import keep_in
from bot.wiring import Bot


@pytest.fixture
def kept(tmp_path):
    with opened("sqlite", tmp_path, migrated=True) as engine:
        found = keep_in(engine)
        found.managers.change("T0DEMO", name={MANAGER})
        yield found


@pytest.fixture
def small_bot(tmp_path, kept):
    """A bot over a few playbooks that compile in a blink, with an empty database."""
    compiler = small.WordCompiler()
    shelves = small.build(small.copy_to(tmp_path / "playbooks"), compiler)
    return Bot(shelves, compiler).over(kept)


@pytest.fixture
def writer(small_bot, settings, api):
    with_api = dataclasses.replace(settings, slack_api=api.url)
    host = AppHost(build_web(build_slack(small_bot, with_api), with_api))
    yield Writer(api, host.port, SECRET)
    host.close()


@pytest.fixture
def quick(small_bot, settings, api):
    """Gives a phone to anybody, over a bot that compiles in a blink."""
    with_api = dataclasses.replace(settings, slack_api=api.url)
    host = AppHost(build_web(build_slack(small_bot, with_api), with_api))
    line = Line(host.port, SECRET)
    yield lambda user="U0OWNER", channel="C0SHOP": Phone(api, line, user, channel)
    host.close()
