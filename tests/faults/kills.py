"""Kills a process that saves, at any moment, on each database, and counts what was lost.

    .venv/bin/python tests/faults/kills.py --kills 200

A process answers questions and saves forms, one after another, as a manager does it, and says what it has kept. It is
ended by SIGKILL from outside; the next one takes its place on the same database. Exits 1 where a form or a version that
was said to be kept is gone, where half a save is there, or where the next process does not answer with the last words.
"""

import argparse
import dataclasses
import itertools
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent.parent), str(HERE.parent)]

import small  # noqa: E402 - found by the path above
from databases import KINDS, database_url  # noqa: E402
from sqlalchemy import text  # noqa: E402

from bot.domain.asker import Asker  # noqa: E402
from bot.domain.situation import Situation  # noqa: E402
from bot.services.ask import Ask  # noqa: E402
from bot.services.edit import Edit  # noqa: E402
from bot.services.gate import Gate  # noqa: E402
from bot.services.meanwhile import Meanwhile  # noqa: E402
from bot.services.overlay import read_text  # noqa: E402
from bot.services.saving import Saved, Saving  # noqa: E402
from bot.services.who_may import WhoMay  # noqa: E402
from bot.storage.database import connect  # noqa: E402
from bot.storage.kept import keep_in  # noqa: E402

CARD, ME = "card-declined", ("T1", "U1")
LONGEST = 1.0
"""Seconds after which a process is killed at the latest; it saves a few times in that long."""


class Owner:
    """Slack, where everybody is an owner."""

    def is_admin(self, *_):
        return True


def word(number):
    """A word that no other number has."""
    return "quokka" + "".join(chr(ord("a") + int(digit)) for digit in str(number))


def say(*words):
    # In one piece, so that being killed splits no line.
    os.write(sys.stdout.fileno(), " ".join(map(str, words)).encode() + b"\n")


def save_on(url, shelves, compiler):
    """Answer, then save without end: each form holds a word of its own."""
    kept = keep_in(connect(url))
    shelves = shelves.over(kept)
    shelves.refresh()
    saving = Saving(WhoMay(Owner(), kept.managers), kept, Gate(shelves, compiler))
    edit = Edit(saving)
    newest = len(saving.newest(ME[0], CARD))
    reply, _ = Ask(shelves.at).ask(Situation(f"{word(newest)} declined today", ME[1], ME[0], ""))
    say("serving", shelves.library(ME[0]).playbooks[CARD].phrases[-1], type(reply).__name__)
    assert shelves.at(Asker(*ME)).titled(CARD)
    for number in itertools.count(newest + 1):
        draft = Meanwhile(saving).join(edit.open(*ME, CARD)).draft
        lines = [line for line in draft.fields["phrases"].splitlines() if "quokka" not in line]
        draft = dataclasses.replace(
            draft, fields={**draft.fields, "phrases": "\n".join([*lines, f"{word(number)} declined today"])}
        )
        edit.keep(draft)
        say("form", number)
        assert isinstance(edit.save(draft), Saved)
        say("saved", number)


def serve(url, folder):
    """Begin such a process for each line that comes in, and say when it is gone; what all share is built once."""
    compiler = small.WordCompiler()
    shelves = small.build(small.copy_to(Path(folder)), compiler)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            save_on(url, shelves, compiler)
        say("begun", child)
        _, status = os.waitpid(child, 0)
        say("gone", os.WTERMSIG(status) if os.WIFSIGNALED(status) else f"of itself, {status}")


def killed(nursery, seconds):
    """What one process said before it was killed so long after it served; empty where it did not come to serve."""
    print(file=nursery.stdin, flush=True)
    said = []
    child = 0
    while not said or said[-1][0] != "gone":
        line = nursery.stdout.readline().split(" ", 1)
        said.append([line[0].strip(), line[-1].strip()])
        if said[-1][0] == "begun":
            child = int(said[-1][1])
        if said[-1][0] == "serving":
            time.sleep(seconds)
            os.kill(child, signal.SIGKILL)
    assert said[-1][1] == str(int(signal.SIGKILL)), said
    return said


def let_go(engine):
    """Wait until PostgreSQL has noticed that the process is gone: it may still finish a commit."""
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with engine.connect() as connection:
        while engine.dialect.name == "postgresql" and connection.execute(text(others)).scalar():
            connection.rollback()


def last(said, what):
    return max((int(line[1]) for line in said if line[0] == what), default=0)


def count(url, nursery, kills, chance):
    """What was found in so many kills."""
    found, kept = Counter(kills=0), 0
    for _ in range(kills):
        said = killed(nursery, chance.uniform(0.0, LONGEST))
        engine = connect(url)
        let_go(engine)
        stored = keep_in(engine)
        versions = stored.revisions.history(ME[0], CARD)
        draft = stored.drafts.find(*ME, CARD)
        in_force = next(line[1] for line in said if line[0] == "serving")
        found["kills"] += 1
        found["saves acknowledged"] += max(0, last(said, "saved") - kept)
        found["saves that were whole and not acknowledged yet"] += len(versions) > max(kept, last(said, "saved"))
        found["ACKNOWLEDGED AND LOST"] += len(versions) < last(said, "saved")
        found["HALF A SAVE"] += [one.number for one in versions] != list(range(len(versions), 0, -1)) or any(
            read_text(CARD, one.text).entry.phrases[-1] != f"{word(one.number)} declined today" for one in versions
        )
        form = last(said, "form")
        there = len(versions) >= form or (draft and word(form) in draft.fields["phrases"])
        found["FORMS KEPT AND LOST"] += not there
        found["NOT SERVING THE LAST WORDS"] += bool(kept) and not in_force.startswith(f"{word(kept)} ")
        kept = len(versions)
        engine.dispose()
    return found


def main():
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--kills", type=int, default=50)
    asked.add_argument("--seed", type=int, default=7)
    given = asked.parse_args()
    wrong = 0
    for kind in KINDS:
        with tempfile.TemporaryDirectory() as folder, database_url(kind, Path(folder), migrated=True) as url:
            command = [sys.executable, __file__, "--serve", url, f"{folder}/playbooks"]
            with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as nursery:
                found = count(url, nursery, given.kills, random.Random(given.seed))
                nursery.stdin.close()
        print(kind)
        for name, number in found.items():
            print(f"  {number:>6}  {name}")
        wrong += sum(number for name, number in found.items() if name.isupper()) + (not found["saves acknowledged"])
    return 1 if wrong else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve(*sys.argv[2:])
    else:
        sys.exit(main())
