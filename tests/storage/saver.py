"""Saves one version after another until it is killed; says each number once it is kept.

Each line that comes in, a number and some seconds, begins a process that saves from that number on and is killed so
long after its first save; `gone` says that it was.
"""

import itertools
import os
import signal
import sys
from datetime import UTC, datetime

from bot.domain.revision import Revision
from bot.storage.database import connect
from bot.storage.revisions import StoredRevisions

LENGTH = 100_000


def text(number):
    return chr(ord("a") + number % 26) * LENGTH


def save_on(url, first, seconds):
    kept = StoredRevisions(connect(url))
    for number in itertools.count(first):
        at = datetime.now(UTC)
        kept.add(
            Revision(workspace="T1", playbook="first", number=number, author="U1", at=at, text=text(number)),
            Revision(workspace="T1", playbook="second", number=number, author="U1", at=at, text=text(number)),
        )
        # In one piece, so that being killed splits no line; print() writes two where PYTHONUNBUFFERED is set.
        os.write(sys.stdout.fileno(), f"{number}\n".encode())
        if number == first:
            # The system ends a process that does not listen for this signal, wherever it is.
            signal.setitimer(signal.ITIMER_REAL, seconds)


def serve(url):
    for line in sys.stdin:
        number, seconds = line.split()
        child = os.fork()
        if child == 0:
            save_on(url, int(number), float(seconds))
        _, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGALRM
        print("gone", flush=True)


if __name__ == "__main__":
    serve(sys.argv[1])
