"""The order in which a person reads boxes on a slide: rows from the top, and columns, where there are some, one by one.

The boxes are cut into rows wherever a level line passes between all of them; rows that share a gutter wider than the
gap between them belong together and are read column by column. This is the recursive X-Y cut of Nagy and Seth (1984),
with bands that keep a title from hiding the columns under it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

from msgcheck.model import Box

Item = TypeVar("Item")
_Boxed = tuple[Box, int]

_SLACK = 0.2
"""Of a box's height or width may overlap its neighbour's: text frames are larger than their text."""
_MOST_SLACK = 10.0
"""Points of overlap that are forgiven at most on either side."""
_ABOUT_AS_WIDE = 0.25
"""By what share gutters may differ that are cut at once."""
_MOST_ROWS = 40
"""Rows that are looked at together for a gutter that they share."""
_MOST_CUTS = 12
"""Levels of rows in columns in rows that are told apart."""


def in_reading_order(items: Sequence[Item], box_of: Callable[[Item], Box]) -> list[Item]:
    """`items` as a person reads them; those that cannot be told apart keep the order in which they were given."""
    boxed = [(box_of(item), index) for index, item in enumerate(items)]
    return [items[index] for _, index in _order(boxed, 0)]


def _order(boxed: list[_Boxed], depth: int) -> list[_Boxed]:
    if len(boxed) < 2:
        return boxed
    if depth >= _MOST_CUTS:
        return _by_place(boxed)
    rows = _cut(boxed, 1)
    bands = _bands(rows)
    if len(bands) > 1:
        return [item for band in bands for item in _order(band, depth + 1)]
    columns = _widest(_cut(boxed, 0))
    if len(columns) > 1:
        return [item for column in columns for item in _order(column, depth + 1)]
    if len(rows) > 1:
        return [item for row in rows for item in _order(row, depth + 1)]
    return _by_place(boxed)


def _bands(rows: list[list[_Boxed]]) -> list[list[_Boxed]]:
    """Consecutive rows joined, as many as share a gutter that is wider than any gap between them."""
    bands: list[list[_Boxed]] = []
    start = 0
    while start < len(rows):
        end = min(len(rows), start + _MOST_ROWS)
        while end > start + 1 and not _share_a_gutter(rows[start:end]):
            end -= 1
        bands.append([item for row in rows[start:end] for item in row])
        start = end
    return bands


def _share_a_gutter(rows: list[list[_Boxed]]) -> bool:
    columns = _cut([item for row in rows for item in row], 0)
    if len(columns) < 2:
        return False
    tallest = max(min(box[1] for box, _ in below) - max(box[3] for box, _ in above) for above, below in pairwise(rows))
    return max(_gap(left, right) for left, right in pairwise(columns)) > max(tallest, 0.0)


def _gap(left: list[_Boxed], right: list[_Boxed]) -> float:
    return min(box[0] for box, _ in right) - max(box[2] for box, _ in left)


def _widest(columns: list[list[_Boxed]]) -> list[list[_Boxed]]:
    """The columns with only about the widest gutters between them; narrower ones are told apart further down."""
    if len(columns) < 3:
        return columns
    widest = max(_gap(left, right) for left, right in pairwise(columns))
    joined = [columns[0]]
    for left, right in pairwise(columns):
        if _gap(left, right) >= widest - abs(widest) * _ABOUT_AS_WIDE:
            joined.append(list(right))
        else:
            joined[-1] = joined[-1] + right
    return joined


def _cut(boxed: list[_Boxed], axis: int) -> list[list[_Boxed]]:
    """The boxes in groups between which a straight line passes: rows for axis 1, columns for axis 0."""
    spans = []
    for item in boxed:
        low, high = item[0][axis], item[0][axis + 2]
        slack = min((high - low) * _SLACK, _MOST_SLACK)
        spans.append((low + slack, high - slack, item))
    spans.sort(key=lambda span: (span[0], span[2][1]))
    groups: list[list[_Boxed]] = []
    reach = float("-inf")
    for low, high, item in spans:
        if groups and low < reach:
            groups[-1].append(item)
        else:
            groups.append([item])
        reach = max(reach, high)
    return groups


def _by_place(boxed: list[_Boxed]) -> list[_Boxed]:
    """From the top, those that are about level from the left; a box before what lies on it."""
    rest = sorted(boxed, key=lambda item: (item[0][1], item[0][0], item[1]))
    out: list[_Boxed] = []
    while rest:
        first = rest[0][0]
        level = [item for item in rest if _is_level(first, item[0])]
        rest = [item for item in rest if not _is_level(first, item[0])]
        out.extend(sorted(level, key=lambda item: (item[0][0], item[0][1], item[1])))
    return out


def _is_level(first: Box, other: Box) -> bool:
    """Whether a box stands in one row with `first`, which begins no lower."""
    height, other_height = first[3] - first[1], other[3] - other[1]
    if other[1] - first[1] <= max(4.0, min(18.0, height * 0.25)):
        return True
    shared = min(first[3], other[3]) - other[1]
    smaller, larger = sorted((height, other_height))
    return smaller >= larger / 2 and shared >= smaller * 0.6
