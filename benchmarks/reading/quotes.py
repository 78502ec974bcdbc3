"""Whether the labelled quotes of a bench company come out as one passage, or as consecutive passages of one block."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from msgcheck.language.passages import passages
from msgcheck.model import Document
from msgcheck.normalise import normalise
from msgcheck.readers import read_path


def quotes(company: Path) -> tuple[list[str], int, int]:
    """The table of a company's documents, the quotes found and all quotes; what was missed is printed."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for line in (company / "labels.jsonl").read_text("utf-8").splitlines():
        label = json.loads(line)
        if label.get("quote"):
            wanted[label["document"]].append(label["quote"])
    rows = ["| document | quotes | found |", "| --- | ---: | ---: |"]
    found = total = 0
    for name, texts in wanted.items():
        document = read_path(company / "collateral" / name, name)
        known = _runs(document)
        hits = [normalise(text).text in known for text in texts]
        for text, hit in zip(texts, hits, strict=True):
            if not hit:
                print(f"missed in {company.name}/{name}: {text!r}")
        rows.append(f"| {company.name}/{name} | {len(hits)} | {sum(hits)} |")
        found, total = found + sum(hits), total + len(hits)
    return rows, found, total


def _runs(document: Document) -> set[str]:
    """Every passage, and every run of consecutive passages of one block, normalised."""
    by_block: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for passage in passages(document):
        by_block[passage.block].append((passage.start, passage.end))
    runs: set[str] = set()
    for index, spans in by_block.items():
        text = document.blocks[index].text
        for first in range(len(spans)):
            for last in range(first, len(spans)):
                runs.add(normalise(text[spans[first][0] : spans[last][1]]).text)
    return runs
