"""Denials of what the guide refuses."""

from __future__ import annotations

import pytest

from msgcheck.checks.refusals import denial


@pytest.mark.parametrize(
    "text",
    [
        "We cannot promise that the oven pays for itself.",
        "We don't guarantee a drier crumb.",
        "Never say that it bakes by itself.",
        "Never tell a baker that it bakes by itself.",
        "Never that other ovens will be banned, because they are not.",
        "A cheaper loan? Ask your bank, we promise nothing of the kind.",
        "No oven is free of crumbs, and ours is no exception.",
        "Nobody can be sure that it pays for itself.",
        "No crust can be said to be perfect.",
        "Does it pay for itself?",
        "We used to call it the cheapest oven in Ireland.",
    ],
)
def test_a_denial(text: str) -> None:
    assert denial(text)


@pytest.mark.parametrize(
    "text",
    [
        "You will not find a cheaper oven.",
        "Nobody has ever burnt a loaf in it.",
        "Never a burnt loaf again.",
        "No oven in Ireland costs less.",
        "It pays for itself, and that is a promise.",
    ],
)
def test_a_negative_that_denies_nothing(text: str) -> None:
    assert not denial(text)
