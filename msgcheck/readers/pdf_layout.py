"""The order in which a person reads a page: columns one after another, what spans them before and after, tables whole.

A recursive cut along white space (XY-cut), in which the order of the content stream decides between two cuts that the
white space allows alike.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from msgcheck.model import Box
from msgcheck.readers.pdf_cells import Table
from msgcheck.readers.pdf_lines import PrintedLine, merged

_ENUMERATOR = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*[.)]?|[a-zA-Z][.)]|[ivxIVX]{1,5}[.)])")


@dataclass(frozen=True, slots=True)
class Item:
    """A line or a table on its way into order; `box` is its ink without the air above and below."""

    box: Box
    order: int
    size: float
    line: PrintedLine | None = None
    table: Table | None = None


Column = list[Item]
"""Items that stand one under another, from top to bottom."""


def columns_of(lines: Sequence[PrintedLine], tables: Sequence[Table], body_size: float) -> list[Column]:
    """The columns of a page in reading order. `body_size` is the size of most of the document's text."""
    lines = _enumerated(_rejoined(list(lines)))
    items = [_item(line) for line in lines]
    for table in tables:
        cells = [line for row in table.rows for line in row.lines]
        items.append(Item(table.box, min(line.order for line in cells), cells[0].size, None, table))
    main, tail = _small_print(items, body_size)
    return [column for part in (main, tail) if part for column in _ordered(part, 0)]


def _item(line: PrintedLine) -> Item:
    box = (line.left, line.base - 0.68 * line.size, line.right, line.base + 0.05 * line.size)
    return Item(box, line.order, line.size, line)


def _rejoined(lines: list[PrintedLine]) -> list[PrintedLine]:
    """Lines that a wide space of justified text parted, put together again: text above or below runs through the gap.
    """
    rows = sorted(lines, key=lambda line: (round(line.base, 1), line.left))
    out: list[PrintedLine] = []
    for line in rows:
        before = out[-1] if out else None
        if before is not None and abs(before.base - line.base) < 0.1 * line.size and not line.bullet:
            gap = line.left - before.right
            beside = 0 < line.order - before.order <= len(before.words)
            if 0 <= gap < 3 * line.size and before.size == line.size and beside and _run_through(before, line, lines):
                out[-1] = merged(before, line)
                continue
        out.append(line)
    return out


def _run_through(left: PrintedLine, right: PrintedLine, lines: list[PrintedLine]) -> bool:
    near = [
        line for line in lines
        if line is not left and line is not right and 0.3 * left.size < abs(line.base - left.base) < 2.2 * left.size
        and line.right > left.left and line.left < right.right
    ]
    if not near:
        return right.left - left.right < 2 * left.size
    gap = (left.right, right.left)
    through = [line for line in near if line.left < gap[0] and line.right > gap[1] and abs(line.size - left.size) < 0.6]
    sides = {line.base < left.base for line in through}
    return len(sides) == len({line.base < left.base for line in near})


def _enumerated(lines: list[PrintedLine]) -> list[PrintedLine]:
    """Numbers of list items ('3.', 'b)') joined to the text right of them, lest they become a column of their own. A
    bare number that stands well apart counts as a bullet.
    """
    out = list(lines)
    for number in [line for line in lines if len(line.words) == 1 and _ENUMERATOR.fullmatch(line.text)]:
        right = [
            line for line in out
            if line is not number and abs(line.base - number.base) < 0.2 * line.size
            and 0 <= line.left - number.right < 3.5 * line.size and abs(line.order - number.order) <= 2
        ]
        if right:
            nearest = min(right, key=lambda line: line.left)
            apart = nearest.left - number.right > 0.7 * nearest.size
            bare = number.text.isdigit() and len(number.text) <= 2 and apart and not nearest.text[0].islower()
            joined = PrintedLine(nearest.words, number.text) if bare else merged(number, nearest)
            out = [joined if line is nearest else line for line in out if line is not number]
    return out


def _small_print(items: list[Item], body_size: float) -> tuple[list[Item], list[Item]]:
    """Items, and those of small print that stand below all others: notes and imprint of the page, not of a column."""
    large = [item for item in items if item.size > 0.86 * body_size or item.table is not None]
    if not large:
        return items, []
    floor = max(item.box[3] for item in large)
    tail = [item for item in items if item.box[1] >= floor - 1 and item.size <= 0.86 * body_size]
    ids = {id(item) for item in tail}
    return [item for item in items if id(item) not in ids], tail


def _ordered(items: list[Item], depth: int) -> list[Column]:
    if len(items) <= 1 or depth > 40:
        return [_by_height(items)]
    size = _median([item.size for item in items])
    columns = _parts(items, 0, 0.7 * size)
    slices = _parts(items, 1, 0.0)
    if len(columns) > 1 and not _rows_first(columns, slices, size):
        return [column for part in columns for column in _ordered(part, depth + 1)]
    if len(columns) > 1 and len(slices) > 1:
        return [column for part in _row_groups(slices, columns, size) for column in _ordered(part, depth + 1)]
    if len(slices) == 1:
        return [_by_height(items) if _is_single(items) else sorted(items, key=lambda item: item.order)]
    groups = _groups(slices, size)
    if len(groups) == 1:
        return [_by_height(items)]
    return [column for part in groups for column in _ordered(part, depth + 1)]


def _parts(items: list[Item], axis: int, least: float) -> list[list[Item]]:
    """Items parted wherever white space of `least` points or more runs through; axis 0 cuts from top to bottom."""
    ordered = sorted(items, key=lambda item: item.box[axis])
    part = [ordered[0]]
    parts = [part]
    edge = ordered[0].box[axis + 2]
    for item in ordered[1:]:
        box = item.box
        if box[axis] - edge > least:
            part = [item]
            parts.append(part)
        else:
            part.append(item)
        if box[axis + 2] > edge:
            edge = box[axis + 2]
    return parts


