"""Vectors of phrases, encoded once and kept by content and by encoder."""

import hashlib

import numpy as np

from bot.matching.encoder import Encoder, Vectors
from bot.matching.store import Store


class PhraseVectors:
    """Encodes texts that were not encoded before; remembers the rest on disk."""

    def __init__(self, encoder: Encoder, store: Store) -> None:
        self._encoder = encoder
        self._store = store

    def of(self, texts: list[str]) -> Vectors:
        """Texts × width. Kept in half precision, so that a fresh vector and a remembered one are the same."""
        name = f"vectors-{self._encoder.id}"
        kept = self._store.load(name) or {}
        keys, rows = kept.get("keys"), kept.get("rows")
        known = dict(zip(keys.tolist(), rows, strict=True)) if keys is not None and rows is not None else {}
        wanted = [hashlib.sha256(text.encode()).digest()[:16].hex() for text in texts]
        fresh = {key: text for key, text in zip(wanted, texts, strict=True) if key not in known}
        if fresh:
            known.update(zip(fresh, self._encoder.encode_all(list(fresh.values())).astype(np.float16), strict=True))
            self._store.save(name, {"keys": np.array(list(known)), "rows": np.stack(list(known.values()))})
        return np.stack([known[key] for key in wanted]).astype(np.float32)
