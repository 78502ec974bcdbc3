"""The further companies: every label holds against its document and its guide, and none that is held out was fitted
on."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from conftest import REPO

from msgcheck.checks import RULES
from msgcheck.model import CHANGE_KINDS
from msgcheck.readers import ReadOptions, read_path

COMPANIES = sorted(path.parent for path in (REPO / "benchmarks" / "companies").glob("*/labels.jsonl"))


def tight(text: str) -> str:
    return re.sub(r"[\s\u00ad‐\-•–]+", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("folder", COMPANIES, ids=[path.name for path in COMPANIES])
def test_labels_hold(folder: Path) -> None:
    from benchmarks.quality.companies import company

    one = company(folder)
    assert one.guide.messages and {label.label for label in one.labels} >= {"on-message", "neutral", "finding"}
    for name in {label.document for label in one.labels}:
        document = read_path(one.collateral / name, name, ReadOptions(recognise_language=False))
        assert document.status == "read", name
        there = tight(" ".join(block.text for block in document.blocks))
        for label in (label for label in one.labels if label.document == name and label.quote):
            said = re.sub(r"^\d+[.)]\s", "", label.quote)      # a list counts its items itself
            assert tight(said) in there, (name, label.quote)
    for label in one.labels:
        assert (label.label == "finding") == bool(label.rules) or label.label == "ambiguous", label
        assert set(label.rules) <= set(RULES) and set(label.changes) <= set(CHANGE_KINDS), label


def test_nothing_was_fitted_on_what_is_held_out() -> None:
    from benchmarks.quality.companies import fitted_on, held_out

    fitted = {path.name for path in fitted_on()}
    assert fitted and not fitted & {path.name for path in held_out()}
    assert all((path / "labels.jsonl").is_file() for path in held_out())
