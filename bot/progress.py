"""Tells who waits how far the long first reading has come."""

import logging
import sys

log = logging.getLogger(__name__)
LONG = 1000
"""Texts from which reading takes long enough to be told."""


def tell(done: int, total: int) -> None:
    """Say on stderr how many texts of a long reading are done.

    On a terminal in one line that renews itself, elsewhere in one line at the start and one at the end.
    """
    if sys.stderr.isatty():
        if line := share(done, total):
            sys.stderr.write(f"\r{line}" + "\n" * (done == total))
            sys.stderr.flush()
    elif total >= LONG and done == 0:
        sys.stderr.write(f"{_reading(total)}; it takes a minute or two.\n")
    elif total >= LONG and done == total:
        sys.stderr.write("All read; later starts take seconds.\n")


def note(done: int, total: int) -> None:
    """Write into the log that a long reading begins, and that it is done."""
    if total >= LONG and done in (0, total):
        log.info("All read; later starts take seconds." if done else f"{_reading(total)}; it takes a minute or two.")


def share(done: int, total: int) -> str:
    """A line at each new percent of a long reading; nothing between them, or where it is short."""
    if total < LONG or (done and 100 * done // total == 100 * (done - 1) // total):
        return ""
    return f"{_reading(total)}: {100 * done // total} %"


def _reading(total: int) -> str:
    return f"Reading {total:,} ways people describe things, once"
