"""Web pages: the text that a browser shows, block by block; navigation, descriptions and hidden text told apart."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from msgcheck.model import Block, BlockKind, Document, Layer, Location, Reason
from msgcheck.readers.blocks import build_document, make_block
from msgcheck.readers.context import Context
from msgcheck.readers.decoding import decode
from msgcheck.readers.figures import counts
from msgcheck.readers.html_css import StyleSheet
from msgcheck.readers.html_elements import (
    BLOCK_DISPLAYS,
    BLOCKS,
    BUTTONS,
    CODE,
    HIDDEN,
    META,
    NAVIGATION,
    SECTIONS,
    UNSEEN,
    WRITTEN_IN,
    grid,
    names_of,
    text_of,
)
from msgcheck.readers.html_inline import Inline
from msgcheck.readers.html_looks import PageLooks
from msgcheck.readers.looks import FAILURES, Looks
from msgcheck.readers.options import ReadOptions
from msgcheck.readers.tables import Cell, column_headings, heading_rows, headings_over, is_layout, shown

_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]+)", re.IGNORECASE,
)
_SPACE = re.compile(r"[ \t\n\f]+")
_MOST_LINES = 65_535
"""Above which libxml2 does not count the lines of a page."""


@dataclass(frozen=True, slots=True)
class _Around:
    """What holds for the text within an element."""

    layer: Layer = "body"
    kind: BlockKind = "paragraph"
    level: int = 0
    lists: int = 0                       # how many lists are around it
    code: bool = False
    navigation: bool = False
    header: bool = False                 # in the page's own header
    part: str = ""                       # 'dt' or 'dd' of a list of descriptions
    sectioned: bool = False              # within an article, section or main: its header and footer are not the page's


def read(data: bytes, name: str, options: ReadOptions) -> Document:
    """The page `data`; nothing it refers to is fetched and no script is run."""
    declared = _DECLARED.search(data[:65536])
    found = decode(data, (declared.group(1) or declared.group(2)).decode("ascii", "ignore") if declared else "")
    looks = Looks()
    blocks, reasons, gaps = read_markup(found.text, options, looks=looks)
    return build_document(
        name, "html", data, blocks, reasons=(*found.reasons, *reasons), gaps=gaps, looks=looks.found(),
    )


def read_markup(
    markup: str, options: ReadOptions, first_line: int = 1, looks: Looks | None = None,
) -> tuple[list[Block], list[Reason], list[tuple[str, int]]]:
    """The blocks of a page or a piece of one whose first line is `first_line` of its document; reasons; gaps. `looks`
    takes the colours and fonts.
    """
    from lxml import etree

    parser = etree.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8", recover=True,
    )
    try:
        root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        return [], [], []
    reasons = []
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        text = "The page nests deeper than msgcheck follows; what lies deeper was not read."
        reasons.append(Reason("too-deep", "", text))
    css = "\n".join(style.text or "" for style in root.iter("style") if _for_screens(style))
    sheet = StyleSheet(css)
    page = _Page(sheet, options, first_line)
    blocks = [block for block in page.read(root) if block is not None]
    if looks is not None:
        with contextlib.suppress(*FAILURES):
            PageLooks(looks, css, sheet, first_line).read(root)
    return _running_once(blocks), reasons, sorted(page.gaps.items())


def _running_once(blocks: list[Block]) -> list[Block]:
    """Pages have their menus several times, for wide and narrow screens and at their end: each text once, counted."""
    counts = Counter(block.text for block in blocks if block.layer == "running")
    once: list[Block] = []
    for block in blocks:
        if block.layer != "running":
            once.append(block)
        elif counts[block.text]:
            once.append(replace(block, count=counts.pop(block.text)))
    return once


def _for_screens(style: Any) -> bool:
    return (style.get("media") or "all").strip().lower() in ("all", "screen", "only screen", "")


class _Page:
    """One pass over the tree, filling inline text until a block ends."""

    def __init__(self, sheet: StyleSheet, options: ReadOptions, first_line: int) -> None:
        self._sheet = sheet
        self._options = options
        self._shift = first_line - 1
        self._context = Context()
        self._inline = Inline()
        self._out: list[Block | None] = []
        self._later: list[tuple[str, Layer, int]] = []     # hidden or described within a paragraph that is not done
        self._described: set[str] = set()
        self._line = 1
        self._term = ""
        self._links = 0
        self.gaps: Counter[str] = Counter()

    def read(self, root: Any) -> list[Block | None]:
        self._head(root)
        body = root.find("body")
        self._walk(root if body is None else body, _Around())
        self._flush(_Around())
        return self._out

    def _head(self, root: Any) -> None:
        for title in root.iterfind("head/title"):
            self._describe(" ".join("".join(title.itertext()).split()), title, "heading")
        for meta in root.iter("meta"):
            if (meta.get("name") or meta.get("property") or "").lower() in META:
                self._describe(" ".join((meta.get("content") or "").split()), meta)
        for block in self._later:
            self._emit_later(*block)
        self._later = []

    # ------------------------------------------------------------------ elements
    def _walk(self, element: Any, around: _Around, link: int = 0) -> None:
        if element.text:
            self._text(element.text, around, link)
        flexed = self._sheet.look(element).display in ("flex", "grid")
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, around, link, flexed)
            if child.tail:
                self._text(child.tail, around, link)

    def _child(self, child: Any, around: _Around, link: int, flexed: bool) -> None:
        tag = child.tag
        if child.sourceline and child.sourceline < _MOST_LINES:
            self._line = max(self._line, child.sourceline)
        if tag in UNSEEN:
            return
        look = self._sheet.look(child)
        block = (tag in BLOCKS or look.display in BLOCK_DISPLAYS or flexed) and look.display != "inline"
        hidden = self._is_hidden(child, tag, look.display, look.visibility)
        if hidden or (look.aside and around.layer != "hidden"):
            self._set_apart(child, around, "hidden" if hidden or around.layer == "hidden" else "description", block)
            return
        self._attributes(child, tag, around)
        if tag in ("br", "hr"):
            self._break(tag, around)
        elif tag in ("input", "textarea"):
            self._field(child, tag, around)
        elif tag == "table" and around.layer != "hidden" and look.display not in ("block", "flex", "grid"):
            self._table(child, around)
        elif tag == "svg":
            self._picture_text(child, around)
        elif tag == "img":
            self.gaps["picture"] += 1
        elif tag == "q":
            self._text("\u201c", around, link)
            self._walk(child, around, link)
            self._text("\u201d", around, link)
        elif block:
            self._flush(around)
            inside, begin = self._inside(child, tag, around), len(self._out)
            self._walk(child, inside, link)
            self._flush(inside)
            if len(child) > 1:
                self._join_figure(begin)
        else:
            if tag == "a":
                self._links += 1
                link = self._links
            self._walk(child, around, link)

    @staticmethod
    def _is_hidden(element: Any, tag: str, display: str, visibility: str) -> bool:
        if tag in HIDDEN or (tag == "dialog" and element.get("open") is None):
            return True
        if tag == "input" and (element.get("type") or "").lower() == "hidden":
            return False
        if display == "none" or visibility in ("hidden", "collapse"):
            return True
        if element.get("hidden") is not None and not display:
            return True
        return (element.get("aria-hidden") or "").lower() == "true"

    def _set_apart(self, element: Any, around: _Around, layer: Layer, block: bool) -> None:
        """Reads an element that a browser does not show, without breaking the paragraph that it may stand in."""
        if element.tag in ("iframe", "video", "audio", "object", "canvas"):
            self.gaps["embedded-object"] += 1
        if block or (len(element) and any(child.tag in BLOCKS for child in element)):
            self._flush(around)
            inside = replace(self._inside(element, element.tag, around), layer=layer, navigation=False)
            mine, self._context = self._context, Context()
            self._walk(element, inside)
            self._flush(inside)
            self._context = mine
            return
        text = " ".join("".join(text_of(element)).split())
        if text:
            self._later.append((text, layer, self._line))

    def _inside(self, element: Any, tag: str, around: _Around) -> _Around:
        role = (element.get("role") or "").lower()
        if tag == "nav" or role in ("navigation", "menubar") or names_of(element) & NAVIGATION:
            around = replace(around, navigation=True, layer="running" if around.layer == "body" else around.layer)
        if not around.sectioned:
            if tag == "footer" or role == "contentinfo":
                around = replace(around, layer="running" if around.layer == "body" else around.layer)
            elif tag == "header" or role == "banner":
                around = replace(around, header=True)
        if tag in SECTIONS:
            around = replace(around, sectioned=True)
        if tag in ("ul", "ol", "menu", "dir"):
            return replace(around, lists=around.lists + 1, kind="paragraph")
        if tag == "li":
            return replace(around, kind="list-item", level=max(around.lists, 1))
        if re.fullmatch(r"h[1-6]", tag):
            return replace(around, kind="heading", level=int(tag[1]))
        if role == "heading":
            level = element.get("aria-level") or ""
            return replace(around, kind="heading", level=int(level) if level.isdecimal() else 2)
        if tag in ("figcaption", "caption"):
            return replace(around, kind="caption", level=0)
        if tag in CODE:
            return replace(around, code=True, layer="code" if around.layer in ("body", "running") else around.layer)
        if tag in ("section", "article", "main", "dt", "dd", "option", "label", "button", "summary", "legend", "aside"):
            listed, part = tag == "option", tag if tag in ("dt", "dd") else around.part
            return replace(around, kind="list-item" if listed else "paragraph", level=1 if listed else 0, part=part)
        return around

    # ------------------------------------------------------------------ text
    def _text(self, text: str, around: _Around, link: int) -> None:
        head = text[: len(text) - len(text.lstrip())]
        self._inline.add(text if around.code else _SPACE.sub(" ", text), self._line + head.count("\n"), link)
        self._line += text.count("\n")

    def _break(self, tag: str, around: _Around) -> None:
        if tag == "hr":
            self._flush(around)
        else:
            self._inline.add("\n", self._line, 0)

    def _flush(self, around: _Around) -> None:
        for text, line, linked in self._inline.take(around.code, around.navigation):
            self._emit(text, line, linked, around)
        later, self._later = self._later, []
        for text, layer, line in later:
            self._emit_later(text, layer, line)

    def _emit(self, text: str, line: int, linked: bool, around: _Around) -> None:
        layer, kind, level = around.layer, around.kind, around.level
        if layer == "body" and linked and around.header and kind != "heading":
            layer = "running"
        if kind == "paragraph" and around.navigation and linked:
            kind, level = "list-item", 1
        heading, lead = "", ""
        if layer == "body":
            heading = self._context.heading
            if kind == "heading":
                self._context.see_heading(text)
            elif kind == "list-item":
                lead = self._context.see_item(text, level)
            elif kind == "paragraph":
                lead = self._term if around.part == "dd" else ""
                self._term = text if around.part == "dt" else self._term
                self._context.see_paragraph(text)
        self._out.append(make_block(
            text, kind, layer, self._place(line), heading=heading, lead_in=lead,
            level=level if kind in ("heading", "list-item") else 0,
        ))

    def _join_figure(self, begin: int) -> None:
        """A box that holds a figure and the words under it, and nothing else, is one block."""
        if len(self._out) != begin + 2:
            return
        figure, words = self._out[begin:]
        if figure is None or words is None or not figure.layer == words.layer == "body" or words.kind != "paragraph":
            return
        if figure.kind in ("paragraph", "heading") and counts(figure.text, words.text):
            self._context.heading = figure.heading
            self._out[begin:] = [make_block(
                f"{figure.text}\n{words.text}", "paragraph", "body", figure.location, heading=figure.heading,
            )]

    def _emit_later(self, text: str, layer: Layer, line: int) -> None:
        self._out.append(make_block(text, "paragraph", layer, self._place(line)))

    def _place(self, line: int) -> Location:
        return Location("line", line + self._shift, f"line {line + self._shift}")

    # ------------------------------------------------------------------ attributes, fields, pictures
    def _attributes(self, element: Any, tag: str, around: _Around) -> None:
        if around.layer == "hidden":
            return
        for key in ("alt", "aria-label", "title", "placeholder", "aria-description"):
            self._describe(" ".join((element.get(key) or "").split()), element)
        if tag == "optgroup":
            self._describe(" ".join((element.get("label") or "").split()), element)

    def _describe(self, text: str, element: Any, kind: BlockKind = "paragraph") -> None:
        if text and text not in self._described:
            self._described.add(text)
            line = element.sourceline or self._line
            if kind == "heading":
                self._out.append(make_block(text, kind, "description", self._place(line), level=0))
            else:
                self._later.append((text, "description", line))

    def _field(self, element: Any, tag: str, around: _Around) -> None:
        kind = (element.get("type") or "").lower()
        if tag == "textarea":
            text = "".join(element.itertext())
        elif kind in BUTTONS or kind in WRITTEN_IN:
            text = element.get("value") or ""
        else:
            return
        self._flush(around)
        self._inline.add(_SPACE.sub(" ", text), self._line, 0)
        self._flush(replace(around, kind="paragraph", level=0))

    def _picture_text(self, svg: Any, around: _Around) -> None:
        for element in svg.iter():
            if element.tag in ("title", "desc"):
                self._describe(" ".join("".join(element.itertext()).split()), element)
            elif element.tag == "text":
                self._flush(around)
                self._inline.add(" ".join("".join(element.itertext()).split()), element.sourceline or self._line, 0)
                self._flush(replace(around, kind="paragraph", level=0))

    # ------------------------------------------------------------------ tables
    def _table(self, table: Any, around: _Around) -> None:
        self._flush(around)
        inside = replace(around, kind="paragraph", level=0, lists=0)
        presentational = (table.get("role") or "").lower() in ("presentation", "none")
        if presentational or sum(1 for _ in table.iter("table")) > 1:     # told before cells are read, lest tables in
            self._walk_rows(table, inside)                                # tables are read once more at each level
            return
        rows = list(table.iter("tr"))
        read = [[self._cell(cell, column, span, inside) for cell, column, span in row] for row in grid(rows)]
        if is_layout([[cell for cell, _ in row] for row in read]):
            self._walk_rows(table, inside)
            return
        for caption in table.iterfind("caption"):
            self._child(caption, around, 0, False)
        plain = [[cell for cell, _ in row] for row in read]
        marked = sum(1 for row in rows if row.getparent().tag == "thead")
        head = heading_rows(plain, marked)
        headings = column_headings(plain, head)
        for index, row in enumerate(rows):
            if self._sheet.look(row).display == "none":
                continue
            cells = shown(plain[index])
            texts = tuple(cell.text for cell in cells)
            line = row.sourceline or self._line
            self._out.append(make_block(
                " ".join(texts), "table-row", around.layer, self._place(line), cells=texts,
                heading=self._context.heading if around.layer == "body" else "",
                columns=headings_over(cells, headings) if index >= head else (),
            ))
            self._out.extend(block for _, others in read[index] for block in others)

    def _walk_rows(self, table: Any, around: _Around) -> None:
        """A table that only places things: its cells one after another."""
        for child in table:
            if isinstance(child.tag, str) and child.tag not in ("colgroup", "col"):
                self._child(child, around, 0, False)
        self._flush(around)

    def _cell(self, cell: Any, column: int, span: int, around: _Around) -> tuple[Cell, list[Block]]:
        """What a cell shows, and the blocks in it that are of another layer."""
        page = _Page(self._sheet, self._options, self._shift + 1)
        page._line = cell.sourceline or self._line
        page._described = self._described
        page._child(cell, around, 0, False)
        page._flush(around)
        blocks = [block for block in page._out if block is not None]
        mine = [block for block in blocks if block.layer == around.layer]
        rich = any(block.kind in ("heading", "table-row") for block in mine) and cell.tag == "td"
        rich = rich or sum(block.kind == "list-item" for block in mine) > 1
        texts = tuple(block.text for block in mine)
        return Cell(texts, column, span, cell.tag == "th", rich), [one for one in blocks if one.layer != around.layer]
