"""Rows of tables in any format: which cells a row shows, which headings stand over them, what is no table at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_PROSE_WORDS = 12
_PROSE_PARAGRAPHS = 3
_HEADING_WORDS = 8
_PERIOD = re.compile(r"(?:[^\W\d_]+\.? )?(?:[QH][1-4][ /]?|FY ?)?(?:(?:19|20)\d\d(?:[/–-]\d{2,4})?)?")
"""A year, quarter, half or month with its year."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows: its paragraphs, its first column (from 0), how many it spans, whether it is a heading."""

    paragraphs: tuple[str, ...]
    column: int
    span: int = 1
    heading: bool = False
    rich: bool = False                   # holds more than paragraphs: a table, a list, a heading

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)


Row = Sequence[Cell]


def shown(row: Row) -> tuple[Cell, ...]:
    """The cells of a row that show text."""
    return tuple(cell for cell in row if cell.text)


def is_layout(rows: Sequence[Row]) -> bool:
    """Whether a table only places text on the page: one column, or cells with running text of several paragraphs."""
    if all(len(row) <= 1 for row in rows):
        return True
    return any(cell.rich or _is_prose(cell) for row in rows for cell in row)


def _is_prose(cell: Cell) -> bool:
    long = [one for one in cell.paragraphs if len(one.split()) >= _PROSE_WORDS]
    return len(long) >= 2 or (bool(long) and len(cell.paragraphs) >= _PROSE_PARAGRAPHS)


def heading_rows(rows: Sequence[Row], marked: int, certain: bool = True) -> int:
    """How many rows at the top are headings of the columns: the `marked` ones, or the first if it looks like one.

    A mark that is not `certain` is one that programs set on every new table: it does not make headings of a first row
    that holds figures over columns of figures.
    """
    if marked and not certain and _looks_like_data(rows):
        return 0
    if marked:
        return min(marked, len(rows) - 1) if len(rows) > 1 else 0
    if len(rows) < 2:
        return 0
    if all(cell.heading for cell in rows[0]) and len(rows[0]) > 1:
        return 1
    return 1 if _looks_like_headings(rows) else 0


def _looks_like_headings(rows: Sequence[Row]) -> bool:
    """A first row of short labels without figures over columns in which every row has one."""
    first = [cell for cell in rows[0] if cell.text]
    if len(first) < 2 or any(_has_digit(cell.text) or len(cell.text.split()) > _HEADING_WORDS for cell in first):
        return False
    for column in {cell.column for cell in first}:
        below = [cell.text for row in rows[1:] for cell in row if cell.column == column]
        if len(below) == len(rows) - 1 and all(_has_digit(text) for text in below):
            return True
    return False


def _looks_like_data(rows: Sequence[Row]) -> bool:
    """Whether a cell of the first row is a figure like those below it; years and quarters head columns well."""
    for cell in rows[0]:
        if _has_digit(cell.text) and not _PERIOD.fullmatch(cell.text.strip()):
            below = [one.text for row in rows[1:] for one in row if one.column == cell.column and one.text]
            if below and sum(map(_has_digit, below)) >= len(below) / 2:
                return True
    return False


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


def column_headings(rows: Sequence[Row], count: int) -> dict[int, str]:
    """The heading over each column, from the first `count` rows; one that spans all columns heads none of them."""
    width = max((cell.column + cell.span for row in rows for cell in row), default=0)
    headings: dict[int, list[str]] = {}
    for row in rows[:count]:
        for cell in row:
            if not cell.text or (cell.span >= width and width > 1):
                continue
            for column in range(cell.column, min(cell.column + cell.span, width)):
                headings.setdefault(column, []).append(" ".join(cell.text.split()))
    return {column: " ".join(texts) for column, texts in headings.items()}


def headings_over(cells: Row, headings: dict[int, str]) -> tuple[str, ...]:
    """The heading over each of `cells`, '' where there is none; nothing at all where none has one."""
    over = tuple(
        " ".join(dict.fromkeys(headings[at] for at in range(cell.column, cell.column + cell.span) if at in headings))
        for cell in cells
    )
    return over if any(over) else ()
