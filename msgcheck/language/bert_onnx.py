"""A BERT encoder as an ONNX graph, made from its weights alone: neither torch nor transformers is needed.

The graph is the encoder of "BERT: Pre-training of Deep Bidirectional Transformers" (https://arxiv.org/abs/1810.04805)
as `transformers.BertModel` computes it. It holds no attention mask: a batch is of texts with the same number of
tokens, so that nothing is padded, and a text's result does not depend on the texts beside it.

Where the ranges of what the linear layers read are known, these are computed in integers of 8 bits, which takes a third
of the time. The steps are fixed, not taken over a batch, so that here too a text's result depends on nothing else.

The graphs of the bundled model's shape do not depend on the weights and lie beside this module, as `minilm.onnx` and
`minilm_integers.onnx`: to run them, nothing has to be made, and the onnx package is not needed. `python -m
msgcheck.language.bert_onnx` draws them anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from msgcheck.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from onnxruntime import InferenceSession

INPUTS = ("input_ids", "token_type_ids")
OUTPUT = "last_hidden_state"
WORDS = "embeddings.word"                # the tensor of the word embeddings

_READY = "minilm.onnx"
_READY_INTEGERS = "minilm_integers.onnx"
_SHAPE = {
    "vocab_size": 30522, "max_position_embeddings": 512, "type_vocab_size": 2, "hidden_size": 384,
    "num_hidden_layers": 6, "num_attention_heads": 12, "intermediate_size": 1536, "layer_norm_eps": 1e-12,
}
"""Of the ready graph: what a graph depends on beside the architecture."""

LAYERS = {
    "joint": ("attention.self.query", "attention.self.key", "attention.self.value"),
    "attended": ("attention.output.dense",),
    "wide": ("intermediate.dense",),
    "narrow": ("output.dense",),
}
"""The linear layers that each product of a layer of the graph is made of, by its name there."""

_OPSET = 20                              # the first with Gelu
_IR = 10                                 # readable by ONNX Runtime 1.20 and later
_MIGRATED = 0.7                          # share of a channel's range that the matrix takes on; 0.6 to 0.8 are alike
_LIFT = 0.17                             # GELU is nowhere below -0.16998
_LARGEST = 63                            # of a matrix: 7 bits, so that sums of two products fit 16 bits (AVX2)
_INLINE = 64                             # larger tensors are handed to the session, not written into the graph


@dataclass(frozen=True, slots=True)
class Graph:
    """A serialised ONNX model whose large tensors are kept beside it, by name, so that they are not copied."""

    model: bytes
    tensors: Mapping[str, np.ndarray]


@dataclass(slots=True)
class _Builder:
    weights: Mapping[str, np.ndarray]
    eps: float
    heads: int
    hidden: int
    draws: bool                          # whether the nodes are wanted, too, or the tensors alone
    nodes: list[Any] = field(default_factory=list)
    tensors: dict[str, np.ndarray] = field(default_factory=dict)
    ranges: Mapping[str, np.ndarray] = field(default_factory=dict)

    def tensor(self, name: str, value: np.ndarray) -> str:
        self.tensors[name] = value if value.flags.c_contiguous else value.copy()
        return name

    def weight(self, name: str) -> np.ndarray:
        import numpy as np

        if name not in self.weights:
            raise ModelError(f"The weights are not a BERT encoder's: {name} is missing.")
        return self.weights[name].astype(np.float32, copy=False)

    def node(self, op: str, inputs: Sequence[str], output: str, **attributes: Any) -> str:
        if self.draws:
            from onnx import helper

            self.nodes.append(helper.make_node(op, inputs, [output], **attributes))
        return output

    def norm(self, value: str, name: str, output: str) -> str:
        scale = self.tensor(f"{name}.weight", self.weight(f"{name}.weight"))
        shift = self.tensor(f"{name}.bias", self.weight(f"{name}.bias"))
        return self.node("LayerNormalization", [value, scale, shift], output, axis=-1, epsilon=self.eps)

    def dense(self, value: str, names: Sequence[str], output: str) -> str:
        """Linear layers side by side: `value @ [W1ᵀ W2ᵀ …] + [b1 b2 …]`."""
        import numpy as np

        matrix = np.concatenate([self.weight(f"{name}.weight").T for name in names], axis=1)
        shift = np.concatenate([self.weight(f"{name}.bias") for name in names])
        if self.ranges:
            return self.dense_of_integers(value, matrix, shift, output)
        product = self.node("MatMul", [value, self.tensor(f"{output}.matrix", matrix)], f"{output}.product")
        return self.node("Add", [product, self.tensor(f"{output}.shift", shift)], output)

    def dense_of_integers(self, value: str, matrix: np.ndarray, shift: np.ndarray, output: str) -> str:
        """The same in integers, with a step a column of `matrix` and fixed steps for `value`.

        Its channels are first brought to like ranges, and the matrix to unlike ones, by what SmoothQuant
        (https://arxiv.org/abs/2211.10438) calls migration. What GELU gives has no such ranges: it is lifted above zero
        and has a step a token.
        """
        import numpy as np

        one, none = self.tensor("one", np.array(1, np.float32)), self.tensor("none", np.array(0, np.int8))
        most = None
        if f"{output}.most" in self.ranges:
            ranges = np.maximum(self.ranges[f"{output}.most"].astype(np.float32), 1e-4)
            even = ranges**_MIGRATED / np.maximum(np.abs(matrix).max(axis=1), 1e-5) ** (1 - _MIGRATED)
            steps = even * ((ranges / even).max() / 127)
            matrix = matrix * steps[:, None]
            value = self.node("Mul", [value, self.tensor(f"{output}.turn", 1 / steps)], f"{output}.even")
            zero = self.tensor("middle", np.array(128, np.uint8))
        else:
            shift = shift - np.float32(_LIFT) * matrix.sum(axis=0)
            value = self.node("Add", [value, self.tensor("lift", np.array(_LIFT, np.float32))], f"{output}.lifted")
            last = self.tensor("last", np.array([-1], np.int64))
            most = self.node("ReduceMax", [value, last], f"{output}.most", keepdims=1)
            full = self.node("Div", [self.tensor("full", np.array(255, np.float32)), most], f"{output}.full")
            value = self.node("Mul", [value, full], f"{output}.even")
            matrix = matrix / np.float32(255)
            zero = self.tensor("least", np.array(0, np.uint8))
        columns = np.maximum(np.abs(matrix).max(axis=0), 1e-12) / _LARGEST
        inputs = [
            self.node("QuantizeLinear", [value, one, zero], f"{output}.integers"),
            self.tensor(f"{output}.matrix", np.rint(matrix / columns).astype(np.int8)),
            one, self.tensor(f"{output}.columns", columns), zero, none,
        ]
        added = self.tensor(f"{output}.shift", shift)
        if most is None:
            return self.node("MatMulIntegerToFloat", [*inputs, added], output, domain="com.microsoft")
        product = self.node("MatMulIntegerToFloat", inputs, f"{output}.product", domain="com.microsoft")
        turned = self.node("Mul", [product, most], f"{output}.turned")
        return self.node("Add", [turned, added], output)


def build(
    weights: Mapping[str, np.ndarray], config: Mapping[str, Any], outputs: Sequence[str] = (OUTPUT,),
    draw: bool = False, ranges: Mapping[str, np.ndarray] | None = None,
) -> Graph:
    """The encoder of `weights` (names as in `transformers.BertModel`, with or without a leading `bert.`).

    Inputs: `input_ids` and `token_type_ids`, int64 [batch, tokens]. Output: `last_hidden_state`, float32 [batch,
    tokens, hidden]; pooling and classification are a few lines of numpy for the caller. Further `outputs` are names of
    inner values, `layer.0.output` … `layer.{n-1}.output` and those of `read_by_layers`. With `ranges` linear layers are
    computed in integers: the greatest absolute value of each channel, as `NAME.most`, for each name in
    `read_by_layers`. Raises ModelError for any other architecture.
    """
    if config.get("model_type") != "bert" or config.get("hidden_act", "gelu") != "gelu":
        raise ModelError("Only BERT encoders with the gelu activation can be built.")
    if config.get("position_embedding_type", "absolute") != "absolute":
        raise ModelError("Only BERT encoders with absolute positions can be built.")
    bare = {name.removeprefix("bert."): value for name, value in weights.items()}
    heads, hidden = int(config["num_attention_heads"]), int(config["hidden_size"])
    ready = None if draw or tuple(outputs) != (OUTPUT,) else _ready(config, bool(ranges))
    make = _Builder(bare, float(config["layer_norm_eps"]), heads, hidden, ready is None, ranges=ranges or {})
    value = _embeddings(make)
    for index in range(int(config["num_hidden_layers"])):
        value = _layer(make, value, index)
    make.node("Identity", [value], OUTPUT)
    beside = {name: array for name, array in make.tensors.items() if array.size > _INLINE}
    return Graph(ready or _drawn(make, outputs), beside)


def over(tensors: Mapping[str, np.ndarray]) -> Graph:
    """The graph in integers of the bundled model's shape over `tensors`, those of one that was built."""
    return Graph(files("msgcheck.language").joinpath(_READY_INTEGERS).read_bytes(), tensors)


def read_by_layers(config: Mapping[str, Any]) -> dict[str, str]:
    """The inner value that each linear layer reads, by the name of what the layer makes of it; those behind a GELU are
    left out.
    """
    read: dict[str, str] = {}
    before = "embeddings.output"
    for index in range(int(config["num_hidden_layers"])):
        at = f"layer.{index}"
        read |= {f"{at}.joint": before, f"{at}.attended": f"{at}.context", f"{at}.wide": f"{at}.middle"}
        before = f"{at}.output"
    return read


def dense_weights(tensors: Mapping[str, np.ndarray], output: str) -> tuple[np.ndarray, np.ndarray]:
    """The weight [out, in] and bias [out] that a layer in integers stands for, as `dense_of_integers` made it."""
    import numpy as np

    matrix = tensors[f"{output}.matrix"].astype(np.float32) * tensors[f"{output}.columns"]
    shift = tensors[f"{output}.shift"]
    if f"{output}.turn" in tensors:
        return (matrix * tensors[f"{output}.turn"][:, None]).T.copy(), shift
    matrix = matrix * np.float32(255)
    return matrix.T.copy(), shift + np.float32(_LIFT) * matrix.sum(axis=0)


def _ready(config: Mapping[str, Any], of_integers: bool) -> bytes | None:
    """The graph that lies beside this module, if it is of this shape."""
    if {name: config.get(name) for name in _SHAPE} != _SHAPE:
        return None
    return files("msgcheck.language").joinpath(_READY_INTEGERS if of_integers else _READY).read_bytes()


def _drawn(make: _Builder, outputs: Sequence[str]) -> bytes:
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper

    tensors = []
    for name, array in make.tensors.items():
        if array.size <= _INLINE:
            tensors.append(numpy_helper.from_array(array, name))
            continue
        proto = TensorProto(
            name=name, data_type=helper.np_dtype_to_tensor_dtype(np.dtype(array.dtype)), dims=array.shape,
            data_location=TensorProto.EXTERNAL,
        )
        proto.external_data.add(key="location", value="weights")
        tensors.append(proto)
    graph = helper.make_graph(
        make.nodes, "bert",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"]) for name in INPUTS],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", "tokens", make.hidden]) for name in outputs],
        tensors,
    )
    sets = [helper.make_opsetid("", _OPSET), helper.make_opsetid("com.microsoft", 1)][: 1 + bool(make.ranges)]
    model = helper.make_model(graph, opset_imports=sets, ir_version=_IR)
    return bytes(model.SerializeToString(deterministic=True))


