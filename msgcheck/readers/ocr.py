"""Words in pictures of pages, by the system's tesseract where it is installed.

Tesseract is a program of its own (Apache 2.0) with packages on every system, and ships its models in them; msgcheck
starts it on a rendered page and reads its table of words with their confidence.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from functools import lru_cache
from typing import Any, NamedTuple

from msgcheck.model import Block, Line, Location
from msgcheck.readers.blocks import make_block
from msgcheck.readers.options import ReadOptions
from msgcheck.readers.pdf_words import Geometry

SURE = 70.0
"""Mean confidence of a page's words, in percent, below which a person should look."""
_PIXELS_PER_POINT = 200 / 72
_MAX_PIXELS = 16_000_000
_NO_TEXT = 30.0
"""Confidence below which a word is taken for a pattern in the picture."""


class Recognised(NamedTuple):
    """`problem` says why nothing was recognised, '' where it was tried."""

    blocks: tuple[Block, ...]
    confidence: float
    problem: str = ""


@lru_cache(maxsize=1)
def _program() -> str | None:
    return shutil.which("tesseract")


@lru_cache(maxsize=1)
def _languages() -> frozenset[str]:
    program = _program()
    if program is None:
        return frozenset()
    try:
        done = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset(line.strip() for line in done.stdout.splitlines()[1:])


def missing(options: ReadOptions) -> str:
    """What keeps pictures from being read, with its mend; '' where nothing does."""
    if options.ocr == "off":
        return "OCR is switched off."
    if _program() is None:
        return "Install tesseract (for Debian and Ubuntu: apt install tesseract-ocr) to have pictures read."
    lacking = [language for language in options.ocr_languages if language not in _languages()]
    if lacking:
        return f"Tesseract lacks the language {', '.join(lacking)}: install its language package."
    return ""


def page_blocks(pdf: Any, number: int, geometry: Geometry, options: ReadOptions, seconds: float) -> Recognised:
    """The paragraphs that tesseract sees on page `number` (from 1) of a pypdfium2 document, within `seconds`; else the
    problem, with its mend.
    """
    problem = missing(options) or ("There was no time left to recognise its words." if seconds < 1 else "")
    if problem:
        return Recognised((), 0.0, problem)
    width, height = geometry.size
    scale = min(_PIXELS_PER_POINT, (_MAX_PIXELS / max(1.0, width * height)) ** 0.5)
    page = pdf[number - 1]
    try:
        picture = page.render(scale=scale, grayscale=True).to_pil()
    finally:
        page.close()
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    program = _program()
    assert program is not None  # `missing` was asked before
    languages = "+".join(options.ocr_languages)
    command = [program, "stdin", "stdout", "-l", languages, "--dpi", str(round(scale * 72)), "tsv"]
    try:
        done = subprocess.run(
            command, input=stream.getvalue(), capture_output=True, timeout=seconds, check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired:
        return Recognised((), 0.0, "Recognising its words took too long.")
    except (OSError, subprocess.SubprocessError) as error:
        return Recognised((), 0.0, f"Tesseract could not be started ({type(error).__name__}).")
    if done.returncode != 0:
        return Recognised((), 0.0, "Tesseract could not read it.")
    return _blocks(done.stdout.decode("utf-8", "replace"), number, geometry, scale)


def _blocks(table: str, number: int, geometry: Geometry, scale: float) -> Recognised:
    rows = [row for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
            if row["level"] == "5" and row["text"].strip() and float(row["conf"]) >= _NO_TEXT]
    paragraphs: dict[tuple[str, str], dict[str, list[dict[str, str]]]] = {}
    for row in rows:
        lines = paragraphs.setdefault((row["block_num"], row["par_num"]), {})
        lines.setdefault(row["line_num"], []).append(row)
    blocks = []
    for lines in paragraphs.values():
        text, printed = "", []
        for words in lines.values():
            text += "\n" if text else ""
            start = len(text)
            text += " ".join(word["text"].strip() for word in words)
            edges = [(int(w["left"]), int(w["top"]), int(w["left"]) + int(w["width"]), int(w["top"]) + int(w["height"]))
                     for w in words]
            box = (
                min(e[0] for e in edges), min(e[1] for e in edges), max(e[2] for e in edges), max(e[3] for e in edges)
            )
            left, top, right, bottom = (round(value / scale, 2) for value in box)
            printed.append(Line(start, len(text), (left, top, right, bottom)))
        width, height = geometry.size
        place = Location("page", number, f"page {number}", tuple(line.box for line in printed),
                         (round(width, 2), round(height, 2)))
        blocks.append(make_block(text, "paragraph", "body", place, lines=tuple(printed)))
    letters = sum(len(row["text"]) for row in rows)
    sure = sum(float(row["conf"]) * len(row["text"]) for row in rows) / letters if letters else 0.0
    return Recognised(tuple(block for block in blocks if block is not None), sure)
