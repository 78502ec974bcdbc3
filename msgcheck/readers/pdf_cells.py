"""What a table on a PDF page is made of: columns, rows of cells, and the row that heads them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgcheck.model import Box
from msgcheck.readers.pdf_lines import PrintedLine
from msgcheck.readers.pdf_marks import Fill

Cell = tuple[PrintedLine, ...]
TOUCH = 4.0
"""Points within which edges count as one."""


class Row(NamedTuple):
    cells: tuple[Cell, ...]              # one a column, empty where nothing stands in it

    @property
    def lines(self) -> list[PrintedLine]:
        return [line for cell in self.cells for line in cell]


class Table(NamedTuple):
    """`header` is the first row where it holds the headings of the columns."""

    box: Box
    rows: tuple[Row, ...]
    header: bool


def baselines(lines: Iterable[PrintedLine]) -> list[list[PrintedLine]]:
    """Lines by baseline from top to bottom, each from left to right."""
    rows: list[list[PrintedLine]] = []
    for line in sorted(lines, key=lambda line: line.base):
        if rows and abs(rows[-1][0].base - line.base) < 0.35 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def extents(lines: list[PrintedLine]) -> list[tuple[float, float]]:
    """The columns that the cells of rows with two cells or more fill, widened to what stands in one of them only."""
    rows = baselines(lines)
    spans = sorted((line.left, line.right) for row in rows if len(row) >= 2 for line in row)
    merged: list[tuple[float, float]] = []
    for span in spans:
        if merged and span[0] < merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], span[1]))
        else:
            merged.append(span)
    return merged


def column_of(line: PrintedLine, columns: list[tuple[float, float]]) -> int:
    """Which column a line stands in: the one that it begins in, else that it shares most with, else the nearest."""
    at, end = line.left, line.right
    best, most = 0, 0.0
    for index, (left, right) in enumerate(columns):
        if left > end:
            break
        if left - 2 <= at < right and end > left:
            return index
        overlap = (end if end < right else right) - (at if at > left else left)
        if overlap > most:
            best, most = index, overlap
    if most > 0:
        return best
    middle = (line.left + line.right) / 2
    return min(range(len(columns)), key=lambda index: abs((columns[index][0] + columns[index][1]) / 2 - middle))


def row_of(lines: Iterable[PrintedLine], columns: list[tuple[float, float]]) -> Row:
    """The lines of one row, each in its column."""
    cells: list[list[PrintedLine]] = [[] for _ in columns]
    for line in sorted(lines, key=lambda line: (round(line.base), line.left)):
        cells[column_of(line, columns)].append(line)
    return Row(tuple(tuple(cell) for cell in cells))


def has_header(rows: Sequence[Row], fills: Sequence[Fill]) -> bool:
    """Whether the first row heads the columns: set apart by weight, by colour or by shading, or all words over
    figures.
    """
    if len(rows) < 2:
        return False
    first, others = rows[0], rows[1:]
    if sum(1 for cell in first.cells if cell) < 2:
        return False
    strong = all(line.style.bold for line in first.lines)
    also = sum(1 for row in others if row.lines and all(line.style.bold for line in row.lines))
    if strong and also <= len(others) // 3:
        return True
    colours = {line.style.colour for line in first.lines}
    below = {line.style.colour for row in others for line in row.lines}
    if colours.isdisjoint(below):
        return True
    if _shade(first, fills) != _shade(others[0], fills) and _shade(first, fills) is not None:
        return True
    figures = [any(any(char.isdigit() for char in line.text) for line in cell) for cell in first.cells]
    if any(figures) or len(rows) < 3:
        return False
    return any(
        sum(1 for row in others if any(char.isdigit() for line in row.cells[index] for char in line.text))
        >= 0.6 * len(others)
        for index in range(1, len(first.cells))
    )


def _shade(row: Row, fills: Sequence[Fill]) -> tuple[int, int, int] | None:
    line = row.lines[0]
    x, y = (line.left + line.right) / 2, (line.top + line.bottom) / 2
    for fill in reversed(fills):
        box = fill.box
        if fill.colour is not None and box[0] <= x <= box[2] and box[1] <= y <= box[3]:
            return fill.colour if min(fill.colour) < 250 else None
    return None