def _embeddings(make: _Builder) -> str:
    import numpy as np

    tables = {
        kind: make.tensor(f"embeddings.{kind}", make.weight(f"embeddings.{kind}_embeddings.weight"))
        for kind in ("word", "token_type", "position")
    }
    make.node("Gather", [tables["word"], "input_ids"], "words")
    make.node("Gather", [tables["token_type"], "token_type_ids"], "types")
    make.node("Shape", ["input_ids"], "length", start=1, end=2)
    make.node("Slice", [tables["position"], make.tensor("zero", np.array([0], np.int64)), "length"], "positions")
    make.node("Add", ["words", "types"], "words.types")
    make.node("Add", ["words.types", "positions"], "embedded")
    return make.norm("embedded", "embeddings.LayerNorm", "embeddings.output")


def _layer(make: _Builder, value: str, index: int) -> str:
    import numpy as np

    name, at = f"encoder.layer.{index}", f"layer.{index}"
    size = make.hidden // make.heads
    make.tensor("split", np.array([0, 0, 3, make.heads, size], np.int64))
    make.tensor("merge", np.array([0, 0, make.hidden], np.int64))
    make.tensor("scale", np.array(size**-0.5, np.float32))

    def dense(read: str, product: str) -> str:
        return make.dense(read, [f"{name}.{layer}" for layer in LAYERS[product]], f"{at}.{product}")

    joint = dense(value, "joint")
    make.node("Reshape", [joint, "split"], f"{at}.split")
    make.node("Transpose", [f"{at}.split"], f"{at}.heads", perm=[2, 0, 3, 1, 4])     # 3, batch, heads, tokens, size
    for number, part in enumerate(("query", "key", "value")):
        make.tensor(f"pick.{number}", np.array(number, np.int64))
        make.node("Gather", [f"{at}.heads", f"pick.{number}"], f"{at}.{part}", axis=0)
    make.node("Transpose", [f"{at}.key"], f"{at}.turned", perm=[0, 1, 3, 2])
    make.node("Mul", [f"{at}.query", "scale"], f"{at}.scaled")
    make.node("MatMul", [f"{at}.scaled", f"{at}.turned"], f"{at}.scores")
    make.node("Softmax", [f"{at}.scores"], f"{at}.attention", axis=-1)
    make.node("MatMul", [f"{at}.attention", f"{at}.value"], f"{at}.seen")
    make.node("Transpose", [f"{at}.seen"], f"{at}.back", perm=[0, 2, 1, 3])
    make.node("Reshape", [f"{at}.back", "merge"], f"{at}.context")
    attended = dense(f"{at}.context", "attended")
    make.node("Add", [attended, value], f"{at}.residual")
    middle = make.norm(f"{at}.residual", f"{name}.attention.output.LayerNorm", f"{at}.middle")
    wide = dense(middle, "wide")
    make.node("Gelu", [wide], f"{at}.active")
    narrow = dense(f"{at}.active", "narrow")
    make.node("Add", [narrow, middle], f"{at}.sum")
    return make.norm(f"{at}.sum", f"{name}.output.LayerNorm", f"{at}.output")


def session(graph: Graph, threads: int = 1) -> InferenceSession:
    """A session on the CPU. One thread is the default, since the documents of a run are shared out over processes."""
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_external_initializers(
        list(graph.tensors), [ort.OrtValue.ortvalue_from_numpy(array) for array in graph.tensors.values()]
    )
    return ort.InferenceSession(graph.model, options, providers=["CPUExecutionProvider"])


def _write() -> None:
    """Draw the graphs of the bundled model anew and put them beside this module."""
    import json
    from pathlib import Path

    import numpy as np

    from msgcheck.language.encoder import BUNDLED_SHA256, bundled_folder
    from msgcheck.language.weights import read_weights

    folder = bundled_folder()
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    weights = read_weights(folder / "model.safetensors", BUNDLED_SHA256)
    some = {f"{name}.most": np.ones(config["hidden_size"], np.float32) for name in read_by_layers(config)}
    for file, ranges in ((_READY, None), (_READY_INTEGERS, some)):
        graph = build(weights, config, draw=True, ranges=ranges)
        Path(__file__).with_name(file).write_bytes(graph.model)


if __name__ == "__main__":
    _write()
