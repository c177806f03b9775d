"""Vectors of phrases, encoded once and kept by content and by encoder."""

import hashlib

import numpy as np

from bot.matching.encoder import Encoder, Told, Vectors
from bot.matching.store import Store

WORTH_KEEPING = 64
"""New vectors from which the file is written anew."""
WORTH_LOOKING_UP = 8
"""Texts from which the file is read; fewer are encoded in less time."""
Known = dict[str, Vectors]


class PhraseVectors:
    """Encodes texts that were not encoded before; remembers the rest on disk."""

    def __init__(self, encoder: Encoder, store: Store, told: Told) -> None:
        """`told` hears how far the encoding has come."""
        self._encoder = encoder
        self._store = store
        self._told = told

    def of(self, texts: list[str]) -> Vectors:
        """Texts × width. Kept in half precision, so that a fresh vector and a remembered one are the same."""
        wanted = {hashlib.sha256(text.encode()).digest()[:16].hex(): text for text in texts}
        found = self._encoded(wanted) if len(wanted) < WORTH_LOOKING_UP else self._look_up(wanted)
        keys = dict(zip(wanted.values(), wanted, strict=True))
        return np.stack([found[keys[text]] for text in texts]).astype(np.float32)

    def _look_up(self, wanted: dict[str, str]) -> Known:
        name = f"vectors-{self._encoder.id}"
        kept = self._store.load(name) or {}
        keys, rows = kept.get("keys"), kept.get("rows")
        known: Known = dict(zip(keys.tolist(), rows, strict=True)) if keys is not None and rows is not None else {}
        fresh = [key for key in wanted if key not in known]
        if fresh:
            known |= self._encoded({key: wanted[key] for key in fresh})
        if len(fresh) >= WORTH_KEEPING or not kept:
            self._store.save(name, {"keys": np.array(list(known)), "rows": np.stack(list(known.values()))})
        return {key: known[key] for key in wanted}

    def _encoded(self, texts: dict[str, str]) -> Known:
        encoded = self._encoder.encode_all(list(texts.values()), self._told).astype(np.float16)
        return dict(zip(texts, encoded, strict=True))
