"""Judges that were fitted in place: on the passages of whole labelled companies, each beside what it comes nearest to.

The judge of pairs and the pair model were fitted on texts that were written as pairs. In documents most passages are
about something else, few have drifted, and what stands near tells much: these judges see the same features, those
models' opinions, and how the passage stands to the other entries of the guide (`benchmarks/training/in_place.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from msgcheck.matching.features import NAMES
from msgcheck.matching.forest import Forest
from msgcheck.matching.linear import Linear

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

Question = Literal["drift", "prohibited", "retired", "claim"]
RESOURCE = "in_place.npz"
EVIDENCE: tuple[str, ...] = (*NAMES, *(f"chance of {relation}" for relation in ("same", "part", "drift", "other")))
"""What is seen of a passage beside a wording: the features with the pair model's opinion, and the chances of the judge
of pairs.
"""
BESIDE: tuple[str, ...] = ("about an approved entry", "near it", "says it", "differs exactly from it")
"""What is seen of how a passage stands to the approved entries that it comes near: greatest chances, and cosine."""
REFUSED: tuple[str, ...] = (*EVIDENCE, "says the prohibited thing", *BESIDE)
"""What is seen of a passage beside a wording that the guide refuses."""
CLAIMED: tuple[str, ...] = (
    "claim", "superiority", "gain", "heading", "list item", "table row", "words", *BESIDE[:3],
)
"""What is seen of a passage that may promise what the guide does not say."""
SEEN: dict[Question, tuple[str, ...]] = {
    "drift": EVIDENCE, "prohibited": REFUSED, "retired": REFUSED, "claim": CLAIMED
}


@dataclass(frozen=True, slots=True)
class InPlaceJudge:
    """`chances(rows)`: [n, features] → [n], the chance that the answer is yes; trees and a line, each half a say."""

    forest: Forest
    line: Linear

    def chances(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        scores = (self.forest.scores(rows) + self.line.scores(rows))[:, 0] / 2
        found: NDArray[np.float64] = 1 / (1 + np.exp(-scores))
        return found


@lru_cache(maxsize=1)
def in_place() -> Mapping[Question, InPlaceJudge]:
    """The shipped judges, by what they are asked."""
    found: dict[Question, InPlaceJudge] = {}
    if not files("msgcheck.matching").joinpath(RESOURCE).is_file():
        return found                     # a checkout where they were not fitted yet
    with (
        files("msgcheck.matching").joinpath(RESOURCE).open("rb") as stream,
        np.load(stream, allow_pickle=False) as arrays,
    ):
        for question, seen in SEEN.items():
            forest = Forest(*(arrays[f"{question}.forest.{field.name}"] for field in fields(Forest)))
            line = Linear(*(arrays[f"{question}.line.{field.name}"] for field in fields(Linear)))
            if len(line.mean) != len(seen):
                raise AssertionError("the judges were fitted on other features: run benchmarks/training/in_place.py")
            found[question] = InPlaceJudge(forest, line)
    return found


def save(judges: Mapping[Question, InPlaceJudge], target: str) -> None:
    arrays: dict[str, Any] = {}
    for question, judge in judges.items():
        for name, part in (("forest", judge.forest), ("line", judge.line)):
            arrays |= {f"{question}.{name}.{field.name}": getattr(part, field.name) for field in fields(part)}
    np.savez_compressed(target, **arrays)
