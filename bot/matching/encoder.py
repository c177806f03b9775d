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
            self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # noqa: BLE001 - tokenizers raises bare Exception, onnxruntime classes of its own
            raise EncoderError(f"The encoder in {folder} cannot be loaded ({type(error).__name__}).") from None
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()
        self._inputs = {found.name for found in self._session.get_inputs()}
        self.width = self.encode("a").shape[0]

    def encode(self, text: str) -> Vectors:
        """One text to one unit vector.

        Texts are never batched: an int8 model scales its numbers by the whole batch, so that a neighbour would change
        the answer.
        """
        read = self._tokenizer.encode(text)
        ids = np.array([read.ids], dtype=np.int64)
        fed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        found = self._session.run(None, {name: fed[name] for name in self._inputs})[0]
        vector = np.asarray(found[0], dtype=np.float32)
        if vector.ndim == 2:  # noqa: PLR2004 - tokens × width, of a model that does not pool
            vector = vector.mean(axis=0)
        return cast("Vectors", vector / max(float(np.linalg.norm(vector)), 1e-9))

    def encode_all(self, texts: list[str], told: Told = unheard) -> Vectors:
        """Texts × width, each as `encode` gives it, on as many cores as there are; `told` may raise to end it."""
        found = np.zeros((len(texts), self.width), dtype=np.float32)
        told(0, len(texts))
        pool = ThreadPoolExecutor(min(cores(), MOST_THREADS))
        try:
            for number, vector in enumerate(pool.map(self.encode, texts)):
                found[number] = vector
                told(number + 1, len(texts))
        finally:
            pool.shutdown(cancel_futures=True)
        return found


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
