"""Where the pair model suspects a drift it is asked once more, with the texts in the other order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from msgcheck.matching.comparison import Comparer, default_comparer
from msgcheck.model import CHANGE_KINDS

APPROVED = "The recordings belong to the museum."
FOUND = "The recordings stay with the maker of the tour."
SAME, DRIFT = 0, 2


class Stub:
    """A pair model that is sure of one relation for each first text."""

    def __init__(self, by_first: dict[str, int]) -> None:
        self.by_first = by_first
        self.asked: list[tuple[str, str]] = []

    def score(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        self.asked += pairs
        out = np.zeros((len(pairs), 4 + len(CHANGE_KINDS)), np.float32)
        for row, (first, _) in zip(out, pairs, strict=True):
            row[self.by_first.get(first, DRIFT)] = 6.0
        return out


    def changed(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        return [("museum", "the maker of the tour")] * len(pairs)


def drift(model: Stub, approved: str = APPROVED, found: str = FOUND) -> float:
    comparer = Comparer(default_comparer().reader, model)  # type: ignore[arg-type]  # asked for its scores alone
    return comparer.compare([(approved, found)])[0].chances[DRIFT]


def test_the_less_suspicious_opinion_is_believed() -> None:
    sure, unsure = Stub({}), Stub({FOUND: SAME})
    assert drift(unsure) < 0.5 < drift(sure)
    assert sure.asked == unsure.asked == [(APPROVED, FOUND), (FOUND, APPROVED)]


def test_the_words_that_the_model_names_are_told() -> None:
    comparer = Comparer(default_comparer().reader, Stub({}))  # type: ignore[arg-type]  # asked for its scores alone
    (change,) = comparer.compare([(APPROVED, FOUND)])[0].changes
    assert (change.approved, change.found) == ("museum", "the maker of the tour")


def test_nobody_is_asked_again_where_nothing_is_suspected() -> None:
    model = Stub({APPROVED: SAME})
    drift(model)
    assert model.asked == [(APPROVED, FOUND)]


@pytest.mark.parametrize("relation", [SAME, DRIFT])
def test_an_exact_difference_needs_no_second_opinion(relation: int) -> None:
    approved, found = "Our ovens bake up to 240 loaves an hour.", "Our ovens bake up to 280 loaves an hour."
    model = Stub({approved: relation, found: SAME})
    assert drift(model, approved, found) >= 0.8
    assert model.asked == [(approved, found)]
