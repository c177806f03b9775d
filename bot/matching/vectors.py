"""Vectors of phrases, encoded once and kept by content and by encoder."""

import hashlib

import numpy as np

from bot.matching.encoder import Encoder, Told, Vectors
from bot.matching.store import Arrays, Store, pack, unpack

WORTH_KEEPING = 64
"""New vectors from which the file is written anew."""
WORTH_LOOKING_UP = 8
"""Texts from which files are read; fewer are encoded in less time."""
MOST = 50_000
"""Vectors that are kept, at 1.5 kB each."""
KIND = "vectors"
Known = dict[str, Vectors]


class PhraseVectors:
    """Encodes texts that were not encoded before; the rest travel with Cuecard, or are in the cache."""

    def __init__(self, encoder: Encoder, stores: tuple[Store, Store], told: Told) -> None:
        """`stores` are what travels and the cache; `told` hears how far the encoding has come."""
        self._encoder = encoder
        self._shipped, self._cache = stores
        self._told = told

    def of(self, texts: list[str]) -> Vectors:
        """Texts × width. Kept in half precision, so that a fresh vector and a remembered one are the same."""
        wanted = {hashlib.sha256(text.encode()).hexdigest()[:32]: text for text in texts}
        found = self._encoded(wanted) if len(wanted) < WORTH_LOOKING_UP else self._look_up(wanted)
        keys = dict(zip(wanted.values(), wanted, strict=True))
        return np.stack([found[keys[text]] for text in texts]).astype(np.float32)

    def dump(self, texts: list[str]) -> Arrays:
        """The vectors of some texts, as they are kept."""
        wanted = {hashlib.sha256(text.encode()).hexdigest()[:32]: text for text in texts}
        return _dump(self._look_up(wanted))

    def _look_up(self, wanted: dict[str, str]) -> Known:
        known = self._load(self._shipped)
        if wanted.keys() <= known.keys():
            return {key: known[key] for key in wanted}
        kept = self._load(self._cache)
        known |= kept
        fresh = self._encoded({key: text for key, text in wanted.items() if key not in known})
        if len(fresh) >= WORTH_KEEPING or (fresh and not kept):
            # What this library needs stays, and of the others what there is room for.
            self._cache.save(KIND, self._encoder.id, _dump(dict([*(kept | fresh).items()][-MOST:])))
        return {key: (fresh if key in fresh else known)[key] for key in wanted}

    def _load(self, store: Store) -> Known:
        held = store.load(KIND, self._encoder.id)
        if held is None or held["rows"].shape[1:] != (self._encoder.width,):
            return {}
        return dict(zip(unpack(held["keys"]), held["rows"], strict=False))

    def _encoded(self, texts: dict[str, str]) -> Known:
        if not texts:
            return {}
        encoded = self._encoder.encode_all(list(texts.values()), self._told).astype(np.float16)
        return dict(zip(texts, encoded, strict=True))


def _dump(known: Known) -> Arrays:
    return {"keys": pack(list(known)), "rows": np.stack(list(known.values()))}
