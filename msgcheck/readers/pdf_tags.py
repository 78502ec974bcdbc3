"""The structure of a tagged PDF: which marked content makes one paragraph, heading or item, and what pictures mean."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

_BLOCKS = frozenset({
    "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "TD", "TH", "Caption", "Note", "FENote", "BlockQuote", "TOCI",
    "Title", "BibEntry", "Formula", "Index",
})
"""Standard structure types (ISO 32000-1, 14.8.4) that hold the text of one block."""
_MAX = 50_000
"""Elements of one page that are looked at."""


class Tag(NamedTuple):
    """The block that some marked content belongs to: `element` numbers it on its page, `kind` is its structure type."""

    element: int
    kind: str


class Tags(NamedTuple):
    """By marked content id; `pictures` are the alternative texts of figures."""

    by_mark: dict[int, Tag]
    pictures: tuple[str, ...]


NONE = Tags({}, ())


def tags_of(page: Any, max_depth: int) -> Tags:
    """The tags of a pypdfium2 page, `NONE` where it has none."""
    tree = pdfium_c.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return NONE
    try:
        walk = _Walk(min(max_depth, 200))
        for index in range(min(_MAX, max(0, pdfium_c.FPDF_StructTree_CountChildren(tree)))):
            walk.visit(pdfium_c.FPDF_StructTree_GetChildAtIndex(tree, index), None, 0)
        return Tags(walk.by_mark, tuple(dict.fromkeys(walk.pictures)))
    finally:
        pdfium_c.FPDF_StructTree_Close(tree)


class _Walk:
    def __init__(self, max_depth: int) -> None:
        self.max_depth = max_depth
        self.by_mark: dict[int, Tag] = {}
        self.pictures: list[str] = []
        self.seen = 0

    def visit(self, element: Any, around: Tag | None, depth: int) -> None:
        self.seen += 1
        if not element or depth > self.max_depth or self.seen > _MAX:
            return
        kind = _text(pdfium_c.FPDF_StructElement_GetType, element)
        if kind in ("Figure", "Formula"):
            alternative = _text(pdfium_c.FPDF_StructElement_GetAltText, element).replace("\x00", "").strip()
            if alternative:
                self.pictures.append(alternative)
        inside_item = around is not None and around.kind == "LI" and kind != "LI"
        if kind in _BLOCKS and not inside_item:
            around = Tag(self.seen, kind)
        if around is not None:
            for index in range(max(0, pdfium_c.FPDF_StructElement_GetMarkedContentIdCount(element))):
                mark = pdfium_c.FPDF_StructElement_GetMarkedContentIdAtIndex(element, index)
                if mark >= 0:
                    self.by_mark.setdefault(mark, around)
        for index in range(max(0, pdfium_c.FPDF_StructElement_CountChildren(element))):
            self.visit(pdfium_c.FPDF_StructElement_GetChildAtIndex(element, index), around, depth + 1)


def _text(get: Callable[..., int], element: Any) -> str:
    length = get(element, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    get(element, buffer, length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")
