"""The project's own labelled pairs are what the scripts that fit the models take them for."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from msgcheck.model import CHANGE_KINDS

TRAINING = Path(__file__).parent.parent / "benchmarks" / "training"
FOLDERS = (TRAINING / "pairs", TRAINING / "riddles")
FILES = [path for folder in FOLDERS for path in sorted(folder.glob("?.jsonl"))]


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_changed_words_stand_in_both_texts(path: Path) -> None:
    for row in rows(path):
        assert row["relation"] in ("same", "part", "drift", "other")
        assert row["overlap"] in ("high", "mid", "low")
        assert ("changes" in row) == (row["relation"] == "drift")
        if row["relation"] == "drift":
            assert row["changes"], row
            assert set(row["changes"]) <= set(CHANGE_KINDS), row       # type: ignore[call-overload]
            assert str(row["approved"]).casefold() in str(row["statement"]).casefold(), row
            assert str(row["found"]).casefold() in str(row["passage"]).casefold(), row


def test_whole_industries_and_statements_can_be_held_out() -> None:
    files = defaultdict(set)
    for path in FILES:
        for row in rows(path):
            files["industry", row["industry"]].add(path.stem)
            files["statement", row["statement"]].add(path.stem)
    assert [key for key, letters in files.items() if len(letters) > 1] == []


def test_the_files_have_letters_of_their_own() -> None:
    assert all(list(folder.glob("?.jsonl")) for folder in FOLDERS)
    assert len({path.stem for path in FILES}) == len(FILES)


def test_no_pair_has_two_labels() -> None:
    labels = defaultdict(set)
    for path in FILES:
        for row in rows(path):
            labels[row["statement"], row["passage"]].add(row["relation"])
    for folder in FOLDERS:
        for row in rows(folder / "prohibited.jsonl"):
            labels[row["prohibited"], row["passage"]].add(row["violates"])
    assert [key for key, given in labels.items() if len(given) > 1] == []
