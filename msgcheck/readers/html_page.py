"""One pass over the elements of a web page: which of them make blocks, fields, tables and descriptions."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from msgcheck.model import Block, Layer
from msgcheck.readers.blocks import make_block
from msgcheck.readers.html_around import Around, inside, is_hidden
from msgcheck.readers.html_blocks import PageBlocks
from msgcheck.readers.html_css import StyleSheet
from msgcheck.readers.html_elements import (
    BLOCK_DISPLAYS,
    BLOCKS,
    BUTTONS,
    META,
    UNSEEN,
    WRITTEN_IN,
    grid,
    picture_text,
    text_of,
)
from msgcheck.readers.options import ReadOptions
from msgcheck.readers.tables import Cell, column_headings, heading_rows, headings_over, is_layout, shown

_MOST_LINES = 65_535
"""Above which libxml2 does not count the lines of a page."""


class Page:
    """Walks the tree of a page and gives what it meets to `blocks`; `gaps` counts what it passes over."""

    def __init__(self, sheet: StyleSheet, options: ReadOptions, blocks: PageBlocks) -> None:
        self._sheet = sheet
        self._options = options
        self._blocks = blocks
        self._links = 0
        self.gaps: Counter[str] = Counter()

    def read(self, root: Any) -> list[Block | None]:
        """The blocks of the page under `root`, descriptions in its head before them."""
        self._head(root)
        body = root.find("body")
        self._walk(root if body is None else body, Around())
        self._blocks.flush(Around())
        return self._blocks.out

    def _head(self, root: Any) -> None:
        for title in root.iterfind("head/title"):
            self._blocks.describe(" ".join("".join(title.itertext()).split()), title, "heading")
        for meta in root.iter("meta"):
            if (meta.get("name") or meta.get("property") or "").lower() in META:
                self._blocks.describe(" ".join((meta.get("content") or "").split()), meta)
        self._blocks.flush(Around())

    # ------------------------------------------------------------------ elements
    def _walk(self, element: Any, around: Around, link: int = 0) -> None:
        if element.text:
            self._blocks.text(element.text, around, link)
        flexed = self._sheet.look(element).display in ("flex", "grid")
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, around, link, flexed)
            if child.tail:
                self._blocks.text(child.tail, around, link)

    def _child(self, child: Any, around: Around, link: int, flexed: bool) -> None:
        tag = child.tag
        if child.sourceline and child.sourceline < _MOST_LINES:
            self._blocks.line = max(self._blocks.line, child.sourceline)
        if tag in UNSEEN:
            self._blocks.line += "".join(child.itertext()).count("\n")
            return
        look = self._sheet.look(child)
        block = (tag in BLOCKS or look.display in BLOCK_DISPLAYS or flexed) and look.display != "inline"
        hidden = is_hidden(child, tag, look.display, look.visibility)
        if hidden or (look.aside and around.layer != "hidden"):
            self._set_apart(child, around, "hidden" if hidden or around.layer == "hidden" else "description", block)
            return
        self._attributes(child, tag, around)
        if tag == "br":
            self._blocks.line_break()
        elif tag == "hr":
            self._blocks.flush(around)
        elif tag in ("input", "textarea"):
            self._field(child, tag, around)
        elif tag == "table" and around.layer != "hidden" and look.display not in ("block", "flex", "grid"):
            self._table(child, around)
        elif tag == "svg":
            self._picture_text(child, around)
        elif tag == "img":
            self.gaps["picture"] += 1
        elif tag == "q":
            self._blocks.text("\u201c", around, link)
            self._walk(child, around, link)
            self._blocks.text("\u201d", around, link)
        elif block:
            self._blocks.flush(around)
            link = self._link(tag, link)
            within, begin = inside(child, tag, around), len(self._blocks.out)
            self._walk(child, within, link)
            self._blocks.flush(within)
            if len(child) > 1:
                self._blocks.join_figure(begin)
        else:
            raised = tag == "sup" or look.raised
            self._walk(child, replace(around, raised=True) if raised else around, self._link(tag, link))

    def _link(self, tag: str, around: int) -> int:
        """The number of the link that an element's text is in: its own, or the one around it."""
        if tag != "a":
            return around
        self._links += 1
        return self._links

    def _set_apart(self, element: Any, around: Around, layer: Layer, block: bool) -> None:
        """Reads an element that a browser does not show, without breaking the paragraph that it may stand in."""
        if element.tag in ("iframe", "video", "audio", "object", "canvas"):
            self.gaps["embedded-object"] += 1
        if block or (len(element) and any(child.tag in BLOCKS for child in element)):
            self._blocks.flush(around)
            within = replace(inside(element, element.tag, around), layer=layer, navigation=False)
            with self._blocks.apart():
                self._walk(element, within)
                self._blocks.flush(within)
            return
        text = " ".join("".join(text_of(element)).split())
        if text:
            self._blocks.later(text, layer, self._blocks.line)

    # ------------------------------------------------------------------ attributes, fields, pictures
    def _attributes(self, element: Any, tag: str, around: Around) -> None:
        if around.layer == "hidden":
            return
        for key in ("alt", "aria-label", "title", "placeholder", "aria-description"):
            self._blocks.describe(" ".join((element.get(key) or "").split()), element)
        if tag == "optgroup":
            self._blocks.describe(" ".join((element.get("label") or "").split()), element)

    def _field(self, element: Any, tag: str, around: Around) -> None:
        kind = (element.get("type") or "").lower()
        if tag == "textarea":
            text = "".join(element.itertext())
        elif kind in BUTTONS or kind in WRITTEN_IN:
            text = element.get("value") or ""
        else:
            return
        self._blocks.alone(text, around, self._blocks.line)

    def _picture_text(self, svg: Any, around: Around) -> None:
        for element in svg.iter():
            if element.tag in ("title", "desc"):
                self._blocks.describe(" ".join("".join(element.itertext()).split()), element)
            elif element.tag == "text":
                self._blocks.alone(picture_text(element), around, element.sourceline or self._blocks.line)

    # ------------------------------------------------------------------ tables
    def _table(self, table: Any, around: Around) -> None:
        self._blocks.flush(around)
        within = replace(around, kind="paragraph", level=0, lists=0)
        presentational = (table.get("role") or "").lower() in ("presentation", "none")
        if presentational or sum(1 for _ in table.iter("table")) > 1:     # told before cells are read, lest tables in
            self._walk_rows(table, within)                                # tables are read once more at each level
            return
        unseen = {row: layer for row in table.iter("tr") if (layer := self._unseen(row)) is not None}
        rows = [row for row in table.iter("tr") if row not in unseen]
        told, gaps = self._blocks.told, self.gaps.copy()
        read = [[self._cell(cell, column, span, within) for cell, column, span in row] for row in grid(rows)]
        if is_layout([[cell for cell, _ in row] for row in read]):
            self._blocks.back_to(told)
            self.gaps = gaps
            self._walk_rows(table, within)
            return
        for caption in table.iterfind("caption"):
            self._child(caption, around, 0, False)
        plain = [[cell for cell, _ in row] for row in read]
        marked = sum(1 for row in rows if row.getparent().tag == "thead")
        head = heading_rows(plain, marked)
        headings = column_headings(plain, head)
        places = {row: index for index, row in enumerate(rows)}
        for row in table.iter("tr"):
            if row in unseen:
                self._set_apart(row, within, unseen[row], True)
                continue
            index = places[row]
            cells = shown(plain[index])
            texts = tuple(cell.text for cell in cells)
            line = row.sourceline or self._blocks.line
            self._blocks.out.append(make_block(
                " ".join(texts), "table-row", around.layer, self._blocks.place(line), cells=texts,
                heading=self._blocks.heading if around.layer == "body" else "",
                columns=headings_over(cells, headings) if index >= head else (),
            ))
            self._blocks.out.extend(block for _, others in read[index] for block in others)

    def _unseen(self, row: Any) -> Layer | None:
        """The layer of a row that a browser does not show, by itself or by its part of the table; None if it does."""
        layer: Layer | None = None
        for one in (row, row.getparent()):
            look = self._sheet.look(one)
            if one.tag != "table" and is_hidden(one, one.tag, look.display, look.visibility):
                return "hidden"
            layer = "description" if look.aside and one.tag != "table" else layer
        return layer

    def _walk_rows(self, table: Any, around: Around) -> None:
        """A table that only places things: its cells one after another."""
        for child in table:
            if isinstance(child.tag, str) and child.tag not in ("colgroup", "col"):
                self._child(child, around, 0, False)
        self._blocks.flush(around)

    def _cell(self, cell: Any, column: int, span: int, around: Around) -> tuple[Cell, list[Block]]:
        """What a cell shows, and the blocks in it that are of another layer."""
        of_cell = self._blocks.of_cell(cell.sourceline or self._blocks.line)
        page = Page(self._sheet, self._options, of_cell)
        page._child(cell, around, 0, False)
        self.gaps.update(page.gaps)
        of_cell.flush(around)
        blocks = [block for block in of_cell.out if block is not None]
        mine = [block for block in blocks if block.layer == around.layer]
        rich = any(block.kind in ("heading", "table-row") for block in mine) and cell.tag == "td"
        rich = rich or sum(block.kind == "list-item" for block in mine) > 1
        texts = tuple(block.text for block in mine)
        return Cell(texts, column, span, cell.tag == "th", rich), [one for one in blocks if one.layer != around.layer]
