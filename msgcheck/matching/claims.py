"""Is a passage a claim at all: does it promise a benefit, a performance, a superiority or a result?

A linear judge on the passage's vector, the vector of heading and passage together, and surface features; fitted on
labelled passages of other industries (`benchmarks/training/judge.py`).
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
    """`first(…)` and `second(…)` → [n], the chance that each passage is a claim about the company or its products.

    The first sees no pair model and decides which passages are worth its time; the second knows its opinion.
    """

    def __init__(self) -> None:
        with (
            files("msgcheck.matching").joinpath("claims.npz").open("rb") as stream,
            np.load(stream, allow_pickle=False) as arrays,
        ):
            self._stages = {
                stage: tuple(arrays[f"{stage}.{field}"] for field in ("weights", "bias", "mean", "scale"))
                for stage in ("first", "second")
            }

    def first(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        return self._chances("first", rows)

    def second(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        return self._chances("second", rows)

    def _chances(self, stage: str, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        weights, bias, mean, scale = self._stages[stage]
        scores = ((rows - mean) / scale).astype(np.float64) @ weights.astype(np.float64) + float(bias)
        chances: NDArray[np.float64] = 1 / (1 + np.exp(-scores))
        return chances


@lru_cache(maxsize=1)
def claim_judge() -> ClaimJudge:
    return ClaimJudge()


def surfaces(found: Sequence[Facts], contexts: Sequence[str]) -> NDArray[np.float32]:
    return np.array([surface(f, c) for f, c in zip(found, contexts, strict=True)], dtype=np.float32)


def claim_chances(
    vectors: NDArray[np.float32],
    around: NDArray[np.float32],
    found: Sequence[Facts],
    contexts: Sequence[str],
    texts: Sequence[str],
    pair_model: PairModel | None,
    bar: float,
) -> NDArray[np.float64]:
    """[n] chances that `texts` are claims; the pair model is asked about those only that the first judge gives
    `bar`.
    """
    seen = surfaces(found, contexts)
    none = np.zeros((len(texts), 1), np.float32)
    chances = claim_judge().first(claim_features(vectors, around, seen, none))
    asked = [int(i) for i in np.flatnonzero(chances >= bar)]
    if pair_model is not None and asked:
        odds = pair_model.claims([(contexts[i], texts[i]) for i in asked])[:, None]
        chances[asked] = claim_judge().second(claim_features(vectors[asked], around[asked], seen[asked], odds))
    return chances
