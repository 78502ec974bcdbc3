"""A BERT encoder as an ONNX graph, made from its weights alone: neither torch nor transformers is needed.

The graph is the encoder of "BERT: Pre-training of Deep Bidirectional Transformers" (https://arxiv.org/abs/1810.04805)
as `transformers.BertModel` computes it. It holds no attention mask: a batch is of texts with the same number of
tokens, so that nothing is padded, and a text's result does not depend on the texts beside it.

The graph of the bundled model's shape does not depend on the weights and lies beside this module, as `minilm.onnx`: to
run it, nothing has to be made, and the onnx package is not needed. `python -m msgcheck.language.bert_onnx` draws it
anew.
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

_READY = "minilm.onnx"
_SHAPE = {
    "vocab_size": 30522, "max_position_embeddings": 512, "type_vocab_size": 2, "hidden_size": 384,
    "num_hidden_layers": 6, "num_attention_heads": 12, "intermediate_size": 1536, "layer_norm_eps": 1e-12,
}
"""Of the ready graph: what a graph depends on beside the architecture."""

_OPSET = 20                              # the first with Gelu
_IR = 10                                 # readable by ONNX Runtime 1.20 and later
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
        product = self.node("MatMul", [value, self.tensor(f"{output}.matrix", matrix)], f"{output}.product")
        return self.node("Add", [product, self.tensor(f"{output}.shift", shift)], output)


def build(
    weights: Mapping[str, np.ndarray], config: Mapping[str, Any], outputs: Sequence[str] = (OUTPUT,), draw: bool = False
) -> Graph:
    """The encoder of `weights` (names as in `transformers.BertModel`, with or without a leading `bert.`).

    Inputs: `input_ids` and `token_type_ids`, int64 [batch, tokens]. Output: `last_hidden_state`, float32 [batch,
    tokens, hidden]; pooling and classification are a few lines of numpy for the caller. Further `outputs` are names of
    inner values, `layer.0.output` … `layer.{n-1}.output`. Raises ModelError for any other architecture.
    """
    if config.get("model_type") != "bert" or config.get("hidden_act", "gelu") != "gelu":
        raise ModelError("Only BERT encoders with the gelu activation can be built.")
    if config.get("position_embedding_type", "absolute") != "absolute":
        raise ModelError("Only BERT encoders with absolute positions can be built.")
    bare = {name.removeprefix("bert."): value for name, value in weights.items()}
    heads, hidden = int(config["num_attention_heads"]), int(config["hidden_size"])
    ready = None if draw or tuple(outputs) != (OUTPUT,) else _ready(config)
    make = _Builder(bare, float(config["layer_norm_eps"]), heads, hidden, ready is None)
    value = _embeddings(make)
    for index in range(int(config["num_hidden_layers"])):
        value = _layer(make, value, index)
    make.node("Identity", [value], OUTPUT)
    beside = {name: array for name, array in make.tensors.items() if array.size > _INLINE}
    return Graph(ready or _drawn(make, outputs), beside)


def _ready(config: Mapping[str, Any]) -> bytes | None:
    """The graph that lies beside this module, if it is of this shape."""
    if {name: config.get(name) for name in _SHAPE} != _SHAPE:
        return None
    return files("msgcheck.language").joinpath(_READY).read_bytes()


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
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR)
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
    joint = make.dense(value, [f"{name}.attention.self.{part}" for part in ("query", "key", "value")], f"{at}.joint")
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
    attended = make.dense(f"{at}.context", [f"{name}.attention.output.dense"], f"{at}.attended")
    make.node("Add", [attended, value], f"{at}.residual")
    middle = make.norm(f"{at}.residual", f"{name}.attention.output.LayerNorm", f"{at}.middle")
    wide = make.dense(middle, [f"{name}.intermediate.dense"], f"{at}.wide")
    make.node("Gelu", [wide], f"{at}.active")
    narrow = make.dense(f"{at}.active", [f"{name}.output.dense"], f"{at}.narrow")
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
    """Draw the graph of the bundled model anew and put it beside this module."""
    import json
    from pathlib import Path

    from msgcheck.language.encoder import BUNDLED_SHA256, bundled_folder
    from msgcheck.language.weights import read_weights

    folder = bundled_folder()
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    graph = build(read_weights(folder / "model.safetensors", BUNDLED_SHA256), config, draw=True)
    Path(__file__).with_name(_READY).write_bytes(graph.model)


if __name__ == "__main__":
    _write()
