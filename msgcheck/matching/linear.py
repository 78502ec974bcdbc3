"""A multinomial logistic regression as plain arrays, read without the library that fitted it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Linear:
    """`mean` and `scale` [features] bring a row to like units; `weights` [outputs, features] and `bias` [outputs]."""

    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]

    def scores(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """[n, features] → [n, outputs] logits; a row's are the same to the last bit whatever rows stand beside it."""
        even = (rows - self.mean) / self.scale
        out: NDArray[np.float64] = (even[:, None, :] * self.weights).sum(axis=2) + self.bias
        return out


def save(linear: Linear, target: str) -> None:
    np.savez_compressed(target, **{field.name: getattr(linear, field.name) for field in fields(linear)})


def load(resource: str) -> Linear:
    """That of a data file of this package."""
    with (
        files("msgcheck.matching").joinpath(resource).open("rb") as stream,
        np.load(stream, allow_pickle=False) as arrays,
    ):
        return Linear(*(arrays[field.name] for field in fields(Linear)))
