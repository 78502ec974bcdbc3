"""Packs a trained pair model for shipping: int8 with a scale a row for matrices, float16 for the rest.

python benchmarks/training/export.py pairs.pt msgcheck/matching/pair_model.npz
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import torch

LEFT_OUT = ("encoder.embeddings.word_embeddings", "encoder.pooler", "encoder.embeddings.position_ids", "nli.")


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


def main() -> None:
    source, target = map(Path, sys.argv[1:3])
    arrays = packed(torch.load(source, weights_only=True, map_location="cpu"))
    with target.open("wb") as stream:
        np.savez_compressed(stream, **arrays)
    print(target, target.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
