"""Does a passage say what a prohibited statement says?

The judge of pairs knows which passages are about something else, the pair model's `violates` which promise what they
must not; neither is enough. A logistic regression weighs the two and the cosine. It is fitted on labelled passages and
on distractors, passages that have nothing to do with the statement, and so is the bar
(`benchmarks/training/violations.py`).
"""

from __future__ import annotations

import math
from functools import lru_cache
from importlib.resources import files

import numpy as np

FEATURES = ("log same or part", "log drift", "log other", "violates", "cosine")
_FLOOR = 0.02  # added to a chance before its logarithm


def features(chances: tuple[float, float, float, float], odds: float, cosine: float) -> list[float]:
    """The row that is judged: chances of the relations, log-odds of `violates`, cosine."""
    same, part, drift, other = chances
    return [math.log(same + part + _FLOOR), math.log(drift + _FLOOR), math.log(other + _FLOOR), odds, cosine]


class ViolationJudge:
    """`chance(…)` that a passage says the prohibited thing; `bar` is the chance from which that is said."""

    def __init__(self) -> None:
        with (
            files("msgcheck.matching").joinpath("violations.npz").open("rb") as stream,
            np.load(stream, allow_pickle=False) as arrays,
        ):
            self._weights = [float(one) for one in arrays["weights"]]
            self._bias = float(arrays["bias"])
            self.bar = _chance(float(arrays["bar"]))

    def chance(self, chances: tuple[float, float, float, float], odds: float, cosine: float) -> float:
        row = features(chances, odds, cosine)
        return _chance(self._bias + sum(weight * value for weight, value in zip(self._weights, row, strict=True)))


def _chance(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


@lru_cache(maxsize=1)
def violation_judge() -> ViolationJudge:
    return ViolationJudge()
