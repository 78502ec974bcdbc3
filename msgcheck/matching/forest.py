"""Boosted decision trees as plain arrays: small, deterministic, read without the library that grew them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ROWS_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Forest:
    """`roots[t, k]` is the first node of tree t for output k; a node with `left` < 0 is a leaf that adds its `value`.

    A node sends a row left where `row[feature] <= threshold`. All arrays are as long as there are nodes.
    """

    base: NDArray[np.float64]  # [outputs]
    roots: NDArray[np.int32]  # [trees, outputs]
    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]

    def scores(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """[n, features] → [n, outputs], the sums of the leaves (logits)."""
        out = np.tile(self.base, (len(rows), 1))
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            part = rows[start : start + _ROWS_AT_ONCE]
            for leaves in self._leaves(part):  # tree by tree: the order of a sum is part of its value
                out[start : start + len(part)] += leaves.T
        return out

    def _leaves(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """[trees, outputs, n]: the value of the leaf in which each row ends; all trees go down together."""
        index = np.arange(len(rows))
        node = np.repeat(self.roots.reshape(-1, 1), len(rows), axis=1)
        for _ in range(32):  # deeper than any tree that is grown
            left = self.left[node]
            inner = left >= 0
            if not inner.any():
                break
            goes_left = rows[index, self.feature[node]] <= self.threshold[node]
            node = np.where(inner, np.where(goes_left, left, self.right[node]), node)
        leaves: NDArray[np.float32] = self.value[node].reshape(*self.roots.shape, len(rows))
        return leaves


_FIELDS = ("base", "roots", "feature", "threshold", "left", "right", "value")


def save(forests: dict[str, Forest], target: str) -> None:
    np.savez_compressed(
        target, **{f"{name}.{field}": getattr(forest, field) for name, forest in forests.items() for field in _FIELDS}
    )


def load(resource: str) -> dict[str, Forest]:
    """The forests of a data file of this package."""
    with (
        files("msgcheck.matching").joinpath(resource).open("rb") as stream,
        np.load(stream, allow_pickle=False) as arrays,
    ):
        names = dict.fromkeys(key.rpartition(".")[0] for key in arrays.files)
        return {name: Forest(*(arrays[f"{name}.{field}"] for field in _FIELDS)) for name in names}
