"""The encoder as an ONNX graph: weights of eight bits in the file, multiplied as 32-bit floats on every processor.

Integer products differ between processors (without VNNI they saturate), floats only in the seventh digit. The runtime
turns the weights into floats once, when it loads them; of the word embeddings, which are half of all, only the rows
that a text needs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

LAYERS, HEADS, WIDTH = 6, 12, 384
READ = (5, 3)
"""The layers, counted from 0, whose mean over the tokens is read."""
MAX_TOKENS = 128
FUSED = "com.microsoft"
Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Packed:
    """Numbers in eight bits: (values - zero) × scale; a matrix has one scale for each of its columns."""

    values: Array
    scale: Array
    zero: Array | None = None

    @classmethod
    def columns(cls, matrix: Array) -> "Packed":
        """A matrix (in × out) packed column by column, about zero."""
        scale = np.abs(matrix).max(axis=0) / 127
        return cls(np.round(matrix / scale).astype(np.int8), scale.astype(np.float32))

    @classmethod
    def table(cls, rows: Array) -> "Packed":
        """A table packed as a whole."""
        low, high = min(float(rows.min()), 0.0), max(float(rows.max()), 0.0)
        scale = np.float32((high - low) / 255)
        zero = np.uint8(round(-low / scale))
        values = np.clip(np.round(rows / scale) + zero, 0, 255).astype(np.uint8)
        return cls(values, np.array(scale), np.array(zero))

    def beside(self, other: "Packed") -> "Packed":
        """Two matrices side by side."""
        values = np.concatenate([self.values, other.values], axis=1)
        return Packed(values, np.concatenate([self.scale, other.scale]))

    def floats(self) -> Array:
        """The numbers as 32-bit floats."""
        zero = np.float32(0 if self.zero is None else self.zero)
        found: Array = (self.values.astype(np.float32) - zero) * self.scale
        return found


@dataclass(frozen=True, slots=True)
class Weights:
    """`matrices` by layer and part, as “0.query”; `plain` biases and norms likewise; `words` and summed `places`."""

    words: Packed
    places: Array
    matrices: Mapping[str, Packed]
    plain: Mapping[str, Array]


@dataclass(slots=True)
class Graph:
    """A graph under construction."""

    nodes: list[Any] = field(default_factory=list)
    held: list[Any] = field(default_factory=list)

    def hold(self, name: str, array: Array) -> str:
        """Numbers that travel in the file."""
        self.held.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def add(self, op: str, inputs: list[str], out: str, **more: Any) -> str:
        """One operation with one output."""
        self.nodes.append(helper.make_node(op, inputs, [out], **more))
        return out

    def matrix(self, name: str, packed: Packed) -> str:
        """A packed matrix as floats."""
        inputs = [self.hold(f"{name}.values", packed.values), self.hold(f"{name}.scale", packed.scale)]
        return self.add("DequantizeLinear", inputs, name, axis=1)


def build(weights: Weights) -> onnx.ModelProto:
    """The model: `input_ids` and `attention_mask` (texts × tokens) to `vector` (texts × 768)."""
    graph = Graph()
    states = _embedded(graph, weights)
    seen = graph.add("Cast", ["attention_mask"], "seen", to=TensorProto.INT32)
    counted = graph.add("Cast", ["attention_mask"], "counted", to=TensorProto.FLOAT)
    graph.hold("one", np.array([1]))
    spread = graph.add("Unsqueeze", [counted, graph.hold("last", np.array([-1]))], "spread")
    tokens = graph.add("ReduceSum", [counted, "one"], "tokens")
    read = {}
    for layer in range(LAYERS):
        states = _layer(graph, weights, str(layer), states, seen)
        if layer in READ:
            kept = graph.add("Mul", [states, spread], f"{layer}.kept")
            summed = graph.add("ReduceSum", [kept, "one"], f"{layer}.summed", keepdims=0)
            mean = graph.add("Div", [summed, tokens], f"{layer}.mean")
            read[layer] = graph.add("LpNormalization", [mean], f"{layer}.read", axis=1, p=2)
    graph.add("Concat", [read[layer] for layer in READ], "vector", axis=1)
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"]) for name in _INPUTS]
    output = helper.make_tensor_value_info("vector", TensorProto.FLOAT, ["texts", WIDTH * len(READ)])
    made = helper.make_graph(graph.nodes, "encoder", inputs, [output], graph.held)
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid(FUSED, 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=9)


_INPUTS = ("input_ids", "attention_mask")


def _embedded(graph: Graph, weights: Weights) -> str:
    words = weights.words
    assert words.zero is not None
    rows = graph.add("Gather", [graph.hold("words.values", words.values), "input_ids"], "words.rows")
    packed = [rows, graph.hold("words.scale", words.scale), graph.hold("words.zero", words.zero)]
    found = graph.add("DequantizeLinear", packed, "words")
    length = graph.add("Shape", ["input_ids"], "length", start=1, end=2)
    first = graph.hold("first", np.array([0]))
    places = [graph.hold("places.all", weights.places[:MAX_TOKENS]), first, length, first]
    placed = graph.add("Add", [found, graph.add("Slice", places, "places")], "placed")
    return graph.add("LayerNormalization", [placed, *_norm(graph, weights, "norm")], "start", epsilon=1e-12)


def _layer(graph: Graph, weights: Weights, layer: str, states: str, seen: str) -> str:
    def part(name: str) -> str:
        return graph.matrix(f"{layer}.{name}", weights.matrices[f"{layer}.{name}"])

    def bias(name: str) -> str:
        return graph.hold(f"{layer}.{name}.bias", weights.plain[f"{layer}.{name}.bias"])

    def joined(inner: str, outer: str, name: str, norm: str) -> str:
        norms = _norm(graph, weights, f"{layer}.{norm}")
        inputs = [inner, outer, *norms, bias(name)]
        return graph.add("SkipLayerNormalization", inputs, f"{layer}.{norm}", domain=FUSED, epsilon=1e-12)

    three = [weights.matrices[f"{layer}.{name}"] for name in ("query", "key", "value")]
    matrix = graph.matrix(f"{layer}.three", three[0].beside(three[1]).beside(three[2]))
    biases = np.concatenate([weights.plain[f"{layer}.{name}.bias"] for name in ("query", "key", "value")])
    inputs = [states, matrix, graph.hold(f"{layer}.three.bias", biases), seen]
    mixed = graph.add("Attention", inputs, f"{layer}.mixed", domain=FUSED, num_heads=HEADS)
    mixed = graph.add("MatMul", [mixed, part("attended")], f"{layer}.turned")
    states = joined(mixed, states, "attended", "attended_norm")
    wide = graph.add("MatMul", [states, part("widen")], f"{layer}.wide")
    wide = graph.add("BiasGelu", [wide, bias("widen")], f"{layer}.bent", domain=FUSED)
    narrow = graph.add("MatMul", [wide, part("narrow")], f"{layer}.narrowed")
    return joined(narrow, states, "narrow", "norm")


def _norm(graph: Graph, weights: Weights, name: str) -> list[str]:
    return [graph.hold(f"{name}.{part}", weights.plain[f"{name}.{part}"]) for part in ("weight", "bias")]
