"""The brand as it is drawn: colours, fonts, the vase that speaks. The same values stand in rules/_brand.yml."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

FONTS = Path(__file__).resolve().parent.parent / "fonts"
INK, CLAY, SAND, MOSS, CHALK, SLATE = "#22314A", "#B9502B", "#F4EDE1", "#566F4E", "#FFFFFF", "#5B6473"
NEAR_CLAY = "#C4562E"  # not in the palette; for the samples of `brand-color`


def said(entry: list[dict[str, Any]]) -> str:
    return " ".join(passage["t"] for passage in entry)


def flat(entries: list[list[dict[str, Any]]]) -> str:
    return " ".join(said(entry) for entry in entries)


def markup(text: str) -> str:
    return html.escape(text, quote=False)


def softened(text: str) -> str:
    """`text` with soft hyphens in its long words, between two consonants, so that narrow columns can break them."""
    return re.sub(
        r"\b[a-z]{9,}\b",
        lambda word: re.sub(r"(?<=[a-z]{3})(?<=[^aeiouy])(?=[^aeiouyh][aeiou][a-z])", "\u00ad", word[0]),
        text,
    )


def fonts() -> None:
    """Make the fonts of the brand known to reportlab."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name in ("ClearSans-Regular", "ClearSans-Bold", "ClearSans-Italic", "Caladea-Bold", "Caladea-Italic"):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))


def style(size: float, font: str = "ClearSans-Regular", color: str = INK, lead: float = 1.36, **more: Any) -> Any:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle

    return ParagraphStyle(
        f"{font}{size}",
        fontName=font,
        fontSize=size,
        leading=size * lead,
        textColor=HexColor(color),
        **{"embeddedHyphenation": 1, "bulletFontName": "ClearSans-Regular", **more},
    )


def vase(canvas: Any, x: float, y: float, height: float, color: str) -> None:
    """A vase that stands on (x, y), `height` points high."""
    from reportlab.lib.colors import HexColor

    unit = height / 100
    path = canvas.beginPath()
    path.moveTo(x - 18 * unit, y)
    path.lineTo(x + 18 * unit, y)
    path.curveTo(x + 20 * unit, y + 12 * unit, x + 40 * unit, y + 30 * unit, x + 36 * unit, y + 52 * unit)
    path.curveTo(x + 33 * unit, y + 68 * unit, x + 13 * unit, y + 70 * unit, x + 13 * unit, y + 84 * unit)
    path.curveTo(x + 13 * unit, y + 92 * unit, x + 20 * unit, y + 96 * unit, x + 24 * unit, y + 100 * unit)
    path.lineTo(x - 24 * unit, y + 100 * unit)
    path.curveTo(x - 20 * unit, y + 96 * unit, x - 13 * unit, y + 92 * unit, x - 13 * unit, y + 84 * unit)
    path.curveTo(x - 13 * unit, y + 70 * unit, x - 33 * unit, y + 68 * unit, x - 36 * unit, y + 52 * unit)
    path.curveTo(x - 40 * unit, y + 30 * unit, x - 20 * unit, y + 12 * unit, x - 18 * unit, y)
    path.close()
    canvas.setFillColor(HexColor(color))
    canvas.drawPath(path, stroke=0, fill=1)


def waves(canvas: Any, x: float, y: float, radius: float, color: str, count: int = 4) -> None:
    """Sound that leaves (x, y) to the right: arcs of growing radius."""
    from reportlab.lib.colors import HexColor

    canvas.setStrokeColor(HexColor(color))
    canvas.setLineCap(1)
    for index in range(1, count + 1):
        canvas.setLineWidth(radius / 14)
        far = radius * index / count
        canvas.arc(x - far, y - far, x + far, y + far, startAng=-32, extent=64)


def grid(entries: list[list[dict[str, Any]]], widths: list[float], size: float = 8.6) -> Any:
    """A table of passages with `cells`; its first row is the heading."""
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Paragraph, Table

    head = style(size, "ClearSans-Bold", CHALK, 1.22)
    cell = style(size, lead=1.25)
    rows = [
        [Paragraph(markup(str(text)), head if index == 0 else cell) for text in entry[0]["cells"]]
        for index, entry in enumerate(entries)
    ]
    return Table(
        rows,
        colWidths=widths,
        hAlign="LEFT",
        style=[
            ("BACKGROUND", (0, 0), (-1, 0), HexColor(INK)),
            ("ROWBACKGROUNDS", (0, 1), (-1, -1), [HexColor(SAND), HexColor(CHALK)]),
            ("LINEBELOW", (0, -1), (-1, -1), 0.8, HexColor(CLAY)),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ],
    )
