"""The folder in which the web processes of one server write their figures, so that each can tell those of all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from bot.settings import SettingsError

NAMED = "PROMETHEUS_MULTIPROC_DIR"
"""Where prometheus_client looks for the name of the folder."""


@contextmanager
def figures_folder() -> Iterator[None]:
    """Name an empty folder to processes that start meanwhile; it is gone afterwards. Raises SettingsError."""
    try:
        folder = tempfile.TemporaryDirectory(prefix="cuecard-")
    except OSError as error:
        raise SettingsError(
            f"Nothing can be written to a temporary folder ({error.strerror}); set TMPDIR to one that can be written."
        ) from None
    with folder as name:
        os.environ[NAMED] = name
        try:
            yield
        finally:
            del os.environ[NAMED]
