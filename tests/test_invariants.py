"""What holds of a whole run, on the samples: same input, same bytes out; a document alone is as it is among others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from msgcheck.cli.main import main

REPO = Path(__file__).resolve().parents[1]
BLOG, MAIL = REPO / "samples/marketing/blog", REPO / "samples/sales/mail"
COMPARING = {"conflicting-claims"}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Checks samples and gives the bytes of its JSON report."""
    folder = tmp_path_factory.mktemp("reports")

    def run(*arguments: str | Path, cache: str) -> bytes:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("MSGCHECK_CACHE_DIR", str(folder / cache))
            code = main(["check", *map(str, arguments), "--as-of", "2026-11-21", "-q", "-o", str(folder / "r.json")])
        assert code == 1
        return (folder / "r.json").read_bytes()

    return run


@pytest.fixture(scope="module")
def both(written: Any) -> bytes:
    report: bytes = written(BLOG, MAIL, "--jobs", "1", cache="first")
    return report


def test_the_order_of_paths_the_workers_and_the_cache_change_no_byte(written: Any, both: bytes) -> None:
    assert written(MAIL, BLOG, "--jobs", "2", cache="second") == both
    assert written(MAIL, BLOG, cache="first") == both


def test_a_document_alone_has_the_findings_that_it_has_among_others(written: Any, both: bytes) -> None:
    alone = json.loads(written(MAIL, cache="third"))
    among = json.loads(both)
    names = {one["path"] for one in alone["documents"]}
    assert alone["documents"] == [one for one in among["documents"] if one["path"] in names]
    findings = [one for one in alone["findings"] if one["rule"] not in COMPARING]
    assert findings == [one for one in among["findings"] if one["document"] in names and one["rule"] not in COMPARING]
    assert findings


def test_findings_quote_their_block_and_carry_approved_words(both: bytes) -> None:
    for one in json.loads(both)["findings"]:
        if one["text"] is not None:
            assert one["block"][one["start"]:one["end"]] == one["text"]
        if one["rule"] in ("message-drift", "retired-name", "brand-name", "retired-message", "claim-expired"):
            assert one["approved"]["id"]
        assert one["fingerprint"].startswith("v1:")
    prints = [one["fingerprint"] for one in json.loads(both)["findings"]]
    assert len(prints) == len(set(prints))
