"""Packs a trained pair model for shipping: int8 with a scale a row for matrices, float16 for the rest, and the ranges
of what its layers read, taken over labelled pairs.

python benchmarks/training/export.py pairs.pt msgcheck/matching/pair_model.npz --pairs /tmp/judge/pairs.json
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import numpy as np
import torch

from msgcheck.language import bert_onnx
from msgcheck.language.encoder import BUNDLED_SHA256, bundled_folder
from msgcheck.language.weights import read_weights
from msgcheck.matching.pair_model import unpacked

LEFT_OUT = ("encoder.embeddings.word_embeddings", "encoder.pooler", "encoder.embeddings.position_ids", "nli.")
SEEN = 400  # pairs over which ranges are taken


def packed(state: dict[str, torch.Tensor]) -> dict[str, np.ndarray]:
    out: dict[str, np.ndarray] = {}
    for name, tensor in sorted(state.items()):
        if name.startswith(LEFT_OUT):
            continue
        array = tensor.float().numpy()
        if array.ndim == 2 and array.size > 10_000:
            scale = (np.abs(array).max(axis=1, keepdims=True) / 127).astype(np.float16)
            out[name] = np.clip(np.rint(array / scale.astype(np.float32)), -127, 127).astype(np.int8)
            out[f"{name}.scale"] = scale
        else:
            out[name] = array.astype(np.float16)
    return out


def ranges(weights: dict[str, np.ndarray], pairs: list[tuple[str, str]]) -> dict[str, np.ndarray]:
    """What `bert_onnx.build` takes as `ranges`, of what is seen with `pairs`."""
    from tokenizers import Tokenizer

    folder = bundled_folder()
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(128)
    read = bert_onnx.read_by_layers(config)
    watched = (bert_onnx.OUTPUT, *dict.fromkeys(read.values()))
    base = read_weights(folder / "model.safetensors", BUNDLED_SHA256)
    layers = {name.removeprefix("encoder."): array for name, array in weights.items() if name.startswith("encoder.")}
    session = bert_onnx.session(bert_onnx.build({**base, **layers}, config, watched))
    most = {name: np.zeros(config["hidden_size"], np.float32) for name in watched}
    for encoded in tokenizer.encode_batch(pairs):
        both = (np.array([ids], np.int64) for ids in (encoded.ids, encoded.type_ids))
        feed = dict(zip(bert_onnx.INPUTS, both, strict=True))
        for name, value in zip(watched, session.run(list(watched), feed), strict=True):
            most[name] = np.maximum(most[name], np.abs(value).max(axis=(0, 1)))
    return {f"ranges.{name}.most": most[source].astype(np.float16) for name, source in read.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--pairs", type=Path, required=True, help="the pairs that judge.py prepare wrote")
    args = parser.parse_args()
    arrays = packed(torch.load(args.source, weights_only=True, map_location="cpu"))
    rows = json.loads(args.pairs.read_text(encoding="utf-8"))
    seen = [(row["statement"], row["passage"]) for row in random.Random(5).sample(rows, SEEN)]
    arrays |= ranges(unpacked(arrays), seen)
    with args.target.open("wb") as stream:
        np.savez_compressed(stream, **arrays)
    print(args.target, args.target.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
