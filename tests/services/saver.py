"""Saves a form, and is killed at one moment of it; says after each whether it came to its end.

Each line that comes in is the number of a moment: before the first commit, the second … What is stored changes at
commits alone, so that these are all there are.
"""

import dataclasses
import itertools
import os
import signal
import sys
from pathlib import Path

import small
from sqlalchemy import event

from bot.domain.gap import Gap
from bot.services.edit import GAPS, Edit
from bot.services.gate import Gate
from bot.services.meanwhile import Meanwhile
from bot.services.saving import Saved, Saving
from bot.services.who_may import WhoMay
from bot.storage.database import connect
from bot.storage.kept import keep_in

CARD, ME = "card-declined", ("T1", "U1")


class Owner:
    """Slack, where everybody is an owner."""

    def is_admin(self, *_):
        return True


def named(moment):
    """A word that no other moment has."""
    return "q" + "".join(chr(ord("a") + int(digit)) for digit in str(moment))


def save(url, shelves, compiler, moment):
    engine = connect(url)
    kept = keep_in(engine)
    shelves = shelves.over(kept)
    shelves.refresh()
    saving = Saving(WhoMay(Owner(), kept.managers), kept, Gate(shelves, compiler), lambda: small.NOW)
    edit = Edit(saving)
    draft = Meanwhile(saving).join(edit.open(*ME, CARD)).draft
    phrase = f"quokka {named(moment)}"
    kept.gaps.add(Gap(id=f"g{moment}", workspace=ME[0], site="", text=phrase, at=small.NOW))
    fields = {**draft.fields, "phrases": f"{draft.fields['phrases']}\n{phrase}", GAPS: f"g{moment}"}
    draft = dataclasses.replace(draft, fields=fields)
    edit.keep(draft)
    passed = itertools.count(1)

    def die_here(*_):
        if next(passed) == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "commit", die_here)
    assert isinstance(edit.save(draft), Saved)


def serve(url, folder):
    compiler = small.WordCompiler()
    shelves = small.build(small.copy_to(Path(folder)), compiler)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            save(url, shelves, compiler, int(line))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print("killed" if os.WIFSIGNALED(status) else os.WEXITSTATUS(status), flush=True)


if __name__ == "__main__":
    serve(*sys.argv[1:])
