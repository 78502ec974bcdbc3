"""Tables of Word files: their rows and cells through content controls and tracked changes, and what heads them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgcheck.readers.attributes import whole
from msgcheck.readers.docx_styles import W

WRAPPERS = frozenset({W + "ins", W + "moveTo", W + "customXml", W + "sdtContent", W + "smartTag"})
"""Elements that stand around paragraphs, rows and cells without a look of their own."""


def rows_of(table: Any) -> Iterator[Any]:
    """The rows (`w:tr`) of a `w:tbl`, not those of tables within it."""
    for child in table:
        if child.tag == W + "tr":
            yield child
        elif child.tag in WRAPPERS or child.tag == W + "sdt":
            yield from rows_of(child)


def cells_of(row: Any) -> Iterator[tuple[Any, int, int]]:
    """The cells of a row with first column and span, without those that a merged cell above has swallowed."""
    before = row.find(f"{W}trPr/{W}gridBefore")
    column = _count(before) if before is not None else 0
    for cell in _cell_elements(row):
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        width = max(_count(span), 1) if span is not None else 1
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        if merged is None or merged.get(W + "val") == "restart":
            yield cell, column, width
        column += width


def _cell_elements(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag in WRAPPERS or child.tag == W + "sdt":
            yield from _cell_elements(child)


def content_of(element: Any) -> Iterator[Any]:
    """The paragraphs and tables directly in a cell, through content controls."""
    for child in element:
        if child.tag in (W + "p", W + "tbl"):
            yield child
        elif child.tag in WRAPPERS or (child.tag == W + "sdt" and child.find(f"{W}sdtPr/{W}showingPlcHdr") is None):
            yield from content_of(child)


def marked_rows(table: Any, rows: list[Any]) -> tuple[int, bool]:
    """How many rows at the top are marked as headings; certain by repetition on each page, not by the table's look."""
    marked = 0
    for row in rows:
        if row.find(f"{W}trPr/{W}tblHeader") is None:
            break
        marked += 1
    if marked:
        return marked, True
    look = table.find(f"{W}tblPr/{W}tblLook")
    if look is None:
        return 0, False
    if look.get(W + "firstRow") is not None:
        return int(look.get(W + "firstRow") in ("1", "true")), False
    try:
        return int(int(look.get(W + "val", "0"), 16) & 0x20 != 0), False      # ECMA-376 part 1, 17.4.55
    except ValueError:
        return 0, False


def _count(element: Any) -> int:
    return whole(element.get(W + "val"), 0, 0, 1000)
