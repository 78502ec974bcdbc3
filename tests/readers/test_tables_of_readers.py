"""Which rows of a table head its columns, and which tables only place text."""

from __future__ import annotations

import pytest

from msgcheck.readers.tables import Cell, column_headings, heading_rows, headings_over, is_layout, shown


def rows(*lines: str) -> list[list[Cell]]:
    """Rows drawn as 'a | b | c'; '-' spans on from the cell before."""
    found = []
    for line in lines:
        row: list[Cell] = []
        for column, text in enumerate(part.strip() for part in line.split("|")):
            if text == "-":
                last = row.pop()
                row.append(Cell(last.paragraphs, last.column, last.span + 1))
            else:
                row.append(Cell((text,) if text else (), column))
        found.append(row)
    return found


HEADED = rows("Plan | Seats", "Small | 5", "Large | 50")
UNHEADED = rows("Seats | 5", "Storage | 20 GB", "Term | a year")
WORDS = rows("red | blue", "sun | sea")


@pytest.mark.parametrize(("table", "marked", "certain", "count"), [
    (HEADED, 0, True, 1),
    (HEADED, 1, False, 1),
    (UNHEADED, 0, True, 0),
    (UNHEADED, 1, False, 0),
    (UNHEADED, 1, True, 1),
    (WORDS, 0, True, 0),
    (WORDS, 1, False, 1),
    (rows("Year | 2019 | Q3 2020", "Boats | 12 | 15"), 1, False, 1),
    (rows("One | Row"), 1, True, 0),
    (rows("a | b", "c | d"), 2, True, 1),
])
def test_rows_that_head_columns(table: list[list[Cell]], marked: int, certain: bool, count: int) -> None:
    assert heading_rows(table, marked, certain) == count


def test_cells_know_what_stands_over_them() -> None:
    table = rows("All about boats | - | -", "Boat | Size | -", "Gig | 6 | m")
    headings = column_headings(table, 2)
    assert headings_over(shown(table[2]), headings) == ("Boat", "Size", "Size")
    assert headings_over(shown(rows("| 7 | m")[0]), headings) == ("Size", "Size")
    assert headings_over(shown(table[2]), {}) == ()


def test_tables_that_only_place_text() -> None:
    long = "a sentence of a good dozen words that nobody would put into a table of figures"
    assert is_layout(rows("one", "two"))
    assert is_layout([[Cell((long, long), 0), Cell(("x",), 1)]])
    assert is_layout([[Cell(("x",), 0, rich=True), Cell(("y",), 1)]])
    assert not is_layout([[Cell((long,), 0), Cell(("x", "y"), 1)]])
    assert not is_layout(HEADED)
