"""Files of their owner alone: put in place whole, and not read where somebody else could have written them."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

UNFINISHED = "unfinished-"
"""What the name of a file begins with until it is put in place."""
_OTHERS_WRITE = 0o022


def is_ours(file: IO[bytes]) -> bool:
    """Whether an open file belongs to who runs this process, and nobody else may write to it."""
    if not hasattr(os, "geteuid"):
        return True
    found = os.fstat(file.fileno())
    return found.st_uid == os.geteuid() and not found.st_mode & _OTHERS_WRITE


def put(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Write a file in place of the one there, all or nothing; nothing is left behind. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=UNFINISHED, delete=False) as file:
        written = Path(file.name)
        try:
            write(file)
            file.close()
            written.replace(path)
        finally:
            # What was put in place is no longer here.
            written.unlink(missing_ok=True)
