"""The page's own files, as they travel in the package."""

import gzip
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

PAGE = Path(__file__).parent / "page"
_KINDS = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}
_PACKED = (".png", ".ico", ".woff2")


@dataclass(frozen=True, slots=True)
class Asset:
    """A file's content type, its bytes, and the same packed with gzip where that helps."""

    kind: str
    held: bytes
    packed: bytes | None


def find_asset(path: str, folder: Path = PAGE) -> Asset | None:
    """The file behind a path of the address; None where there is none, or none of a kind that a page needs."""
    name = "index.html" if path == "/" else path.removeprefix("/")
    file = (folder / name).resolve()
    if not file.is_relative_to(folder.resolve()) or file.suffix not in _KINDS or not file.is_file():
        return None
    return _read(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _read(file: Path, _changed: int) -> Asset:
    held = file.read_bytes()
    packed = None if file.suffix in _PACKED else gzip.compress(held, 9, mtime=0)
    return Asset(_KINDS[file.suffix], held, packed)
