"""Work that nobody waits for goes on after an error; the log has the error's kind and place, never its message."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from bot.services.ports import NotKept

log = logging.getLogger(__name__)


@contextmanager
def survived(work: str, *, again: bool = False) -> Iterator[None]:
    """Run a step of a thread's work; on any error but NotKept the log says that `work` failed, and the thread goes on.

    NotKept, a database that is gone, is for the caller to tell. A step tried `again` is not logged once more.
    """
    try:
        yield
    except NotKept:
        raise
    except Exception as error:  # noqa: BLE001 - nothing above a thread would hear of it
        if not again:
            log.error("%s failed: %s at %s", work, type(error).__name__, place_of(error))  # noqa: TRY400 - no message


def place_of(error: BaseException) -> str:
    """The file and line where an error began; unlike its message they hold nothing that was typed."""
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    return f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
