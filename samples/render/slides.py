"""The decks: wide slides with titles, lists, tables, groups within groups, text boxes side by side, and notes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from render.look import CHALK, CLAY, INK, MOSS, SAND, SLATE, said
from render.package import brand, properties, save

THEME = {
    "dk1": INK,
    "lt1": CHALK,
    "dk2": INK,
    "lt2": SAND,
    "accent1": CLAY,
    "accent2": MOSS,
    "accent3": SLATE,
    "accent4": INK,
    "accent5": SAND,
    "accent6": MOSS,
    "hlink": CLAY,
    "folHlink": SLATE,
}
LEFT, WIDE = 0.8, 11.7  # inches: the margin, and the width of what stands in it


def color(value: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor(*bytes.fromhex(value.lstrip("#")))  # type: ignore[no-untyped-call]  # python-pptx has no types for it


def paint(shape: Any, value: str) -> None:
    shape.fill.solid()
    shape.fill.fore_color.rgb = color(value)
    shape.line.fill.background()
    shape.shadow.inherit = False


def write(
    frame: Any, lines: list[str], size: float, ink: str = INK, font: str | None = None, italic: bool = False
) -> None:
    from pptx.util import Pt

    frame.word_wrap = True
    for index, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(size / 2.4)
        run = paragraph.add_run()
        run.text, run.font.size, run.font.italic = line, Pt(size), italic or None
        run.font.color.rgb = color(ink)
        if font:
            run.font.name = font


def picture(slide: Any, left: float, bottom: float, high: float, value: str) -> None:
    """A vase as a freeform shape, drawn like the one of the brochure."""
    from pptx.util import Inches

    curves = (
        ((18, 0), (20, 12), (40, 30), (36, 52)),
        ((36, 52), (33, 68), (13, 70), (13, 84)),
        ((13, 84), (13, 92), (20, 96), (24, 100)),
    )
    half = [
        tuple(
            sum(
                weight * point[axis]
                for weight, point in zip(
                    ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3), curve, strict=True
                )
            )
            for axis in (0, 1)
        )
        for curve in curves
        for t in (step / 10 for step in range(11))
    ]
    points = [(left + x * high / 100, bottom - y * high / 100) for x, y in half]
    points += [(left - x * high / 100, bottom - y * high / 100) for x, y in reversed(half)]
    pen = slide.shapes.build_freeform(Inches(points[0][0]), Inches(points[0][1]))
    pen.add_line_segments([(Inches(x), Inches(y)) for x, y in points[1:]], close=True)
    paint(pen.convert_to_shape(), value)


def table(slide: Any, entries: list[Any], top: float) -> float:
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Inches, Pt

    rows = [entry[0]["cells"] for entry in entries]
    count = len(rows[0])
    shape = slide.shapes.add_table(len(rows), count, Inches(LEFT), Inches(top), Inches(WIDE), Inches(0.68 * len(rows)))
    grid = shape.table
    widths = {2: (0.32, 0.68), 3: (0.22, 0.44, 0.34)}[count]
    for column, part in zip(grid.columns, widths, strict=True):
        column.width = Inches(WIDE * part)
    for index, (row, cells) in enumerate(zip(grid.rows, rows, strict=True)):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.fill.solid()
            cell.fill.fore_color.rgb = color(INK if index == 0 else SAND if index % 2 else CHALK)
            write(cell.text_frame, [str(text)], 20, CHALK if index == 0 else INK)
            cell.text_frame.paragraphs[0].space_after = Pt(0)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    return top + 0.68 * len(rows) + 0.25


def bullets(slide: Any, lines: list[str], top: float, kind: str) -> float:
    from pptx.util import Inches

    box = slide.placeholders[1]
    high = 0.78 * sum(1 + len(line) // 76 for line in lines) + 0.2
    box.left, box.top, box.width, box.height = Inches(LEFT), Inches(top), Inches(WIDE), Inches(high)
    write(box.text_frame, lines, 26)
    for paragraph in box.text_frame.paragraphs:
        settings = paragraph._p.get_or_add_pPr()
        settings.set("marL", "342900")
        settings.set("indent", "-342900")
        mark = settings.makeelement(
            "{http://schemas.openxmlformats.org/drawingml/2006/main}" + ("buAutoNum" if kind == "steps" else "buChar"),
            {"type": "arabicPeriod"} if kind == "steps" else {"char": "•"},
        )
        settings.append(mark)
    return top + high + 0.1


def group(slide: Any, lines: list[str], top: float) -> float:
    """Three cards: the first in a group, the others in a group within it."""
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Inches

    outer = slide.shapes.add_group_shape()
    inner = outer.shapes.add_group_shape()
    wide = (WIDE - 0.35 * 2) / 3
    for index, line in enumerate(lines):
        home = outer if index == 0 else inner
        card = home.shapes.add_shape(
            MSO_SHAPE.ROUNDED_RECTANGLE, Inches(LEFT + index * (wide + 0.35)), Inches(top), Inches(wide), Inches(2.4)
        )
        card.adjustments[0] = 0.08
        paint(card, (CLAY, MOSS, INK)[index % 3])
        card.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        write(card.text_frame, [line], 26, CHALK)
    return top + 2.65


def textbox(slide: Any, lines: list[str], kind: str, top: float) -> float:
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
    from pptx.util import Inches

    half = (WIDE - 0.5) / 2
    left = LEFT + half + 0.5 if kind == "right" else LEFT
    wide = half if kind in ("left", "right") else WIDE
    look = {"small": (13, SLATE, None, False), "text": (25, CLAY, "Caladea", True)}.get(kind, (24, INK, None, False))
    size, ink, font, italic = look
    high = size / 46 * sum(1 + len(line) // int(wide * 150 / size) for line in lines) + 0.3 * len(lines)
    box = slide.shapes.add_textbox(Inches(left), Inches(6.45 if kind == "small" else top), Inches(wide), Inches(high))
    if kind in ("left", "right"):
        box.fill.solid()
        box.fill.fore_color.rgb = color(SAND)
        box.text_frame.auto_size = MSO_AUTO_SIZE.NONE
        box.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        box.text_frame.margin_left = box.text_frame.margin_right = Inches(0.3)
        high = 3.2
    write(box.text_frame, lines, size, ink, font, italic)
    if kind in ("left", "right"):
        box.height = Inches(high)
    return top if kind in ("left", "small") else top + high + 0.1


def open_slide(deck: Any, title: str, cover: bool, listed: bool) -> Any:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Inches

    slide = deck.slides.add_slide(deck.slide_layouts[0 if cover else 1 if listed else 5])
    if cover:
        slide.background.fill.solid()
        slide.background.fill.fore_color.rgb = color(INK)
        for left, high, value in ((9.2, 2.6, MOSS), (10.9, 3.7, SAND), (12.3, 2.1, CLAY)):
            picture(slide, left, 7.5, high, value)
    else:
        rule = slide.shapes.add_shape(1, Inches(0), Inches(0), Inches(0.22), Inches(7.5))
        paint(rule, CLAY)
        picture(slide, 12.4, 7.5, 1.35, SAND)
    box = slide.shapes.title
    box.left, box.top, box.width, box.height = (
        Inches(LEFT),
        Inches(1.8 if cover else 0.55),
        Inches(8 if cover else WIDE),
        Inches(1.6 if cover else 0.9),
    )
    font = "Times New Roman" if title == "Risk" else "Caladea"
    write(box.text_frame, [title], 46 if cover else 36, CHALK if cover else INK, font)
    box.text_frame.paragraphs[0].runs[0].font.bold = True
    box.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    box.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    return slide


def render(document: dict[str, Any], path: Path) -> None:
    import pptx
    from pptx.enum.text import PP_ALIGN
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.util import Inches

    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    properties(deck, document["title"])
    brand(deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME), THEME, "Caladea", "Clear Sans")
    blocks = [block for block in document["blocks"] if block[0] != "whole"]
    top = 1.75
    for index, (kind, entries) in enumerate(blocks):
        lines = [said(entry) for entry in entries]
        if kind in ("title", "cover"):
            rest = [later for later, _ in blocks[index + 1 :]]
            here = rest[: rest.index("title")] if "title" in rest else rest
            slide, top = open_slide(deck, lines[0], kind == "cover", "bullets" in here or "steps" in here), 1.75
        elif kind == "subtitle":
            box = slide.placeholders[1]
            box.left, box.top, box.width, box.height = Inches(LEFT), Inches(3.5), Inches(7.6), Inches(0.8)
            write(box.text_frame, lines, 20, SAND)
            box.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        elif kind == "note":
            slide.notes_slide.notes_text_frame.text = "\n".join(lines)
        elif kind == "table":
            top = table(slide, entries, top)
        elif kind in ("bullets", "steps"):
            top = bullets(slide, lines, top, kind)
        elif kind == "group":
            top = group(slide, lines, top)
        else:
            top = textbox(slide, lines, kind, top)
    save(deck, path)
