import os
import subprocess
import sys
from pathlib import Path

import pytest
from databases import KINDS, database_url
from services.saver import CARD, ME, named

from bot.domain.gap import GapState
from bot.services.overlay import read_text
from bot.services.ports import Count
from bot.storage.database import connect
from bot.storage.kept import keep_in

HERE = Path(__file__).parent
MOST = 50


@pytest.fixture(params=KINDS)
def url(request, tmp_path):
    with database_url(request.param, tmp_path, migrated=True) as found:
        yield found


@pytest.fixture
def saver(url, tmp_path):
    command = [sys.executable, str(HERE / "saver.py"), url, str(tmp_path / "playbooks")]
    home = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (HERE.parent.parent, HERE.parent)))}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=home, text=True) as running:
        yield running
        running.stdin.close()


def killed_at(saver, moment):
    print(moment, file=saver.stdin, flush=True)
    said = saver.stdout.readline().strip()
    assert said in ("killed", "0")
    return said == "killed"


@pytest.fixture
def kept(url):
    engine = connect(url)
    yield keep_in(engine)
    engine.dispose()


def test_a_save_that_is_killed_at_any_moment_is_whole_or_not_there_and_no_word_or_gap_is_lost(kept, saver):
    seen = set()
    for moment in range(1, MOST):
        killed, phrase = killed_at(saver, moment), f"quokka {named(moment)}"
        versions = kept.revisions.history(ME[0], CARD)
        assert [one.number for one in versions] == list(range(len(versions), 0, -1))
        assert kept.changes.workspaces().get(ME[0], Count()).answers == len(versions)
        in_force = [read_text(CARD, one.text).entry.phrases for one in versions]
        there = bool(in_force) and phrase in in_force[0]
        draft, gap = kept.drafts.find(*ME, CARD), kept.gaps.find(ME[0], f"g{moment}")
        assert there or phrase in draft.fields["phrases"].splitlines()
        assert there or gap.state is GapState.OPEN
        seen.add(there)
        if not killed:
            break
    assert (there, gap.state, draft) == (True, GapState.ADDED, None)
    assert seen == {True, False}, "some were killed before the words were stored, and some after"
