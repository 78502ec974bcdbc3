"""Makes of a trained pair model what is shipped: the tensors of its graph in integers, whose ranges are taken over
labelled pairs, and its heads as float16; and of what is shipped a checkpoint to begin with.

python benchmarks/training/export.py pairs.pt msgcheck/matching/pair_model.npz --pairs /tmp/judge/pairs.json
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from cross_encoder import mean

from msgcheck.language import bert_onnx
from msgcheck.language.encoder import BUNDLED_SHA256, bundled_folder
from msgcheck.language.weights import read_weights
from msgcheck.matching.pair_model import HEADS, LONGEST, TOKEN_HEAD

SEEN = 400  # pairs over which ranges are taken


def made(state: dict[str, torch.Tensor], pairs: Sequence[tuple[str, str]]) -> dict[str, np.ndarray]:
    """What `PairModel` takes, of a checkpoint of `cross_encoder.py` and pairs of a wording and a passage."""
    folder = bundled_folder()
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    layers = {
        name.removeprefix("encoder."): tensor.float().numpy()
        for name, tensor in state.items()
        if name.startswith("encoder.") and not name.startswith("encoder.embeddings.word_embeddings")
    }
    weights = {**read_weights(folder / "model.safetensors", BUNDLED_SHA256), **layers}
    seen = ranges(weights, config, random.Random(5).sample(pairs, min(SEEN, len(pairs))))
    tensors = dict(bert_onnx.build(weights, config, ranges=seen).tensors)
    del tensors[bert_onnx.WORDS]
    heads = {
        f"{head}.{part}": state[f"{head}.{part}"].float().numpy().astype(np.float16)
        for head in (*HEADS, TOKEN_HEAD)
        for part in ("weight", "bias")
    }
    return {**heads, **{f"graph.{name}": tensor for name, tensor in sorted(tensors.items())}}


def write(arrays: dict[str, np.ndarray], target: Path) -> None:
    with target.open("wb") as stream:
        np.savez(stream, **arrays)  # not compressed: integers of weights hardly are, and it is read with every start
    print(target, target.stat().st_size, "bytes")


def checkpoint(arrays: Mapping[str, np.ndarray]) -> dict[str, torch.Tensor]:
    """The weights of a shipped pair model as `cross_encoder.PairModel` has them: what its integers stand for. What
    is not shipped, the word embeddings and the head of the first stage, is missing.
    """
    graph = {name.removeprefix("graph."): array for name, array in arrays.items() if name.startswith("graph.")}
    found = {name: array.astype(np.float32) for name, array in arrays.items() if not name.startswith("graph.")}
    found |= {f"encoder.{name}": array for name, array in graph.items() if "LayerNorm" in name}
    for kind in ("token_type", "position"):
        found[f"encoder.embeddings.{kind}_embeddings.weight"] = graph[f"embeddings.{kind}"]
    for place in sorted(name.removesuffix(".matrix") for name in graph if name.endswith(".matrix")):
        _, index, layer = place.split(".")
        weight, bias = bert_onnx.dense_weights(graph, place)
        names = bert_onnx.LAYERS[layer]
        for name, rows, shift in zip(names, np.split(weight, len(names)), np.split(bias, len(names)), strict=True):
            found[f"encoder.encoder.layer.{index}.{name}.weight"] = rows
            found[f"encoder.encoder.layer.{index}.{name}.bias"] = shift
    return {name: torch.tensor(array) for name, array in found.items()}


def ranges(weights: dict[str, np.ndarray], config: dict, pairs: list[tuple[str, str]]) -> dict[str, np.ndarray]:
    """What `bert_onnx.build` takes as `ranges`, of what is seen with `pairs`."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(bundled_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    read = bert_onnx.read_by_layers(config)
    watched = (bert_onnx.OUTPUT, *dict.fromkeys(read.values()))
    session = bert_onnx.session(bert_onnx.build(weights, config, watched))
    most = {name: np.zeros(config["hidden_size"], np.float32) for name in watched}
    for encoded in tokenizer.encode_batch(pairs):
        both = (np.array([ids], np.int64) for ids in (encoded.ids, encoded.type_ids))
        feed = dict(zip(bert_onnx.INPUTS, both, strict=True))
        for name, value in zip(watched, session.run(list(watched), feed), strict=True):
            most[name] = np.maximum(most[name], np.abs(value).max(axis=(0, 1)))
    return {f"{name}.most": most[source] for name, source in read.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, nargs="+", help="a checkpoint; of several their mean")
    parser.add_argument("target", type=Path)
    parser.add_argument("--pairs", type=Path, required=True, help="the pairs that judge.py prepare wrote")
    args = parser.parse_args()
    pairs = [(r["statement"], r["passage"]) for r in json.loads(args.pairs.read_text(encoding="utf-8"))]
    state = mean([torch.load(one, weights_only=True, map_location="cpu") for one in args.source])
    write(made(state, pairs), args.target)


if __name__ == "__main__":
    main()
