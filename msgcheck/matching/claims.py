"""Is a passage a claim at all: does it promise a benefit, a performance, a superiority or a result?

A first, linear judge and a second one with a Gaussian kernel see the passage's vector, the vector of heading and
passage together, surface features, and the second the pair model's opinion; fitted on labelled passages of other
industries (`benchmarks/training/claims.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from msgcheck.language.facts import Facts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from msgcheck.matching.pair_model import PairModel

_YOU = re.compile(r"\b(?:you|your|yours)\b", re.I)
_WE = re.compile(r"\b(?:we|our|ours|us)\b", re.I)
_COMPARED = re.compile(r"\b(?:more|less|fewer|better|faster|best|most|least|\w{3,}er than|\w{3,}est)\b", re.I)
_PARTED = re.compile(r"[:;|/]")
_AT_ONCE = 16                            # rows that the second judge reads at once
_WORTH = -1.5                            # log-odds of a claim from which the pair model is asked
_TAGS = ("VERB", "NOUN", "ADJ", "ADV", "PROPN", "NUM")


def surface(found: Facts, context: str) -> list[float]:
    text = found.text
    strengths = [cue.level for cue in found.of("strength")]
    dimensions = [q.dimension for q in found.quantities]
    return [
        float(len(text.split())),
        float(found.question),
        float(len(found.quantities)),
        float(len(found.moments)),
        float(len(found.names)),
        *(float(len(found.of(kind))) for kind in ("negation", "scope", "only", "condition", "exception")),
        float(min(strengths, default=2.5)),
        float(max(strengths, default=2.5)),
        float(bool(_YOU.search(text))),
        float(bool(_WE.search(text))),
        float(bool(_COMPARED.search(text))),
        float(text.endswith(".")),
        float(bool(context)),
        float(text[:1] in "\"'"),
        float(bool(_PARTED.search(text))),
        float("ratio" in dimensions),
        float("duration" in dimensions),
        float(any(d.startswith("money") for d in dimensions)),
        *(float(sum(word.pos == tag for word in found.words)) for tag in _TAGS),
    ]


def claim_features(
    vectors: NDArray[np.float32],
    in_context: NDArray[np.float32],
    surfaces: NDArray[np.float32],
    opinions: NDArray[np.float32],
) -> NDArray[np.float32]:
    """[n, d], [n, d], [n, s], [n, 1] → [n, 2d + s + 1]; vectors are scaled so that both halves weigh alike."""
    return np.hstack([vectors * 8, in_context * 8, surfaces, opinions]).astype(np.float32)


class ClaimJudge:
    """`first(…)` and `second(…)` → [n], the log-odds that each passage is a claim about the company or its products.

    The first sees no pair model and decides which passages are worth its time; the second, a support vector machine,
    knows its opinion. Its support vectors are kept in 8 bits.
    """

    def __init__(self) -> None:
        with (
            files("msgcheck.matching").joinpath("claims.npz").open("rb") as stream,
            np.load(stream, allow_pickle=False) as arrays,
        ):
            self._first = tuple(arrays[f"first.{field}"] for field in ("weights", "bias", "mean", "scale"))
            self._mean, self._scale = arrays["second.mean"], arrays["second.scale"]
            self._vectors = arrays["second.vectors"].astype(np.float32) * arrays["second.steps"]
            self._duals = arrays["second.duals"]
            self._bias, self._gamma, self._slope, self._shift = (float(x) for x in arrays["second.numbers"])
        self._lengths = np.einsum("ij,ij->i", self._vectors, self._vectors)

    def first(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        weights, bias, mean, scale = self._first
        even = ((rows - mean) / scale).astype(np.float64)
        scores: NDArray[np.float64] = (even * weights).sum(axis=1) + float(bias)
        return scores

    def second(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        even = ((rows - self._mean) / self._scale).astype(np.float32)
        return np.array(
            [
                self._slope * margin + self._shift
                for start in range(0, len(even), _AT_ONCE)
                for margin in self._margins(even[start : start + _AT_ONCE])
            ],
            np.float64,
        )

    def _margins(self, rows: NDArray[np.float32]) -> list[float]:
        """Of a few rows, always as many at once: so a sum does not depend, to the last bit, on the rows beside it.
        """
        full = np.zeros((_AT_ONCE, rows.shape[1]), np.float32)
        full[: len(rows)] = rows
        shared = full @ self._vectors.T
        distances = self._lengths + np.einsum("ij,ij->i", full, full)[:, None] - 2 * shared
        near = np.exp(-self._gamma * distances)
        return [float((near[k] * self._duals).sum()) + self._bias for k in range(len(rows))]


@lru_cache(maxsize=1)
def claim_judge() -> ClaimJudge:
    return ClaimJudge()


def surfaces(found: Sequence[Facts], contexts: Sequence[str]) -> NDArray[np.float32]:
    return np.array([surface(f, c) for f, c in zip(found, contexts, strict=True)], dtype=np.float32)


def claim_odds(
    vectors: NDArray[np.float32],
    around: NDArray[np.float32],
    found: Sequence[Facts],
    contexts: Sequence[str],
    texts: Sequence[str],
    promising: Sequence[bool],
    pair_model: PairModel | None,
) -> NDArray[np.float64]:
    """[n] log-odds that `texts` are claims; of those that the first judge thinks are none, and that are not `promising`
    by their words, its own.
    """
    seen = surfaces(found, contexts)
    none = np.zeros((len(texts), 1), np.float32)
    odds = claim_judge().first(claim_features(vectors, around, seen, none))
    asked = [i for i, odd in enumerate(odds) if odd >= _WORTH or promising[i]]
    if pair_model is not None and asked:
        opinions = pair_model.claims([(contexts[i], texts[i]) for i in asked])[:, None]
        odds[asked] = claim_judge().second(claim_features(vectors[asked], around[asked], seen[asked], opinions))
    return odds
