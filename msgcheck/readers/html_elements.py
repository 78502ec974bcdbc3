"""What the elements of HTML are to a reader: which stand on their own lines, which are not shown, how tables are laid.

The sets follow the style sheet that the HTML standard gives browsers (section 15, Rendering).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgcheck.readers.attributes import whole

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hgroup", "hr", "html", "label", "legend", "li", "listing", "main", "menu", "nav",
    "ol", "optgroup", "option", "p", "plaintext", "pre", "search", "section", "select", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul", "xmp",
})
BLOCK_DISPLAYS = frozenset({
    "block", "flex", "grid", "list-item", "table", "table-row", "table-cell", "flow-root",
})
UNSEEN = frozenset({
    "script", "style", "head", "meta", "link", "title", "base", "rp", "rt", "param", "source", "track",
})
HIDDEN = frozenset({"template", "noscript", "datalist", "object", "video", "audio", "canvas", "iframe", "meter",
                     "progress", "noframes", "noembed"})
CODE = frozenset({"pre", "listing", "xmp", "plaintext"})
NAVIGATION = frozenset({"nav", "navbar", "navigation", "menu", "breadcrumb", "breadcrumbs", "main-menu", "main-nav",
                         "site-nav", "topnav"})
SECTIONS = frozenset({"article", "section", "main", "aside", "blockquote"})
META = frozenset({"description", "og:title", "og:description", "og:site_name", "twitter:title", "twitter:description"})
BUTTONS = frozenset({"submit", "button", "reset"})
WRITTEN_IN = frozenset({"", "text", "search", "email", "tel", "url", "number", "date"})


def grid(rows: list[Any]) -> Iterator[list[tuple[Any, int, int]]]:
    """The cells of each row with first column and span, cells of rows above that reach down taken into account."""
    taken: dict[int, int] = {}           # column → rows that a cell above still covers
    for row in rows:
        cells: list[tuple[Any, int, int]] = []
        column = 0
        covered = {at for at, left in taken.items() if left > 0}
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while column in covered:
                column += 1
            span, depth = _span(cell, "colspan"), _span(cell, "rowspan")
            cells.append((cell, column, span))
            for at in range(column, column + span):
                taken[at] = max(taken.get(at, 0), depth if at not in covered else taken[at])
            column += span
        taken = {at: left - 1 for at, left in taken.items() if left > 1}
        yield cells


def _span(cell: Any, name: str) -> int:
    return whole(cell.get(name), 1, 1, 200)


def names_of(element: Any) -> set[str]:
    """Classes and id of an element, in lower case."""
    return {name.lower() for name in f"{element.get('class') or ''} {element.get('id') or ''}".split()}


def picture_text(text: Any) -> str:
    """What a text element of an SVG shows; a part with a place of its own is a line of its own."""
    return " ".join("".join(_placed(text)).split())


def _placed(text: Any) -> Iterator[str]:
    yield text.text or ""
    for part in text:
        if isinstance(part.tag, str):
            if any(part.get(name) for name in ("x", "y", "dy")):
                yield " "
            yield from _placed(part)
        yield part.tail or ""


def text_of(element: Any) -> Iterator[str]:
    """The pieces of text in an element that a browser could show."""
    if element.tag in UNSEEN:
        return
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from text_of(child)
        yield child.tail or ""
