"""The brochure: A4, a band with the title, then two columns with pull quotes and a table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from render.look import (
    CHALK,
    CLAY,
    INK,
    MOSS,
    SAND,
    SLATE,
    flat,
    fonts,
    grid,
    markup,
    said,
    softened,
    style,
    vase,
    waves,
)


def render(document: dict[str, Any], path: Path) -> None:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import (
        BaseDocTemplate,
        Frame,
        NextPageTemplate,
        PageTemplate,
        Paragraph,
        Spacer,
        Table,
    )

    fonts()
    width, height = A4
    column = (width - 2 * 17 * mm - 9 * mm) / 2
    top = {kind: flat(entries) for kind, entries in document["blocks"][:3]}

    def foot(canvas: Any, _: Any) -> None:
        canvas.setFont("ClearSans-Regular", 7.5)
        canvas.setFillColor(HexColor(SLATE))
        canvas.drawString(17 * mm, 11 * mm, document["running"])
        canvas.drawRightString(width - 17 * mm, 11 * mm, str(canvas.getPageNumber()))

    def cover(canvas: Any, template: Any) -> None:
        band = height - 92 * mm
        canvas.setFillColor(HexColor(INK))
        canvas.rect(0, band, width, 92 * mm, stroke=0, fill=1)
        canvas.setFillColor(HexColor(CLAY))
        canvas.rect(0, band - 2.4 * mm, width, 2.4 * mm, stroke=0, fill=1)
        vase(canvas, width - 58 * mm, band + 12 * mm, 58 * mm, SAND)
        waves(canvas, width - 45 * mm, band + 52 * mm, 27 * mm, CLAY)
        y = height - 24 * mm
        for kind, look in (
            ("h1", style(31, "Caladea-Bold", CHALK, 1.1)),
            ("lead", style(13, "Caladea-Italic", SAND, 1.35)),
            ("tagline", style(10.5, "ClearSans-Bold", CHALK)),
        ):
            paragraph = Paragraph(markup(top[kind]), look)
            _, used = paragraph.wrap(98 * mm, 80 * mm)
            y -= used
            paragraph.drawOn(canvas, 17 * mm, y)
            y -= 6 * mm
        foot(canvas, template)

    def last(canvas: Any, template: Any) -> None:
        canvas.setFillColor(HexColor(SAND))
        canvas.rect(0, 0, width, 62 * mm, stroke=0, fill=1)
        canvas.setFillColor(HexColor(INK))
        canvas.rect(0, 62 * mm, width, 52 * mm, stroke=0, fill=1)
        canvas.setFillColor(HexColor(CLAY))
        canvas.rect(0, 62 * mm, width, 2.4 * mm, stroke=0, fill=1)
        for x, high, shade in (
            (22, 24, MOSS),
            (46, 38, SAND),
            (70, 20, CLAY),
            (92, 31, SLATE),
            (115, 26, SAND),
            (138, 40, CLAY),
            (164, 22, MOSS),
        ):
            vase(canvas, x * mm, 64.4 * mm, high * mm, shade)
        waves(canvas, 176 * mm, 82 * mm, 22 * mm, CLAY, 3)
        y = 54 * mm
        for kind, entries in document["blocks"]:
            for entry in entries if kind in ("small", "foot") else []:
                paragraph = Paragraph(markup(said(entry)), style(8.4, color=INK))
                _, used = paragraph.wrap(112 * mm, 40 * mm)
                y -= used
                paragraph.drawOn(canvas, 17 * mm, y)
                y -= 2 * mm
        foot(canvas, template)

    def columns(bottom: float, height_: float) -> list[Any]:
        return [Frame(17 * mm + index * (column + 9 * mm), bottom, column, height_, 0, 0, 0, 0) for index in (0, 1)]

    body = style(11, spaceAfter=6, alignment=4)
    looks = {
        "h2": style(16, "Caladea-Bold", CLAY, 1.2, spaceBefore=10, spaceAfter=4, keepWithNext=1),
        "caption": style(8, "ClearSans-Italic", SLATE, spaceAfter=7),
    }
    flow: list[Any] = [NextPageTemplate("rest")]
    for kind, entries in document["blocks"][3:]:
        if kind == "table":
            flow += [
                Spacer(0, 3),
                grid(entries, [column * part for part in (0.35, 0.17, 0.24, 0.24)], 8.4),
                Spacer(0, 3),
            ]
        elif kind == "quote":
            quote = Paragraph(markup(flat(entries)), style(15, "Caladea-Italic", INK, 1.3))
            flow += [
                Spacer(0, 4),
                Table(
                    [[quote]],
                    colWidths=[column],
                    style=[
                        ("BACKGROUND", (0, 0), (-1, -1), HexColor(SAND)),
                        ("LINEBEFORE", (0, 0), (0, -1), 3, HexColor(CLAY)),
                        ("LEFTPADDING", (0, 0), (-1, -1), 10),
                        ("TOPPADDING", (0, 0), (-1, -1), 8),
                        ("BOTTOMPADDING", (0, 0), (-1, -1), 9),
                    ],
                ),
                Spacer(0, 4),
            ]
        elif kind == "bullets":
            point = style(11, leftIndent=12, bulletIndent=1, spaceAfter=3)
            flow += [Paragraph(markup(said(entry)), point, bulletText="•") for entry in entries] + [Spacer(0, 4)]
        elif kind == "p":
            flow.append(Paragraph(softened(markup(flat(entries))), body))
        elif kind not in ("small", "foot"):
            flow.append(Paragraph(markup(flat(entries)), looks[kind]))
    BaseDocTemplate(
        str(path),
        pagesize=A4,
        title=document["title"],
        author="Merrowby Audio",
        subject=document["title"],
        invariant=1,
        pageTemplates=[
            PageTemplate("cover", columns(17 * mm, height - 92 * mm - 17 * mm - 11 * mm), onPage=cover),
            PageTemplate("rest", columns(122 * mm, height - 122 * mm - 18 * mm), onPage=last),
        ],
    ).build(flow)
