"""Fidelity: documents with the text that they should yield."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from pathlib import Path

from benchmarks.reading.measure import Score, score, together, words_of
from benchmarks.reading.tools import tools


def texts(folder: Path) -> tuple[list[str], dict[str, Score]]:
    """The table of documents that have their whole text beside them, and each tool's score over the PDF ones.

    A document with several truths (as stored, sorted by place) counts with the one that a tool comes nearest to.
    """
    truths: dict[str, list[Path]] = defaultdict(list)
    with (folder / "PAIRS.tsv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            if not row["truth"].endswith(".jsonl"):
                truths[row["document"]].append(folder / row["truth"])
    by_tool = tools()
    scores: dict[str, dict[str, Score]] = {name: {} for name in by_tool}
    lines = ["| document | words | " + " | ".join(by_tool) + " |", "| --- | ---: |" + " --- |" * len(by_tool)]
    for document, paths in truths.items():
        wanted = [words_of(path.read_text("utf-8"), path.suffix == ".md") for path in paths]
        cells = []
        for name, tool in by_tool.items():
            if not document.endswith(".pdf") and name != "msgcheck":
                cells.append("")
                continue
            got = words_of(_text(tool, folder / document))
            best = max((score(one, got) for one in wanted), key=lambda one: one.found * one.order - one.invented)
            scores[name][document] = best
            cells.append(shown(best))
        lines.append(f"| {_short(document)} | {max(len(one) for one in wanted)} | " + " | ".join(cells) + " |")
    pdf = {
        name: together([one for path, one in found.items() if path.endswith(".pdf")]) for name, found in scores.items()
    }
    lines.append("| **all PDF** | | " + " | ".join(f"**{shown(one)}**" for one in pdf.values()) + " |")
    rest = together([one for path, one in scores["msgcheck"].items() if not path.endswith(".pdf")])
    lines.append(f"| **all others** | | **{shown(rest)}** |" + " |" * (len(by_tool) - 1))
    return lines, pdf


def facts(folder: Path) -> list[str]:
    """The table of facts that people checked: what is there, what stands before what, what a table's cells are
    beside.
    """
    by_tool = tools()
    tally: dict[tuple[str, str], list[bool]] = defaultdict(list)
    names = sorted((folder / "olmocr-bench").glob("*.pdf"))
    told = next((folder / "olmocr-bench").glob("*.jsonl")).read_text("utf-8").splitlines()
    given = [json.loads(line) for line in told if line]
    for path in names:
        mine = [fact for fact in given if path.name.endswith(fact["pdf"].replace("/", "__"))]
        for name, tool in by_tool.items():
            text = " ".join(words_of(_text(tool, path)))
            for fact in mine:
                kept = _holds(fact, text)
                if kept is not None:
                    tally[name, fact["type"]].append(kept)
    kinds = sorted({kind for _, kind in tally})
    lines = ["| tool | " + " | ".join(kinds) + " |", "| --- |" + " ---: |" * len(kinds)]
    for name in by_tool:
        cells = (f"{sum(tally[name, kind])} of {len(tally[name, kind])}" for kind in kinds)
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def _holds(fact: dict[str, str], text: str) -> bool | None:
    """Whether a fact holds of a text of words; None for kinds that are not about text, or not about text alone."""
    if fact["type"] == "present":
        return _place(fact["text"], text) >= 0
    if fact["type"] == "order":
        first, second = _place(fact["before"], text), _place(fact["after"], text)
        return 0 <= first < second
    if fact["type"] == "table" and "right" in fact:
        return " ".join(words_of(f"{fact['cell']} {fact['right']}")) in text
    if fact["type"] == "table" and "left" in fact:
        return " ".join(words_of(f"{fact['left']} {fact['cell']}")) in text
    return None


def _place(wanted: str, text: str) -> int:
    return f" {text} ".find(f" {' '.join(words_of(wanted))} ")


def _text(tool: object, path: Path) -> str:
    try:
        return str(tool(path))  # type: ignore[operator]
    except Exception as error:  # noqa: BLE001 - a tool that breaks on a file has read nothing of it
        print(f"{path.name}: {type(error).__name__}")
        return ""


def shown(one: Score) -> str:
    return f"{one.found:.1%} · {one.order:.1%} · {one.invented:.1%}"


def _short(document: str) -> str:
    name = document.rpartition("/")[2]
    return re.sub(r"^(?:pdf|docx|pptx|html)__sources__|^sources__input__|^sample_data__pdfs__", "", name)
