"""Tables on a PDF page that are told by ruled lines, drawn through or cell by cell."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from msgcheck.model import Box
from msgcheck.readers.pdf_cells import TOUCH, Row, Table, baselines, column_of, extents, has_header, row_of
from msgcheck.readers.pdf_lines import PrintedLine
from msgcheck.readers.pdf_marks import Fill, Marks


def cell_borders(across: Sequence[Box]) -> list[Box]:
    """Vertical borders that are not drawn but told by horizontal rules drawn cell by cell: where at least two of
    them, one under another, end and go on at the same place.
    """
    ends: dict[int, list[Box]] = {}
    for rule in across:
        ends.setdefault(round(rule[2]), []).append(rule)
    places: dict[int, set[int]] = {}
    for rule in across:
        for x in (round(rule[0]) - 1, round(rule[0]), round(rule[0]) + 1):
            if any(abs(one[1] - rule[1]) < 1 and abs(one[2] - rule[0]) < 1 for one in ends.get(x, ())):
                places.setdefault(round(rule[0]), set()).add(round(rule[1]))
    reach = 30.0                         # rows above the first rule and below the last may have none of their own
    return [
        (float(x), min(levels) - reach, float(x), max(levels) + reach)
        for x, levels in sorted(places.items()) if max(levels) - min(levels) > 5
    ]


def ruled_tables(lines: Sequence[PrintedLine], marks: Marks) -> tuple[list[Table], list[PrintedLine]]:
    """The tables with rules among upright lines, and the lines that are in none."""
    tables: list[Table] = []
    rest = list(lines)
    for stack in (part for whole in _stacks(_joined_rules(marks.across)) for part in _apart(whole, lines)):
        inside, table = _ruled_table(stack, rest, marks)
        if table is not None:
            tables.append(table)
            rest = [line for line in rest if id(line) not in inside]
    return tables, rest


def _joined_rules(rules: Iterable[Box]) -> list[Box]:
    """Horizontal rules that touch on one level as one, from top to bottom."""
    out: list[Box] = []
    for rule in sorted(rules, key=lambda box: (round(box[1] / 3), box[0])):
        last = out[-1] if out else None
        if last is not None and abs(last[1] - rule[1]) <= 3 and rule[0] <= last[2] + TOUCH and rule[0] >= last[0] - 1:
            out[-1] = (last[0], min(last[1], rule[1]), max(last[2], rule[2]), max(last[3], rule[3]))
        else:
            out.append(rule)
    return sorted(out, key=lambda box: box[1])


def _stacks(rules: list[Box]) -> list[list[Box]]:
    """Rules of the same extent one under another, at least two of them."""
    stacks: list[list[Box]] = []
    for rule in rules:
        if rule[2] - rule[0] < 40:
            continue
        for stack in stacks:
            last = stack[-1]
            if abs(last[0] - rule[0]) <= 6 and abs(last[2] - rule[2]) <= 6 and rule[1] - last[1] <= 400:
                if rule[1] - last[1] > 3:
                    stack.append(rule)
                break
        else:
            stacks.append([rule])
    return [stack for stack in stacks if len(stack) >= 2]


def _apart(stack: list[Box], lines: Sequence[PrintedLine]) -> list[list[Box]]:
    """A stack parted where other text stands between two of its rules: tables of one width on one page."""
    parts: list[list[Box]] = [[stack[0]]]
    left, right = stack[0][0] - 2, stack[0][2] + 2
    for above, below in itertools.pairwise(stack):
        rows = baselines(
            line for line in lines
            if left <= line.left and line.right <= right and above[1] <= line.base <= below[1] + 1
        )
        single = sum(1 for row in rows if len(row) == 1)
        if len(rows) >= 4 and single > 0.5 * len(rows):
            parts.append([below])
        else:
            parts[-1].append(below)
    return [part for part in parts if len(part) >= 2]


def _ruled_table(stack: list[Box], lines: list[PrintedLine], marks: Marks) -> tuple[set[int], Table | None]:
    left, right = stack[0][0] - 2, stack[0][2] + 2
    within = [line for line in lines if left <= line.left and line.right <= right]
    levels = [rule[1] for rule in stack]
    levels = _head_and_foot(levels, within, marks.fills, (left, right))
    held = [line for line in within if levels[0] - 1 <= line.base - 0.3 * line.size <= levels[-1] + 1]
    if len(held) < 4 or len(held) > 3000:
        return set(), None
    columns = _columns(held, [rule for rule in marks.down if left - 2 <= rule[0] <= right + 2], levels)
    if len(columns) < 2 or _is_column_text(held, columns, levels):
        return set(), None
    rows: list[Row] = []
    bands = [
        [line for line in held if top - 1 <= line.base - 0.3 * line.size < bottom - 1 + (bottom == levels[-1]) * 2]
        for top, bottom in itertools.pairwise(levels)
    ]
    bands = [band for band in bands if band]
    if not bands:
        return set(), None
    dense = sum(len(baselines(band)) for band in bands) / len(bands)
    for band in bands:
        whole = len(bands) >= 4 and dense <= 4
        rows += [row_of(band, columns)] if whole else _rows_of_band(band, columns, len(bands))
    if sum(1 for row in rows if sum(1 for cell in row.cells if cell) >= 2) < 2:
        return set(), None
    box = (left + 2, levels[0], right - 2, levels[-1])
    return {id(line) for row in rows for line in row.lines}, Table(box, tuple(rows), has_header(rows, marks.fills))


def _head_and_foot(
    levels: list[float], lines: list[PrintedLine], fills: Sequence[Fill], extent: tuple[float, float]
) -> list[float]:
    """The levels with those of a first row above the first rule and of a last row below the last, where there are
    such.
    """
    left, right = extent
    first, last = levels[0], levels[-1]
    above = [line for line in lines if first - 2.4 * line.size <= line.top and line.base <= first + 1]
    shaded = [
        fill.box for fill in fills
        if abs(fill.box[3] - first) <= TOUCH and left - 3 <= fill.box[0] and fill.box[2] <= right + 3
        and 6 < fill.box[3] - fill.box[1] < 90
    ]
    if shaded:
        levels = [min(box[1] for box in shaded), *levels]
    elif above and _side_by_side(above):
        levels = [min(line.top for line in above) - 1, *levels]
    below = [line for line in lines if last - 1 <= line.top and line.bottom <= last + 2.2 * line.size]
    if below and _side_by_side(below) and len(levels) > 2:
        levels = [*levels, max(line.bottom for line in below) + 1]
    return levels


def _side_by_side(lines: list[PrintedLine]) -> bool:
    return any(
        abs(one.base - two.base) < 0.3 * one.size and two.left > one.right
        for one in lines for two in lines
    )


def _columns(lines: list[PrintedLine], down: list[Box], levels: list[float]) -> list[tuple[float, float]]:
    """The extents of the columns, from vertical rules that run through most of the table, else from the cells."""
    height = levels[-1] - levels[0]
    reach: dict[int, float] = {}
    for rule in down:
        top, bottom = max(rule[1], levels[0]), min(rule[3], levels[-1])
        if bottom > top:
            key = next((known for known in reach if abs(known - rule[0]) <= TOUCH), round(rule[0]))
            reach[key] = reach.get(key, 0.0) + bottom - top
    edges = sorted(x for x, length in reach.items() if length >= 0.5 * height)
    if len(edges) >= 1:
        low, high = min(line.left for line in lines) - 1, max(line.right for line in lines) + 1
        inner = [x for x in edges if low + 4 < x < high - 4]
        if inner:
            borders = [low - 100.0, *inner, high + 100.0]
            return list(itertools.pairwise(borders))
    return extents(lines)


def _is_column_text(lines: list[PrintedLine], columns: list[tuple[float, float]], levels: list[float]) -> bool:
    """Whether what looks like columns of cells is running text in columns: written one column after the other, in lines
    of many words, with few rules between.
    """
    if len(levels) >= 5:
        return False
    by_column: dict[int, list[PrintedLine]] = {}
    for line in lines:
        by_column.setdefault(column_of(line, columns), []).append(line)
    parts = [by_column[index] for index in sorted(by_column)]
    wordy = sum(len(line.words) for line in lines) / len(lines)
    after = all(
        max(line.order for line in one) < min(line.order for line in two)
        for one, two in itertools.pairwise(parts)
    )
    return (after and len(lines) >= 6 and wordy >= 2.5) or wordy > 7


def _rows_of_band(band: list[PrintedLine], columns: list[tuple[float, float]], bands: int) -> list[Row]:
    """The rows between two rules: one a baseline, but a line of few cells close under another goes on with its row."""
    rows: list[list[PrintedLine]] = []
    for line_up in baselines(band):
        filled = len({column_of(line, columns) for line in line_up})
        if rows and _goes_on(rows[-1], line_up, filled, columns, bands):
            rows[-1] += line_up
        else:
            rows.append(list(line_up))
    return [row_of(row, columns) for row in rows]


def _goes_on(
    row: list[PrintedLine], line_up: list[PrintedLine], filled: int, columns: list[tuple[float, float]], bands: int
) -> bool:
    last = max(line.base for line in row)
    pitch = line_up[0].base - last
    if pitch > 1.45 * line_up[0].size:
        return False
    if bands >= 3:
        return filled < len(columns) or pitch < 1.25 * line_up[0].size
    first = min(column_of(line, columns) for line in line_up)
    return filled < len(columns) and (first > 0 or filled == 1)
