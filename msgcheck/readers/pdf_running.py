"""Headers, footers and page numbers of a PDF: lines at a page's edge that come back on other pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from msgcheck.normalise import normalise
from msgcheck.readers.pdf_lines import PrintedLine

_EDGE = 0.14
"""The share of a page's height at top and bottom in which a line may be a running one."""
_NUMBER = re.compile(
    r"(?:page|seite|p\.|s\.)?\s*[-–|]?\s*(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:/|of|von|\|)\s*\d{1,4})?\s*[-–|]?",
    re.IGNORECASE,
)


class Running(NamedTuple):
    """A line with the page on which it stands first (from 1), and on how many pages it stands."""

    line: PrintedLine
    page: int
    pages: int


def running_of(
    pages: Sequence[tuple[Sequence[PrintedLine], float]]
) -> tuple[list[Running], list[list[PrintedLine]]]:
    """The running lines of a document, and each page's other lines. `pages` holds lines and height of each page.

    Two lines are the same where their words agree (any digits for digits) and their places at the edge of the page do.
    A page number is one even where it stands on one page only.
    """
    seen: dict[tuple[str, int, bool], list[tuple[int, PrintedLine]]] = {}
    edges = [_at_edge(lines, height) for lines, height in pages]
    for number, ((_, height), edge) in enumerate(zip(pages, edges, strict=True), 1):
        for line in edge:
            seen.setdefault(_key(line, height), []).append((number, line))
    gone: set[int] = set()
    found: list[Running] = []
    for (text, _, _), places in seen.items():
        on_pages = len({number for number, _ in places})
        often = on_pages >= 2 and on_pages >= _least(places, len(pages), text)
        if often or _is_page_number(text, places, len(pages)):
            gone |= {id(line) for _, line in places}
            found.append(Running(places[0][1], places[0][0], on_pages))
    rest = [[line for line in lines if id(line) not in gone] for lines, _ in pages]
    found.sort(key=lambda one: (one.page, one.line.base, one.line.left))
    return found, rest


def _at_edge(lines: Sequence[PrintedLine], height: float) -> list[PrintedLine]:
    return [line for line in lines if line.base < _EDGE * height or line.base > (1 - _EDGE) * height]


def _key(line: PrintedLine, height: float) -> tuple[str, int, bool]:
    text = re.sub(r"\d+", "#", normalise(line.text).text.casefold())
    top = line.base < height / 2
    return text, round((line.base if top else height - line.base) / 6), top


def _is_page_number(text: str, places: Sequence[tuple[int, PrintedLine]], pages: int) -> bool:
    line = places[0][1]
    if not _NUMBER.fullmatch(normalise(line.text).text):
        return False
    return "#" in text and (len(places) > 1 or pages == 1 or line.text.strip().isdigit())


def _least(places: Sequence[tuple[int, PrintedLine]], pages: int, text: str) -> float:
    """On how many pages a line has to stand to be a running one: titles of slides come back too."""
    large = places[0][1].size > 13
    if large or text.endswith((".", "!", "?")):
        return max(3.0, 0.6 * pages) if pages > 3 else float(pages)
    return max(2.0, 0.2 * pages)
