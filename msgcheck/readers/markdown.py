"""Markdown: CommonMark with tables, footnotes, lists of descriptions and front matter, as markdown-it reads it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from msgcheck.model import Block, BlockKind, Document, Location, Reason
from msgcheck.readers.blocks import build_document, make_block
from msgcheck.readers.context import Context
from msgcheck.readers.decoding import decode
from msgcheck.readers.html import read_markup
from msgcheck.readers.options import ReadOptions
from msgcheck.readers.raised import joined
from msgcheck.readers.tables import Cell, column_headings, headings_over

_FRONT = re.compile(r"^(title|description|subtitle|summary|excerpt)\s*[:=]\s*(.*\S)\s*$", re.IGNORECASE | re.MULTILINE)
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BLOCK_SCALARS = frozenset({"|", ">", "|-", ">-", "|+", ">+"})


def read(data: bytes, name: str, options: ReadOptions) -> Document:
    """The Markdown text `data`; HTML in it is read as a page would be."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin
    from mdit_py_plugins.tasklists import tasklists_plugin

    found = decode(data)
    deepest = max(options.max_depth, 20)
    parser = MarkdownIt("commonmark", {"maxNesting": deepest}).enable(["table", "strikethrough"])
    for plugin in (front_matter_plugin, footnote_plugin, deflist_plugin, tasklists_plugin):
        parser.use(plugin)
    reader = _Reader(options)
    tokens = parser.parse(found.text)
    reader.read(tokens)
    reasons = [*found.reasons, *reader.reasons]
    if any(token.level >= deepest - 1 for token in tokens):
        text = f"Lists and quotes nested deeper than {deepest} levels were not read."
        reasons.append(Reason("too-deep", "", text))
    return build_document(name, "markdown", data, reader.out, reasons=reasons, gaps=sorted(reader.gaps.items()))


