"""Inflection: what is a form of a word, and what is not."""

from __future__ import annotations

import pytest

from msgcheck.checks.wordforms import forms, inflect, singular


@pytest.mark.parametrize(("word", "has"), [
    ("log", "logs logged logging"), ("patrons", "patron patrons"), ("company", "companies"), ("repairman", "repairmen"),
    ("raise", "raised raising raises"), ("buy", "bought buying"), ("oversell", "oversold"), ("analysis", "analyses"),
    ("focus", "focused focussed focusing"), ("try", "tried tries trying"), ("die", "dying died"), ("box", "boxes"),
    ("cheap", "cheaper cheapest"), ("easy", "easier"), ("panic", "panicked"), ("shelves", "shelf"),
    ("good", "better best"),
])
def test_forms(word: str, has: str) -> None:
    assert set(has.split()) <= set(forms(word))


@pytest.mark.parametrize(("word", "lacks"), [
    ("lead", "leader"), ("news", "new"), ("leading", "lead leads"), ("best", "good"), ("means", "mean"), ("in", "ins"),
    ("log", "loging"), ("care", "careing"), ("hop", "hoping"), ("series", "serie"), ("analytics", "analytic"),
])
def test_no_forms(word: str, lacks: str) -> None:
    assert not set(lacks.split()) & set(forms(word))


@pytest.mark.parametrize(("word", "feature", "form"), [
    ("customer", "s", "customers"), ("Sign", "ed", "Signed"), ("use", "ing", "using"), ("plan", "ed", "planned"),
    ("company", "s", "companies"), ("cheap", "er", "cheaper"), ("guests", "s", "guests"), ("24/7", "s", "24/7"),
])
def test_inflect(word: str, feature: str, form: str) -> None:
    assert inflect(word, feature) == form  # type: ignore[arg-type]  # a literal, spelled as text for the table


def test_singular_leaves_what_is_no_plural() -> None:
    words = ("buses", "cases", "glasses", "glass", "boxes", "heroes", "movies", "lens", "status")
    assert [singular(word) for word in words] == [
        "bus", "case", "glass", "glass", "box", "hero", "movie", "lens", "status",
    ]
