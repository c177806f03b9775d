"""MiniLM as a torch module, small enough to read: BERT's six layers, mean pooling, unit length."""

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

LAYERS, HEADS, WIDTH = 6, 12, 384
MIDDLE, MIDDLE_WEIGHT = 3, 1.0
"""The layer, counted from 0, that is read beside the last one, and how much it weighs."""


class Layer(nn.Module):
    """One transformer layer, normalised after each part as BERT does it."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.attended, self.attended_norm = nn.Linear(WIDTH, WIDTH), nn.LayerNorm(WIDTH, eps=1e-12)
        self.widen, self.narrow = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """Batch × tokens × width in and out; `mask` is added to the attention scores."""
        batch, length, _ = states.shape

        def heads(projected: Tensor) -> Tensor:
            return projected.view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        query, key, value = heads(self.query(states)), heads(self.key(states)), heads(self.value(states))
        scores = query @ key.transpose(2, 3) / (WIDTH // HEADS) ** 0.5 + mask
        mixed = (scores.softmax(-1) @ value).transpose(1, 2).reshape(batch, length, WIDTH)
        states = self.attended_norm(states + self.attended(mixed))
        return self.norm(states + self.narrow(functional.gelu(self.widen(states))))


class Encoder(nn.Module):
    """Token ids and their mask to one unit vector of 384 numbers a text."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.kinds = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Two batch × tokens tensors of whole numbers to batch × 384: the last layer's mean."""
        return self.read(input_ids, attention_mask)[-1]

    def read(self, input_ids: Tensor, attention_mask: Tensor) -> list[Tensor]:
        """The same, after every layer."""
        places = torch.arange(input_ids.shape[1], device=input_ids.device)
        kinds = torch.zeros_like(input_ids)
        states = self.norm(self.words(input_ids) + self.positions(places) + self.kinds(kinds))
        seen = attention_mask.to(states.dtype)
        mask = (1.0 - seen)[:, None, None, :] * -10000.0
        found = []
        for layer in self.layers:
            states = layer(states, mask)
            summed = (states * seen[:, :, None]).sum(1) / seen.sum(1, keepdim=True).clamp(min=1.0)
            found.append(functional.normalize(summed, dim=1))
        return found


class TwoLayers(nn.Module):
    """The encoder as it ships: what its last layer makes of a text, and beside it what a middle one does."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Two batch × tokens tensors of whole numbers to batch × 768."""
        read = self.encoder.read(input_ids, attention_mask)
        return torch.cat([read[-1], MIDDLE_WEIGHT * read[MIDDLE]], dim=1)


_NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "attended": "attention.output.dense",
    "attended_norm": "attention.output.LayerNorm",
    "widen": "intermediate.dense",
    "narrow": "output.dense",
    "norm": "output.LayerNorm",
}
_TOP = {
    "words": "embeddings.word_embeddings",
    "positions": "embeddings.position_embeddings",
    "kinds": "embeddings.token_type_embeddings",
    "norm": "embeddings.LayerNorm",
}


def load_encoder(weights: Path) -> Encoder:
    """The encoder with the weights of a safetensors file of all-MiniLM-L6-v2."""
    stored = load_file(weights)
    encoder = Encoder()
    found = {}
    for name in encoder.state_dict():
        parts = name.split(".")
        if parts[0] == "layers":
            found[name] = stored[f"encoder.layer.{parts[1]}.{_NAMES[parts[2]]}.{parts[3]}"]
        else:
            found[name] = stored[f"{_TOP[parts[0]]}.{parts[1]}"]
    encoder.load_state_dict(found)
    return encoder
