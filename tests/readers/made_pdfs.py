"""Small PDFs made in code, for the tests of reading."""

from __future__ import annotations

import io
from collections.abc import Callable

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table, TableStyle

from msgcheck.model import Block, Document
from msgcheck.readers import ReadOptions, read

WIDTH, HEIGHT = A4
PLAIN = ReadOptions(ocr="off", recognise_language=False)


def made(*pages: Callable[[Canvas], None], password: str | None = None, title: str = "") -> bytes:
    """A PDF with one page for each function, which draws it."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, encrypt=StandardEncryption(password) if password else None, invariant=1)
    if title:
        canvas.setTitle(title)
    for draw in pages:
        canvas.setFont("Helvetica", 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def document_of(*pages: Callable[[Canvas], None], options: ReadOptions = PLAIN) -> Document:
    return read(made(*pages), "made.pdf", options)


def column(canvas: Canvas, x: float, y: float, lines: list[str], size: float = 10, font: str = "Helvetica") -> None:
    """Lines one under another, written as one run; y is measured from the top."""
    canvas.setFont(font, size)
    for number, line in enumerate(lines):
        canvas.drawString(x, HEIGHT - y - number * 1.25 * size, line)


def grid(canvas: Canvas, rows: list[list[str]], ruled: str) -> None:
    """A table at the top of the page, with rules as told: 'grid', 'rows' or 'none'."""
    table = Table(rows, colWidths=[140, 120, 120])
    style = [("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 9), ("FONT", (0, 1), (-1, -1), "Helvetica", 9)]
    if ruled == "grid":
        style.append(("GRID", (0, 0), (-1, -1), 0.5, colors.grey))
    elif ruled == "rows":
        style.append(("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.grey))
    table.setStyle(TableStyle(style))
    _, height = table.wrapOn(canvas, 400, 400)
    table.drawOn(canvas, 72, HEIGHT - 120 - height)


def with_words(document: Document, words: str) -> Block:
    """The one block that holds these words."""
    found = [block for block in document.blocks if words in block.normal]
    assert len(found) == 1, (words, [block.normal for block in document.blocks])
    return found[0]


def layer_of(document: Document, words: str) -> str | None:
    """The layer of the block with these words, None where there is none."""
    return next((block.layer for block in document.blocks if words in block.normal), None)
