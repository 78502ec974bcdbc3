"""The passages that people marked in real decks, Word files and pages stand each in one block."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from msgcheck.normalise import normalise
from msgcheck.readers import ReadOptions, read

BENCH = Path(__file__).resolve().parents[3] / "shared" / "bench"
CORPUS = BENCH.parent / "corpus"

pytestmark = pytest.mark.skipif(not BENCH.is_dir(), reason="the bench is not beside the repository")


@pytest.mark.parametrize("suffix", [".pptx", ".docx", ".html"])
def test_quotes_stand_in_one_block(suffix: str) -> None:
    found, missed = 0, []
    for labels in sorted(BENCH.glob("*/labels.jsonl")):
        blocks: dict[str, list[str]] = {}
        for line in labels.read_text("utf-8").splitlines():
            label = json.loads(line)
            name = label["document"]
            if not name.endswith(suffix) or not label["quote"]:
                continue
            if name not in blocks:
                data = (labels.parent / "collateral" / name).read_bytes()
                document = read(data, name, ReadOptions(recognise_language=False))
                assert document.status == "read"
                seen = (block for block in document.blocks if block.layer in ("body", "running", "notes"))
                blocks[name] = [block.normal for block in seen]
            quote = normalise(label["quote"]).text
            if any(quote in block for block in blocks[name]):
                found += 1
            else:
                missed.append((name, label["quote"]))
    assert found > 50
    assert len(missed) <= found / 100, missed


@pytest.mark.parametrize("suffix", ["pptx", "docx", "html", "md"])
def test_real_and_hostile_files_end_with_a_true_status(suffix: str) -> None:
    paths = sorted(CORPUS.rglob(f"*.{suffix}"))
    assert paths
    for path in paths:
        document = read(path.read_bytes(), path.name, ReadOptions(recognise_language=False))
        assert document.status in ("read", "partly-read", "unread"), path
        assert bool(document.reasons) == (document.status != "read"), path
        assert not any("cannot make sense" in reason.text for reason in document.reasons), path
