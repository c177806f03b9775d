"""Tuned weights to the ONNX file that ships: mixed with the untuned ones, folded, int8 per channel.

    python training/export.py WEIGHTS TOKENIZER FOLDER TUNED [TUNED …] [--share 0.6]

Weights of several tunings are averaged (model soups: Wortsman et al. 2022a). Mixing them with the untuned ones
(Wortsman et al. 2022b) keeps the encoder good at situations that the tuning never saw.
"""

import argparse
import shutil
import tempfile
from pathlib import Path

import torch
from encoder import TwoLayers, load_encoder
from onnxruntime.quantization import QuantType, quantize_dynamic


def main() -> None:
    """Mix, export and quantise."""
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
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        ids = torch.ones((1, 7), dtype=torch.int64)
        axes = {"input_ids": {0: "texts", 1: "tokens"}, "attention_mask": {0: "texts", 1: "tokens"}}
        names = ["input_ids", "attention_mask"]
        torch.onnx.export(
            TwoLayers(encoder),
            (ids, ids),
            full,
            input_names=names,
            output_names=["vector"],
            dynamic_axes=axes,
            dynamo=False,
        )
        quantize_dynamic(full, asked.folder / "model.onnx", per_channel=True, weight_type=QuantType.QInt8)


if __name__ == "__main__":
    main()
