"""Arrays in files: those that travel with Cuecard, and those that save work, each of which can be made anew."""

import contextlib
import hashlib
import io
import logging
import math
import os
import time
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, BinaryIO, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.private_files import UNFINISHED, is_ours, put

log = logging.getLogger(__name__)
Arrays = dict[str, NDArray[Any]]
KEPT = 6
"""Files of one kind, such as the matchers of several libraries, before the one that was not used longest goes."""
LOST = "Every start learns anew, for nothing can be kept in %s (%s); set XDG_CACHE_HOME to a folder that takes files."
FOREIGN = "%s belongs to somebody else, or others may write to it, so it is not read; delete it, or mend its owner."
ABANDONED = 3600.0
"""Seconds after which a file that was never finished goes."""
_DIGEST = 32


class Store(Protocol):
    """Where arrays are kept, by kind and by a key that says what they were made of."""

    def load(self, kind: str, key: str) -> Arrays | None:
        """The arrays; None where there are none of this key."""

    def save(self, kind: str, key: str, arrays: Mapping[str, NDArray[Any]]) -> bool:
        """Keep arrays, all or nothing; whether they are kept."""


class Nowhere:
    """A store that keeps nothing."""

    def load(self, _kind: str, _key: str) -> Arrays | None:
        """Nothing."""
        return None

    def save(self, _kind: str, _key: str, _arrays: Mapping[str, NDArray[Any]]) -> bool:
        """Keep nothing."""
        return False


class Shipped:
    """A store of what travels with Cuecard: one file a kind, that whoever builds it writes, and nobody else."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, kind: str, key: str) -> Arrays | None:
        """The arrays of a kind; None where they are of another key, or not there."""
        try:
            with (self._folder / f"{kind}.npz").open("rb") as file:
                return read_arrays(file, key)
        except OSError:
            return None

    def save(self, kind: str, key: str, arrays: Mapping[str, NDArray[Any]]) -> bool:
        """Write the file of a kind. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / f"{kind}.npz").open("wb") as file:
            write_arrays(file, key, arrays)
        return True


class Cache:
    """A store in a folder of the user's own; a folder that cannot be written to only costs time, and is told of once.

    A file that somebody else could have written is not read, nor one that is not as it was written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._told: set[str] = set()

    def load(self, kind: str, key: str) -> Arrays | None:
        """The arrays of a kind and key; None where there are none that can be trusted."""
        path = self._path(kind, key)
        try:
            with path.open("rb") as file:
                if not is_ours(file):
                    self._tell(FOREIGN, path)
                    return None
                arrays = read_arrays(file, key)
        except OSError:
            return None
        if arrays is not None:
            with contextlib.suppress(OSError):
                os.utime(path)
        return arrays

    def save(self, kind: str, key: str, arrays: Mapping[str, NDArray[Any]]) -> bool:
        """Keep arrays, all or nothing; whether they are kept."""
        try:
            put(self._path(kind, key), lambda file: write_arrays(file, key, arrays))
            self._prune(kind)
        except OSError as error:
            self._tell(LOST, self._folder, error.strerror)
            return False
        return True

    def _path(self, kind: str, key: str) -> Path:
        return self._folder / f"{kind}-{key}.npz"

    def _prune(self, kind: str) -> None:
        """Keep few files of a kind, and clear away what was never finished."""
        for path in self._folder.glob(f"{UNFINISHED}*"):
            if path.stat().st_mtime < time.time() - ABANDONED:
                path.unlink(missing_ok=True)
        found = sorted(self._folder.glob(f"{kind}-*.npz"), key=lambda path: path.stat().st_mtime)
        for path in found[:-KEPT]:
            path.unlink(missing_ok=True)

    def _tell(self, sentence: str, *named: object) -> None:
        if sentence not in self._told:
            log.warning(sentence, *named)
        self._told.add(sentence)


def write_arrays(file: IO[bytes], key: str, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays and the key they belong to, behind a digest of all."""
    packed = io.BytesIO()
    write: Callable[..., None] = np.savez
    write(packed, **arrays, key=pack([key]))
    held = packed.getbuffer()
    file.write(hashlib.sha256(held).digest())
    file.write(held)


def read_arrays(file: BinaryIO, key: str) -> Arrays | None:
    """What was written under a key; None where the file is not as it was written, or of another key."""
    told, packed = file.read(_DIGEST), file.read()
    if told != hashlib.sha256(packed).digest():
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as held:
            found = {info.filename.removesuffix(".npy"): _array(held, info) for info in held.infolist()}
        whose = unpack(found.pop("key"))
    except (ValueError, KeyError, zipfile.BadZipFile):
        return None
    return found if whose == [key] else None


def _array(held: zipfile.ZipFile, info: zipfile.ZipInfo) -> NDArray[Any]:
    """One array, whose header may claim no more than its file holds. Raises ValueError."""
    if info.compress_type != zipfile.ZIP_STORED:
        raise ValueError(info.filename)
    with held.open(info) as member:
        np.lib.format.read_magic(member)
        shape, in_columns, kind = np.lib.format.read_array_header_1_0(member)
        raw = member.read()
    if kind.hasobject or len(raw) != math.prod(shape) * kind.itemsize:
        raise ValueError(info.filename)
    found = np.frombuffer(raw, kind)
    return found.reshape(shape[::-1]).T if in_columns else found.reshape(shape)


def pack(texts: Sequence[str]) -> NDArray[np.uint8]:
    """Texts as one array of bytes."""
    told = "".join(text.replace("\0", " ") + "\0" for text in texts)
    return np.frombuffer(told.encode("utf-8", "surrogatepass"), np.uint8)


def unpack(packed: NDArray[np.uint8]) -> list[str]:
    """The texts that were packed. Raises ValueError where they are none."""
    return packed.tobytes().decode("utf-8", "surrogatepass").split("\0")[:-1]
