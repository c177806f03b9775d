"""Tuned weights to the ONNX file that ships: mixed with the untuned ones, packed in eight bits, multiplied as floats.

    python training/export.py WEIGHTS TOKENIZER FOLDER TUNED [TUNED …] [--share 0.6]

Weights of several tunings are averaged (model soups: Wortsman et al. 2022a). Mixing them with the untuned ones
(Wortsman et al. 2022b) keeps the encoder good at situations that the tuning never saw.
"""

import argparse
import shutil
from pathlib import Path

import onnx
import torch
from encoder import Encoder, load_encoder
from graph import Packed, Weights, build

_MATRICES = ("query", "key", "value", "attended", "widen", "narrow")


def main() -> None:
    """Mix, pack and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("tokenizer", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("tuned", type=Path, nargs="+")
    parser.add_argument("--share", type=float, default=0.6, help="of the tuned weights, from 0 to 1")
    asked = parser.parse_args()
    encoder = load_encoder(asked.weights).eval()
    plain, tuned = encoder.state_dict(), [torch.load(path, weights_only=True) for path in asked.tuned]
    mean = {name: torch.stack([one[name] for one in tuned]).mean(0) for name in plain}
    encoder.load_state_dict({name: torch.lerp(plain[name], mean[name], asked.share) for name in plain})
    asked.folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(asked.tokenizer, asked.folder / "tokenizer.json")
    onnx.save(build(packed(encoder)), asked.folder / "model.onnx")


def packed(encoder: Encoder) -> Weights:
    """An encoder's weights as the graph holds them."""
    held = {name.removeprefix("layers."): tensor.numpy() for name, tensor in encoder.state_dict().items()}
    names = [f"{layer}.{part}" for layer in range(len(encoder.layers)) for part in _MATRICES]
    matrices = {name: Packed.columns(held.pop(f"{name}.weight").T) for name in names}
    places = held.pop("positions.weight") + held.pop("kinds.weight")[0]
    return Weights(Packed.table(held.pop("words.weight")), places, matrices, held)


if __name__ == "__main__":
    main()
