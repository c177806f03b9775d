"""Saves one version after another until it is killed; says each number once it is kept."""

import sys
from datetime import UTC, datetime

from bot.domain.revision import Revision
from bot.storage.database import connect
from bot.storage.revisions import StoredRevisions

LENGTH = 100_000


def text(number):
    return chr(ord("a") + number % 26) * LENGTH


def save_on(url, number):
    kept = StoredRevisions(connect(url))
    while True:
        at = datetime.now(UTC)
        kept.add(
            Revision(workspace="T1", playbook="first", number=number, author="U1", at=at, text=text(number)),
            Revision(workspace="T1", playbook="second", number=number, author="U1", at=at, text=text(number)),
        )
        print(number, flush=True)
        number += 1


if __name__ == "__main__":
    save_on(sys.argv[1], int(sys.argv[2]))
