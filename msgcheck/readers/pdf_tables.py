"""The tables of a PDF page, and what of its text stands in none."""

from __future__ import annotations

from collections.abc import Sequence

from msgcheck.readers.pdf_aligned_tables import aligned_tables
from msgcheck.readers.pdf_cells import Table
from msgcheck.readers.pdf_lines import PrintedLine
from msgcheck.readers.pdf_marks import Marks
from msgcheck.readers.pdf_ruled_tables import ruled_tables


def tables_of(lines: Sequence[PrintedLine], marks: Marks) -> tuple[list[Table], list[PrintedLine]]:
    """The tables among upright lines, and the lines that are in none."""
    tables, rest = ruled_tables(lines, marks)
    for table in aligned_tables(rest):
        tables.append(table)
        taken = {id(line) for row in table.rows for line in row.lines}
        rest = [line for line in rest if id(line) not in taken]
    return tables, rest
