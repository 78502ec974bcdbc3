"""The data sheet: A4, headings in a narrow left column, tables and lists beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from render.look import CHALK, CLAY, INK, SAND, SLATE, flat, fonts, grid, markup, said, style


def handset(canvas: Any, x: float, y: float, height: float) -> None:
    """A handset, drawn: a dark housing, a light screen, a key."""
    from reportlab.lib.colors import HexColor

    canvas.setFillColor(HexColor(SAND))
    canvas.roundRect(x, y, height / 2, height, height / 14, stroke=0, fill=1)
    canvas.setFillColor(HexColor(INK))
    canvas.roundRect(x + height * 0.04, y + height * 0.2, height * 0.42, height * 0.74, height / 30, stroke=0, fill=1)
    canvas.setFillColor(HexColor(CLAY))
    canvas.circle(x + height / 4, y + height * 0.1, height * 0.05, stroke=0, fill=1)


def render(document: dict[str, Any], path: Path) -> None:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

    fonts()
    width, height = A4
    wide = 122 * mm
    title, lead = (flat(entries) for _, entries in document["blocks"][:2])

    def frame(canvas: Any, _: Any) -> None:
        canvas.setFillColor(HexColor(CLAY))
        canvas.rect(0, height - 6 * mm, width, 6 * mm, stroke=0, fill=1)
        canvas.setFont("ClearSans-Regular", 7.5)
        canvas.setFillColor(HexColor(SLATE))
        canvas.drawString(18 * mm, 11 * mm, document["running"])
        canvas.drawRightString(width - 18 * mm, 11 * mm, str(canvas.getPageNumber()))

    def first(canvas: Any, template: Any) -> None:
        frame(canvas, template)
        canvas.setFillColor(HexColor(INK))
        canvas.rect(0, height - 48 * mm, width, 42 * mm, stroke=0, fill=1)
        handset(canvas, width - 48 * mm, height - 45 * mm, 36 * mm)
        for text, look, y in (
            (title, style(25, "Caladea-Bold", CHALK, 1.1), 27),
            (lead, style(11.5, "Caladea-Italic", SAND), 37),
        ):
            paragraph = Paragraph(markup(text), look)
            paragraph.wrap(125 * mm, 30 * mm)
            paragraph.drawOn(canvas, 18 * mm, height - y * mm)

    heading = style(12.5, "Caladea-Bold", CLAY, 1.15)
    plain, point = style(9.2, spaceAfter=4), style(9.2, leftIndent=11, bulletIndent=1, spaceAfter=2.5)
    small, last = style(7.4, color=SLATE, spaceAfter=2), style(7.4, color=SLATE)
    flow: list[Any] = [Spacer(0, 34 * mm)]
    section: list[Any] = []
    name = ""

    def close() -> None:
        if section:
            flow.append(
                Table(
                    [[Paragraph(markup(name), heading), list(section)]],
                    colWidths=[50 * mm, wide],
                    style=[
                        ("VALIGN", (0, 0), (-1, -1), "TOP"),
                        ("LEFTPADDING", (0, 0), (-1, -1), 0),
                        ("TOPPADDING", (0, 0), (-1, -1), 2),
                        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
                    ],
                )
            )
            section.clear()

    for kind, entries in document["blocks"][2:]:
        if kind == "h2":
            close()
            name = flat(entries)
        elif kind == "table":
            count = len(entries[0][0]["cells"])
            parts = (0.45, 0.55) if count == 2 else (0.24, 0.43, 0.33)
            section.append(grid(entries, [wide * part for part in parts], 9))
        elif kind == "bullets":
            section += [Paragraph(markup(said(entry)), point, bulletText="–") for entry in entries]
        elif kind == "p":
            section.append(Paragraph(markup(flat(entries)), plain))
        else:
            close()
            name = ""
            flow.append(Paragraph(markup(flat(entries)), small if kind == "small" else last))
    SimpleDocTemplate(
        str(path),
        pagesize=A4,
        title=document["title"],
        author="Merrowby Audio",
        subject=document["title"],
        leftMargin=18 * mm,
        rightMargin=18 * mm,
        topMargin=16 * mm,
        bottomMargin=15 * mm,
        invariant=1,
    ).build(flow, onFirstPage=first, onLaterPages=frame)
