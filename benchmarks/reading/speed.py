"""Pages a second from file to ordered blocks, beside pdfplumber's plain text, in alternating runs.

Seconds are those of the processor, own and of programs started, so that a busy machine does not blur them.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.reading.tools import tools

_MOST_PAGES = 50
"""Of one document, so that no long deck outweighs all brochures."""


def speed(paths: list[Path], rounds: int = 3) -> list[str]:
    import pypdfium2

    pages = 0
    kept = []
    for path in paths:
        pdf = pypdfium2.PdfDocument(path)
        if len(pdf) <= _MOST_PAGES:
            kept.append(path)
            pages += len(pdf)
        pdf.close()
    paths = kept
    by_tool = tools()
    seconds: dict[str, list[float]] = {name: [] for name in by_tool}
    for tool in by_tool.values():
        tool(paths[0])  # imports are no part of reading
    for _ in range(rounds):
        for name, tool in by_tool.items():
            seconds[name].append(_run(tool, paths))
    base = [pages / one for one in seconds["pdfplumber"]]
    lines = [
        f"{len(paths)} documents of {pages} pages.",
        "",
        "| tool | pages/s | times pdfplumber |",
        "| --- | ---: | ---: |",
    ]
    for name, times in seconds.items():
        ratio = median(pages / one / two for one, two in zip(times, base, strict=True))
        lines.append(f"| {name} | {pages / median(times):.0f} | {ratio:.1f} |")
    return lines


def _run(tool: Callable[[Path], str], paths: list[Path]) -> float:
    started = sum(os.times()[:4])
    for path in paths:
        tool(path)
    return sum(os.times()[:4]) - started
