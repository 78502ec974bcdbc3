"""Tables on a PDF page without ruled lines: short pieces that stand in columns and were written row by row."""

from __future__ import annotations

from collections.abc import Sequence

from msgcheck.readers.pdf_cells import TOUCH, Table, baselines, column_of, extents, has_header, row_of
from msgcheck.readers.pdf_lines import PrintedLine


def aligned_tables(lines: Sequence[PrintedLine]) -> list[Table]:
    """Tables without rules: three rows or more of short pieces, written row by row, that begin or end in columns."""
    rows = baselines(lines)
    tables: list[Table] = []
    group: list[list[PrintedLine]] = []
    for row in [*rows, []]:
        if row and _is_tabular(row) and (not group or _under(group[-1], row)):
            group.append(row)
            continue
        if row and group and len(row) == 1 and _inside_column(row[0], group):
            group[-1] = [*group[-1], row[0]]
            continue
        if len(group) >= 3:
            table = _aligned(group)
            if table is not None:
                tables.append(table)
        group = [row] if row and _is_tabular(row) else []
    return tables


def _is_tabular(row: list[PrintedLine]) -> bool:
    if len(row) < 2 or any(line.bullet for line in row):
        return False
    orders = sorted(line.order for line in row)
    written = sum(len(line.words) for line in row)
    if orders[-1] - orders[0] > written + 1:
        return False
    return all(len(line.text) <= 60 for line in row) and sum(len(line.words) for line in row) / len(row) <= 6


def _under(row: list[PrintedLine], after: list[PrintedLine]) -> bool:
    size = max(row[0].size, after[0].size)
    last = max(line.base for line in row)
    return 0 < after[0].base - last <= 3.2 * size and min(row[0].size, after[0].size) > 0.75 * size


def _inside_column(line: PrintedLine, group: list[list[PrintedLine]]) -> bool:
    last = group[-1]
    above = [cell for cell in last if abs(cell.left - line.left) <= TOUCH and abs(cell.size - line.size) < 0.5]
    return bool(above) and 0 < line.base - max(cell.base for cell in above) <= 1.4 * line.size and not line.bullet \
        and len(line.text) <= 60 and above[0] is not last[0]


def _aligned(group: list[list[PrintedLine]]) -> Table | None:
    flat = [line for row in group for line in row]
    columns = extents(flat)
    if len(columns) < 2:
        return None
    full = [row for row in group if len({column_of(line, columns) for line in row}) >= 2]
    if len(full) < 3 or _is_prose(full, columns):
        return None
    inside: dict[int, list[PrintedLine]] = {}
    for line in (line for row in full for line in row):
        inside.setdefault(column_of(line, columns), []).append(line)
    if any(len(part) >= 2 and not _in_line(part) for part in inside.values()):
        return None
    rows = [row_of(row, columns) for row in group]
    box = (min(line.left for line in flat), min(line.top for line in flat),
           max(line.right for line in flat), max(line.bottom for line in flat))
    return Table(box, tuple(rows), has_header(rows, ()))


def _is_prose(rows: list[list[PrintedLine]], columns: list[tuple[float, float]]) -> bool:
    """Whether the pieces of every column read on from row to row, as sentences do that are set in columns."""
    parts: dict[int, list[bool]] = {}
    for row in rows[1:]:
        for line in row:
            parts.setdefault(column_of(line, columns), []).append(line.text[0].islower())
    return all(sum(part) >= 0.5 * len(part) for part in parts.values())


def _in_line(lines: list[PrintedLine]) -> bool:
    """Whether most lines of a column share their left edge, right edge or middle."""
    lefts, rights = [line.left for line in lines], [line.right for line in lines]
    for edges in (lefts, rights, [(left + right) / 2 for left, right in zip(lefts, rights, strict=True)]):
        values = sorted(edges)
        middle = values[len(values) // 2]
        if sum(1 for value in values if abs(value - middle) <= TOUCH) >= 0.7 * len(values):
            return True
    return False
