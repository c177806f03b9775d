"""Tells who waits in a terminal how far the long first reading has come."""

import sys

LONG = 1000
"""Texts from which reading takes long enough to be told."""


def tell(done: int, total: int) -> None:
    """Say on stderr how many texts of a long reading are done.

    On a terminal in one line that renews itself, elsewhere in one line at the start and one at the end.
    """
    if total < LONG:
        return
    reading, share = f"Reading {total:,} ways people describe things, once", 100 * done // total
    if sys.stderr.isatty():
        if done == 0 or share > 100 * (done - 1) // total:
            sys.stderr.write(f"\r{reading}: {share} %" + "\n" * (done == total))
    elif done == 0:
        sys.stderr.write(f"{reading}; it takes a minute or two.\n")
    elif done == total:
        sys.stderr.write("All read; later starts take seconds.\n")
    sys.stderr.flush()
