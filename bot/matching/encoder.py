"""Sentences to vectors: a small transformer on onnxruntime, from files that travel with the package."""

import hashlib
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

Vectors = NDArray[np.float32]
Told = Callable[[int, int], None]
"""Told how many of how many are done."""
MAX_TOKENS = 96
MOST_THREADS = 8
BATCH = 32
"""Texts of like length that are encoded at once, in two thirds of the time."""
SHIPPED = Path(__file__).parent / "model"


def unheard(_done: int, _total: int) -> None:
    """Tell nobody."""


class EncoderError(Exception):
    """The encoder's files cannot be used; its text says which and why."""


class Encoder:
    """An ONNX sentence encoder with its tokenizer. Safe to share between threads."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        """Load `model.onnx` and `tokenizer.json` from a folder. Raises EncoderError when they cannot be used."""
        model, tokenizer = folder / "model.onnx", folder / "tokenizer.json"
        try:
            self.id = _digest(model, tokenizer)
            self._tokenizer = Tokenizer.from_file(str(tokenizer))
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1
            options.log_severity_level = 3
            # Weights of eight bits become floats once, here: integer products differ between processors.
            options.add_session_config_entry("session.disable_quant_qdq", "1")
            self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # noqa: BLE001 - tokenizers raises bare Exception, onnxruntime classes of its own
            raise EncoderError(f"The encoder in {folder} cannot be loaded ({type(error).__name__}).") from None
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()
        self._inputs = {found.name for found in self._session.get_inputs()}
        pooled = len(self._session.get_outputs()[0].shape) == 2  # noqa: PLR2004 - texts × width
        self._batch = BATCH if pooled and "attention_mask" in self._inputs else 1
        self.width = self.encode("a").shape[0]

    def encode(self, text: str) -> Vectors:
        """One text to one unit vector."""
        return cast("Vectors", self._run([self._tokenizer.encode(text).ids])[0])

    def encode_all(self, texts: list[str], told: Told = unheard) -> Vectors:
        """Texts × width, on as many cores as there are; `told` may raise to end it.

        Neighbours in a batch differ from a text alone in the seventh digit.
        """
        found = np.zeros((len(texts), self.width), dtype=np.float32)
        told(0, len(texts))
        read = [one.ids for one in self._tokenizer.encode_batch(texts)]
        order = sorted(range(len(read)), key=lambda number: len(read[number]))
        parts = [order[at : at + self._batch] for at in range(0, len(order), self._batch)]
        pool = ThreadPoolExecutor(min(cores(), MOST_THREADS))
        done = 0
        try:
            encoded = pool.map(lambda part: self._run([read[at] for at in part]), parts)
            for part, vectors in zip(parts, encoded, strict=True):
                found[part] = vectors
                for _ in part:
                    done += 1
                    told(done, len(texts))
        finally:
            pool.shutdown(cancel_futures=True)
        return found

    def _run(self, read: list[list[int]]) -> Vectors:
        """Texts as numbers of tokens, some shorter than others, to unit vectors."""
        longest = max(map(len, read))
        ids, seen = np.zeros((2, len(read), longest), dtype=np.int64)
        for row, line in enumerate(read):
            ids[row, : len(line)], seen[row, : len(line)] = line, 1
        fed = {"input_ids": ids, "attention_mask": seen, "token_type_ids": np.zeros_like(ids)}
        found = np.asarray(self._session.run(None, {name: fed[name] for name in self._inputs})[0], dtype=np.float32)
        if found.ndim == 3:  # noqa: PLR2004 - texts × tokens × width, of a model that does not pool
            found = found.mean(axis=1)
        return cast("Vectors", found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9))


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _digest(*files: Path) -> str:
    digest = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    return digest.hexdigest()[:16]
