"""The flyer: one page, three boxes in a row, text on the left and a quotation on the right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from render.look import CHALK, CLAY, INK, MOSS, NEAR_CLAY, SAND, SLATE, flat, fonts, markup, said, style, vase, waves


def render(document: dict[str, Any], path: Path) -> None:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Paragraph

    fonts()
    width, height = A4
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setTitle(document["title"])
    canvas.setAuthor("Merrowby Audio")
    canvas.setSubject(document["title"])

    def place(text: str, look: Any, x: float, y: float, wide: float, bullet: str | None = None) -> float:
        """Set `text` with its top at `y`; where it ends."""
        paragraph = Paragraph(markup(text), look, bulletText=bullet)
        used: float = paragraph.wrap(wide, height)[1]
        paragraph.drawOn(canvas, x, y - used)
        return y - used

    def fill(color: str, x: float, y: float, wide: float, high: float, radius: float = 0) -> None:
        canvas.setFillColor(HexColor(color))
        canvas.roundRect(x, y, wide, high, radius, stroke=0, fill=1)

    blocks = document["blocks"]
    fill(INK, 0, height - 84 * mm, width, 84 * mm)
    for index, size in enumerate((34, 46, 28)):
        vase(canvas, width - 66 * mm + index * 21 * mm, height - 84 * mm, size * mm, (MOSS, SAND, CLAY)[index])
    waves(canvas, width - 38 * mm, height - 34 * mm, 22 * mm, CLAY, 3)
    y = place(flat(blocks[0][1]), style(30, "Caladea-Bold", CHALK, 1.12), 18 * mm, height - 18 * mm, 100 * mm)
    y = place(flat(blocks[1][1]), style(13, "ClearSans-Bold", SAND), 18 * mm, y - 4 * mm, 100 * mm)
    place(flat(blocks[2][1]), style(11, "Caladea-Italic", CHALK), 18 * mm, y - 3 * mm, 100 * mm)

    wide = (width - 36 * mm - 2 * 6 * mm) / 3
    for index in range(3):
        x = 18 * mm + index * (wide + 6 * mm)
        fill(SAND, x, height - 146 * mm, wide, 54 * mm, 3 * mm)
        head, box = blocks[3 + 2 * index], blocks[4 + 2 * index]
        y = place(flat(head[1]), style(16, "Caladea-Bold", CLAY), x + 4 * mm, height - 95 * mm, wide - 8 * mm)
        for entry in box[1]:
            y = place(said(entry), style(11.5), x + 4 * mm, y - 2 * mm, wide - 8 * mm)

    left = y_right = height - 154 * mm
    right = 18 * mm + 108 * mm
    for kind, entries in blocks[9:]:
        if kind == "p":
            left = place(flat(entries), style(11.8, lead=1.42), 18 * mm, left, 98 * mm) - 4 * mm
        elif kind == "quote":
            fill(MOSS, right, height - 196 * mm, width - 18 * mm - right, 42 * mm, 3 * mm)
            y_right = place(
                flat(entries),
                style(19, "Caladea-Italic", CHALK, 1.25),
                right + 5 * mm,
                y_right - 5 * mm,
                width - 28 * mm - right,
            )
        elif kind == "caption":
            place(flat(entries), style(8.5, color=CHALK), right + 5 * mm, y_right - 3 * mm, width - 28 * mm - right)
        elif kind == "h2":
            left = place(flat(entries), style(17, "Caladea-Bold", CLAY), 18 * mm, left - 3 * mm, 98 * mm) - 3 * mm
        elif kind == "bullets":
            for entry in entries:
                left = (
                    place(said(entry), style(11.8, leftIndent=13, bulletIndent=1), 18 * mm, left, width - 36 * mm, "•")
                    - 2 * mm
                )
        elif kind == "foot":
            fill(NEAR_CLAY, 0, 0, width, 17 * mm)
            for entry, x in zip(entries, (18 * mm, right), strict=True):
                place(said(entry), style(9, "ClearSans-Bold", CHALK), x, 11 * mm, 70 * mm)
    canvas.setStrokeColor(HexColor(SLATE))
    canvas.showPage()
    canvas.save()
