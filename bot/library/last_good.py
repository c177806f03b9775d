"""The files of a folder of playbooks as they were when all of them were well, for a start at which one is broken."""

import contextlib
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from bot.domain.library import Library
from bot.library.load import POLICY_FILE
from bot.library.write import write_policy
from bot.private_files import is_ours, put

KEPT = 6
"""Folders that are remembered."""
Files = Mapping[str, str]
"""Texts by file name."""


class LastGood:
    """Remembers one folder's files in the cache; a cache that cannot be used remembers nothing."""

    def __init__(self, cache: Path, folder: Path) -> None:
        self._cache = cache
        name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
        self._file = cache / f"playbooks-{name}.json"

    def read(self) -> Files:
        """What is remembered; nothing where that cannot be read, or somebody else could have written it."""
        try:
            with self._file.open("rb") as file:
                found = json.load(file) if is_ours(file) else {}
        except (OSError, ValueError, RecursionError):
            return {}
        return {str(name): str(text) for name, text in found.items()} if isinstance(found, dict) else {}

    def keep(self, library: Library) -> None:
        """Remember a library in which nothing was wrong."""
        files = {f"{name}.yaml": text for name, text in library.texts.items()}
        files[POLICY_FILE] = write_policy(library.policy)
        if files == self.read():
            return
        with contextlib.suppress(OSError):
            put(self._file, lambda file: file.write(json.dumps(files).encode()))
            remembered = sorted(self._cache.glob("playbooks-*.json"), key=lambda path: path.stat().st_mtime)
            for path in remembered[:-KEPT]:
                path.unlink(missing_ok=True)
