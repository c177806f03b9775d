"""Tells when the folder of playbooks changes on disk, so that an edit is in force without a restart."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

from watchfiles import Change, watch

LOOK = 1_000
"""Milliseconds after which a folder that was moved away, or put in place of another, is noticed."""
SETTLED = 300
"""Milliseconds for which an editor may go on writing."""


def changes(folder: Path, stopped: Event) -> Iterator[None]:
    """One item once the folder is watched, since it may have changed before; then one after each burst of changes.

    Only what a library is read from counts. Ends when `stopped` is set.
    """
    while not stopped.is_set():
        known = _place(folder)
        if known is None:
            stopped.wait(LOOK / 1000)
            continue
        looks = watch(
            folder,
            watch_filter=_matters,
            debounce=SETTLED,
            rust_timeout=LOOK,
            yield_on_timeout=True,
            stop_event=stopped,
        )
        for number, found in enumerate(looks):
            if stopped.is_set():
                return
            if found or not number:
                yield
            if _place(folder) != known:
                # Another folder stands here now, or none: the system tells nothing of the new one by itself.
                yield
                break


def _matters(_change: Change, path: str) -> bool:
    return path.endswith((".yaml", ".txt"))


def _place(folder: Path) -> int | None:
    try:
        return folder.stat().st_ino
    except OSError:
        return None
