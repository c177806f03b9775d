"""Files that save work: each is checked when read, and made anew when anything in it is wrong."""

import contextlib
import hashlib
import io
import logging
import os
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

log = logging.getLogger(__name__)
Arrays = dict[str, NDArray[Any]]
KEPT = 6
"""Files of one kind, such as the matchers of several libraries, before the one that was not used longest goes."""
LOST = "Every start reads anew, for nothing can be kept in %s (%s); set XDG_CACHE_HOME to a folder that takes files."
_DIGEST = 32


class Store:
    """Named groups of arrays in a folder; a folder that cannot be written to only costs time, and is told of once."""

    def __init__(self, folder: Path | None) -> None:
        """`folder` None keeps nothing."""
        self._folder = folder
        self._told = False

    def load(self, name: str) -> Arrays | None:
        """The arrays of a name; None where there are none or the file is not as it was written."""
        if self._folder is None:
            return None
        path = self._folder / f"{name}.npz"
        try:
            with path.open("rb") as file:
                if file.read(_DIGEST) != hashlib.file_digest(file, "sha256").digest():
                    return None
                file.seek(_DIGEST)
                with np.load(file, allow_pickle=False) as found:
                    arrays = dict(found)
        except (OSError, ValueError, zipfile.BadZipFile):
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return arrays

    def save(self, name: str, arrays: Mapping[str, NDArray[Any]]) -> bool:
        """Keep arrays under a name, all or nothing; whether they are kept."""
        if self._folder is None:
            return False
        packed = io.BytesIO()
        write: Callable[..., None] = np.savez
        write(packed, **arrays)
        held = packed.getvalue()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as file:
                file.write(hashlib.sha256(held).digest() + held)
            Path(file.name).replace(self._folder / f"{name}.npz")
            self._prune(name.rpartition("-")[0])
        except OSError as error:
            if not self._told:
                log.warning(LOST, self._folder, error.strerror)
            self._told = True
            return False
        return True

    def _prune(self, kind: str) -> None:
        assert self._folder is not None
        found = sorted(self._folder.glob(f"{kind}-*.npz"), key=lambda path: path.stat().st_mtime)
        for path in found[:-KEPT]:
            path.unlink(missing_ok=True)