def _in_stream_order(parts: Sequence[Sequence[Item]]) -> bool:
    """Whether each part was written wholly before the next."""
    return all(
        max(item.order for item in one) < min(item.order for item in two)
        for one, two in itertools.pairwise(parts)
    )


def _gap(parts: Sequence[Sequence[Item]], axis: int) -> list[float]:
    return [
        min(item.box[axis] for item in two) - max(item.box[axis + 2] for item in one)
        for one, two in itertools.pairwise(parts)
    ]


def _rows_first(columns: list[list[Item]], slices: list[list[Item]], size: float) -> bool:
    """Whether a region that can be cut into columns is read row by row: cards in a grid, pairs of label and value."""
    if len(slices) < 2 or _in_stream_order(columns):
        return False
    shared = [part for part in slices if len({_index(item, columns) for item in part}) > 1]
    if _in_stream_order(slices) and len(shared) >= 2:
        if all(_reads_on(column) for column in columns):
            return False
        words = [len(item.line.words) for item in shared[0] + shared[-1] if item.line is not None]
        return bool(words) and (sum(words) / len(words) <= 5 or max(_gap(slices, 1)) > 1.2 * size)
    across, down = min(_gap(columns, 0)), max(_gap(slices, 1))
    return down > 2.2 * size and down > 1.6 * across


def _reads_on(column: list[Item]) -> bool:
    """Whether most lines of a column go on with a sentence."""
    texts = [item.line.text for item in sorted(column, key=lambda item: item.box[1])[1:] if item.line is not None]
    return bool(texts) and sum(text[0].islower() for text in texts) >= 0.5 * len(texts)


def _index(item: Item, columns: list[list[Item]]) -> int:
    return next(index for index, column in enumerate(columns) if any(item is one for one in column))


def _row_groups(slices: list[list[Item]], columns: list[list[Item]], size: float) -> list[list[Item]]:
    """Slices put together into rows of cards: cut where the white space is widest."""
    gaps = _gap(slices, 1)
    widest = max(gaps)
    least = max(0.55 * widest, 0.3 * size) if widest > 0.9 * size else 0.0
    groups = [list(slices[0])]
    for gap, part in zip(gaps, slices[1:], strict=True):
        if gap >= least:
            groups.append(list(part))
        else:
            groups[-1] += part
    return groups if len(groups) > 1 else columns


def _groups(slices: list[list[Item]], size: float) -> list[list[Item]]:
    """Slices put together as long as one gutter runs through all of them, or none through any."""
    groups: list[list[list[Item]]] = [[slices[0]]]
    guttered = _is_guttered(slices[0], size)
    for part in slices[1:]:
        part_guttered = _is_guttered(part, size)
        held = [item for one in groups[-1] for item in one]
        both_guttered = _is_guttered([*held, *part], size)
        if _relaid(held, part, size):
            groups.append([part])
            guttered = part_guttered
            continue
        if (both_guttered and (guttered or part_guttered)) or not (both_guttered or guttered or part_guttered):
            groups[-1].append(part)
            guttered = both_guttered
            continue
        carried = _carried(groups[-1], part, size, guttered)
        groups.append([*carried, part])
        guttered = _is_guttered([item for one in groups[-1] for item in one], size)
    return [[item for part in group for item in part] for group in groups]


def _relaid(held: list[Item], part: list[Item], size: float) -> bool:
    """Whether another layout begins with `part`: fewer columns fit both than one of them has, and it was written
    after.
    """
    if max(item.order for item in held) > min(item.order for item in part):
        return False
    most = max(len(_parts(held, 0, 0.7 * size)), len(_parts(part, 0, 0.7 * size)))
    return 1 < len(_parts([*held, *part], 0, 0.7 * size)) < most


def _carried(group: list[list[Item]], part: list[Item], size: float, guttered: bool) -> list[list[Item]]:
    """Slices at a group's end that belong to what follows below, taken off `group`: a short heading over text across
    all columns, or the first lines of a column that begins higher than its neighbour.
    """
    carried: list[list[Item]] = []
    below = part
    while len(group) > 1 and not _is_guttered(group[-1], size):
        if _gap([group[-1], below], 1)[0] > _gap([group[-2], group[-1]], 1)[0] + 0.1 * size:
            break
        if not guttered and not _is_guttered([*group[-1], *part], size):
            break
        below = group.pop()
        carried.insert(0, below)
    return carried


def _is_guttered(items: list[Item], size: float) -> bool:
    return len(_parts(items, 0, 0.7 * size)) > 1


def _is_single(items: list[Item]) -> bool:
    """Whether no two items stand side by side."""
    ordered = sorted(items, key=lambda item: item.box[1])
    return all(
        two.box[1] >= one.box[3] - 0.5 * one.size or _same_row(one, two)
        for one, two in itertools.pairwise(ordered)
    )


def _same_row(one: Item, two: Item) -> bool:
    return abs(one.box[3] - two.box[3]) < 0.25 * one.size


def _by_height(items: list[Item]) -> Column:
    """From top to bottom; what stands on one baseline from left to right."""
    rows: list[list[Item]] = []
    for item in sorted(items, key=_bottom):
        if rows and _same_row(rows[-1][0], item) and item.table is None:
            rows[-1].append(item)
        else:
            rows.append([item])
    return [item for row in rows for item in sorted(row, key=lambda item: item.box[0])]


def _bottom(item: Item) -> float:
    return item.box[3] if item.line is not None else item.box[1]


def _median(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


