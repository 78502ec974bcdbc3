"""The Word files: press release and proposal, with tables and true footnotes; the messaging document."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

from render.look import CHALK, CLAY, INK, SAND, SLATE, flat
from render.package import brand, properties, save
from render.slides import THEME

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WIDE = 24.5
SHARES = {
    2: [0.4, 0.6],
    3: [0.32, 0.34, 0.34],
    4: [0.3, 0.34, 0.18, 0.18],
    5: [0.26, 0.22, 0.2, 0.14, 0.18],
    6: [0.34, 0.24, 0.12, 0.12, 0.08, 0.1],
    7: [0.28, 0.18, 0.16, 0.1, 0.1, 0.09, 0.09],
}
"""How the columns of the messaging document share its width, by their number."""
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def font(
    thing: Any, name: str, size: float, color: str = INK, bold: bool | None = None, italic: bool | None = None
) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    thing.font.name, thing.font.size, thing.font.bold, thing.font.italic = name, Pt(size), bold, italic
    thing.font.color.rgb = RGBColor.from_string(color.lstrip("#"))
    fonts = thing.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{attribute}"), None)


def new(title: str, normal: float = 10.5) -> Any:
    """An empty document in the styles of the brand."""
    import docx
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.shared import Cm, Pt

    file = docx.Document()
    properties(file, title)
    theme = file.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    brand(theme, THEME, "Caladea", "Clear Sans")
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.6)
    section.top_margin, section.bottom_margin = Cm(2.3), Cm(1.9)
    for name, family, size, color in (
        ("Normal", "Clear Sans", normal, INK),
        ("Title", "Caladea", 24, INK),
        ("Heading 1", "Caladea", 17, INK),
        ("Heading 2", "Caladea", 13, CLAY),
        ("Heading 3", "Clear Sans", 11, INK),
        ("Subtitle", "Clear Sans", 12, SLATE),
        ("Intense Quote", "Caladea", 12.5, CLAY),
        ("Caption", "Clear Sans", 8.5, SLATE),
        ("Header", "Clear Sans", 8.5, SLATE),
        ("Footer", "Clear Sans", 8.5, SLATE),
    ):
        font(
            file.styles[name],
            family,
            size,
            color,
            bold=name.startswith(("Title", "Heading")),
            italic=name == "Intense Quote",
        )
    file.styles["Normal"].paragraph_format.space_after = Pt(5)
    file.styles["Normal"].paragraph_format.line_spacing = 1.1
    return file


def footnotes(file: Any, texts: list[str]) -> None:
    """Add a footnotes part; `w:footnoteReference` in the body points into it by number."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    notes = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:rPr><w:sz w:val="17"/></w:rPr><w:t xml:space="preserve"> {html.escape(text, quote=False)}</w:t></w:r>'
        "</w:p></w:footnote>"
        for number, text in enumerate(texts, 1)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    xml = f'{head}\n<w:footnotes xmlns:w="{W}">{lines}{notes}</w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, xml.encode(), file.part.package)
    file.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def sentences(paragraph: Any, passages: list[dict[str, Any]]) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for index, passage in enumerate(passages):
        paragraph.add_run((" " if index else "") + passage["t"])
        if "footnote" in passage:
            run = paragraph.add_run()
            run.font.superscript = True
            reference = OxmlElement("w:footnoteReference")
            reference.set(qn("w:id"), str(passage["footnote"]))
            run._r.append(reference)
    return paragraph


def shade(cell: Any, color: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    fill = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", color.lstrip("#"))):
        fill.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(fill)


def table(file: Any, rows: list[list[str]], parts: list[float], wide: float = 15.8) -> None:
    """A grid `wide` centimetres across, its first row the headings; `parts` are the columns' shares."""
    from docx.shared import Cm, Pt

    grid = file.add_table(len(rows), len(rows[0]))
    grid.autofit = False
    for column, part in zip(grid.columns, parts, strict=True):
        column.width = Cm(wide * part)
    for index, (row, cells) in enumerate(zip(grid.rows, rows, strict=True)):
        for cell, text, part in zip(row.cells, cells, parts, strict=True):
            cell.width = Cm(wide * part)
            shade(cell, INK if index == 0 else SAND if index % 2 else CHALK)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2.5)
            run = paragraph.add_run(str(text))
            font(run, "Clear Sans", 9.5, CHALK if index == 0 else INK, bold=index == 0)
    gap = file.add_paragraph().paragraph_format
    gap.space_after, gap.line_spacing = 0, Pt(6)


def over_pages(grid: Any) -> None:
    """Let a table run on over pages: its headings stand on each, and no row is cut in two."""
    from docx.oxml import OxmlElement

    for index, row in enumerate(grid.rows):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if index == 0:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True


def render(document: dict[str, Any], path: Path) -> None:
    file = new(document["title"], document.get("size", 10.5))
    section = file.sections[0]
    styles = {"lead": "Subtitle", "quote": "Intense Quote", "p": "Normal"}
    feet = []
    for kind, entries in document["blocks"]:
        if kind in ("header", "footer"):
            getattr(section, kind).paragraphs[0].text = flat(entries)
        elif kind == "footnote":
            feet.append(flat(entries))
        elif kind in ("h1", "h2"):
            file.add_heading(flat(entries), int(kind[1]))
        elif kind == "bullets":
            for entry in entries:
                sentences(file.add_paragraph(style="List Bullet"), entry)
        elif kind == "table":
            table(file, [[str(cell) for cell in entry[0]["cells"]] for entry in entries], [0.5, 0.25, 0.25])
        elif kind != "whole":
            sentences(file.add_paragraph(style=styles[kind]), [passage for entry in entries for passage in entry])
    if feet:
        footnotes(file, feet)
    save(file, path)


def messaging_document(content: Path, path: Path) -> None:
    """The brand team's own messaging document, in landscape, from which a guide can be drafted."""
    from docx.enum.section import WD_ORIENT
    from ruamel.yaml import YAML

    raw = YAML(typ="safe").load(content)
    file = new(raw["title"])
    section = file.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.header.paragraphs[0].text = raw["header"]
    section.footer.paragraphs[0].text = raw["footer"]
    file.add_paragraph(raw["title"], style="Title")
    for block in raw["blocks"]:
        ((kind, value),) = block.items()
        if kind in ("h1", "h2", "h3"):
            file.add_heading(value, int(kind[1]))
        elif kind == "p":
            file.add_paragraph(value)
        elif kind == "bullets":
            for line in value:
                file.add_paragraph(line, style="List Bullet")
        elif kind == "table":
            table(file, value, SHARES[len(value[0])], WIDE)
            over_pages(file.tables[-1])
        else:
            raise ValueError(kind)
    save(file, path)