@dataclass(slots=True)
class _Table:
    rows: list[list[Cell]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


class _Reader:
    """One pass over the tokens."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._context = Context()
        self._lists = 0
        self._item_open = False              # the first paragraph of an item is the item
        self._note = ""
        self._term = ""
        self._part = ""
        self._table = _Table()
        self.out: list[Block | None] = []
        self.reasons: list[Reason] = []
        self.gaps: Counter[str] = Counter()

    def read(self, tokens: Sequence[Any]) -> None:
        heading = 0
        line = 1
        for token in tokens:
            if token.map:
                line = token.map[0] + 1
            kind = token.type
            if kind in ("bullet_list_open", "ordered_list_open"):
                self._lists += 1
            elif kind in ("bullet_list_close", "ordered_list_close"):
                self._lists -= 1
                self._item_open = False
            elif kind == "list_item_open":
                self._item_open = True
            elif kind == "list_item_close":
                self._item_open = False
            elif kind == "heading_open":
                heading = int(token.tag[1])
            elif kind == "heading_close":
                heading = 0
            elif kind in ("dt_open", "dd_open"):
                self._part = token.tag
            elif kind in ("dt_close", "dd_close"):
                self._part = ""
            elif kind == "footnote_open":
                self._note = f"footnote {(token.meta or {}).get('id', 0) + 1}"
            elif kind == "footnote_close":
                self._note = ""
            elif kind == "front_matter":
                self._front_matter(token.content, line)
            elif kind in ("fence", "code_block"):
                self.out.append(make_block(token.content.rstrip("\n"), "paragraph", "code", _place(line)))
            elif kind == "html_block":
                self._markup(token.content, line)
            elif kind.startswith(("table_", "tr_")):
                self._table_token(kind, line)
            elif kind == "inline":
                self._inline(token, line, heading)

    def _inline(self, token: Any, line: int, heading: int) -> None:
        text, described, shown_markup = _plain(token.children or [])
        self.gaps["picture"] += len(described)
        if self._table.lines:                # within a row
            row = self._table.rows[-1]
            row.append(Cell((text,) if text else (), len(row)))
        elif text:
            self._emit(text, line, heading)
        for one in [*described, *shown_markup]:
            self.out.append(make_block(one, "caption", "description", _place(line)))

    def _emit(self, text: str, line: int, heading: int) -> None:
        kind: BlockKind = "paragraph"
        level, lead, above = 0, "", self._context.heading
        if self._note:
            place = Location("line", line, f"line {line}, {self._note}")
            self.out.append(make_block(text, "note", "body", place))
            return
        if heading:
            kind, level = "heading", heading
            self._context.see_heading(text)
        elif self._lists:
            kind, level = "list-item", self._lists
            lead = self._context.see_item(text, level) if self._item_open else ""
            self._item_open = False
        else:
            lead = self._term if self._part == "dd" else ""
            self._term = text if self._part == "dt" else self._term
            self._context.see_paragraph(text)
        self.out.append(make_block(text, kind, "body", _place(line), heading=above, lead_in=lead, level=level))

    def _table_token(self, kind: str, line: int) -> None:
        if kind == "table_open":
            self._table = _Table()
        elif kind == "tr_open":
            self._table.rows.append([])
            self._table.lines.append(line)
        elif kind == "table_close":
            rows, lines = self._table.rows, self._table.lines
            self._table = _Table()
            headings = column_headings(rows, 1)
            for index, (row, at) in enumerate(zip(rows, lines, strict=True)):
                cells = [cell for cell in row if cell.text]
                texts = tuple(cell.text for cell in cells)
                self.out.append(make_block(
                    " ".join(texts), "table-row", "body", _place(at), heading=self._context.heading, cells=texts,
                    columns=headings_over(cells, headings) if index else (),
                ))

    def _front_matter(self, content: str, line: int) -> None:
        self.out.append(make_block(content, "paragraph", "code", _place(line)))
        for match in _FRONT.finditer(content):
            value = match.group(2).strip("\"' ")
            if value in _BLOCK_SCALARS:
                indented = re.match(r"(?:[ \t]+\S.*\n?)+", content[match.end() :].lstrip("\n"))
                value = " ".join(indented.group().split()) if indented else ""
            at = line + 1 + content[: match.start()].count("\n")
            kind: BlockKind = "heading" if match.group(1).lower() == "title" else "paragraph"
            self.out.append(make_block(value, kind, "description", _place(at)))

    def _markup(self, content: str, line: int) -> None:
        blocks, reasons, gaps = read_markup(content, self._options, line)
        self.out.extend(blocks)
        self.reasons.extend(reasons)
        self.gaps.update(dict(gaps))
        for block in blocks:
            if block.layer == "body" and block.kind == "heading":
                self._context.see_heading(block.text)


def _plain(tokens: Sequence[Any]) -> tuple[str, list[str], list[str]]:
    """The words of inline tokens, the descriptions of pictures in them, and titles of links."""
    pieces: list[tuple[str, bool]] = []    # text, and whether it is raised
    described: list[str] = []
    titles: list[str] = []
    hidden = raised = 0
    for token in tokens:
        kind = token.type
        if kind == "html_inline":
            if _LINE_BREAK.fullmatch(token.content):
                pieces.append(("\n", False))
            elif re.match(r"<sup\b", token.content, re.IGNORECASE):
                raised += 1
            elif re.match(r"</sup\b", token.content, re.IGNORECASE):
                raised = max(raised - 1, 0)
            elif re.match(r"<(script|style|template)\b", token.content, re.IGNORECASE):
                hidden += 1
            elif re.match(r"</(script|style|template)\b", token.content, re.IGNORECASE):
                hidden = max(hidden - 1, 0)
        elif hidden:
            continue
        elif kind in ("text", "code_inline", "text_special"):
            pieces.append((token.content, raised > 0))
        elif kind == "softbreak":
            pieces.append((" ", raised > 0))
        elif kind == "hardbreak":
            pieces.append(("\n", False))
        elif kind == "image":
            alt, inner, _ = _plain(token.children or [])
            described.extend(one for one in (alt, *inner) if one)
            if token.attrs.get("title"):
                titles.append(str(token.attrs["title"]))
        elif kind == "link_open" and token.attrs.get("title"):
            titles.append(str(token.attrs["title"]))
    lines = (re.sub(r"[ \t]{2,}", " ", line).strip() for line in joined(pieces).split("\n"))
    return "\n".join(line for line in lines if line), described, titles


def _place(line: int) -> Location:
    return Location("line", line, f"line {line}")
