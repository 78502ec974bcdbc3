"""Where a shape stands on its slide, through groups in groups, turned and mirrored."""

from __future__ import annotations

import math
from typing import Any

from msgcheck.model import Box
from msgcheck.readers.drawing import A

Matrix = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f): x' = a·x + c·y + e, y' = b·x + d·y + f."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
EMU = 12700.0
"""English metric units a point (ECMA-376 part 1, 20.1.10.16)."""


def box_of(transform: Any, matrix: Matrix) -> Box | None:
    """The upright box in points around the shape that `a:xfrm` or `p:xfrm` places, None where it places none."""
    frame = _frame(transform, "off", "ext")
    if frame is None:
        return None
    x, y, width, height = frame
    whole = _times(matrix, _turn(transform, x + width / 2, y + height / 2))
    corners = [_apply(whole, x + dx, y + dy) for dx in (0.0, width) for dy in (0.0, height)]
    xs, ys = [one[0] / EMU for one in corners], [one[1] / EMU for one in corners]
    return (round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2))


def group_matrix(transform: Any, matrix: Matrix) -> Matrix:
    """What takes a child of the group that `a:xfrm` places to the slide."""
    outer, inner = _frame(transform, "off", "ext"), _frame(transform, "chOff", "chExt")
    if outer is None or inner is None:
        return matrix
    x, y, width, height = outer
    child_x, child_y, child_width, child_height = inner
    scale_x = width / child_width if child_width else 1.0
    scale_y = height / child_height if child_height else 1.0
    scaled: Matrix = (scale_x, 0.0, 0.0, scale_y, x - child_x * scale_x, y - child_y * scale_y)
    return _times(_times(matrix, _turn(transform, x + width / 2, y + height / 2)), scaled)


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share more than a fifth of the smaller one."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return False
    smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return width * height > 0.2 * smaller


def _frame(transform: Any, offset: str, extent: str) -> tuple[float, float, float, float] | None:
    if transform is None:
        return None
    off, ext = transform.find(A + offset), transform.find(A + extent)
    if off is None or ext is None:
        return None
    try:
        return float(off.get("x", 0)), float(off.get("y", 0)), float(ext.get("cx", 0)), float(ext.get("cy", 0))
    except ValueError:
        return None


def _turn(transform: Any, x: float, y: float) -> Matrix:
    """Turned clockwise by @rot (60,000ths of a degree) and mirrored about (x, y)."""
    try:
        angle = math.radians(float(transform.get("rot", 0)) / 60000)
    except ValueError:
        angle = 0.0
    flip_x = -1.0 if transform.get("flipH") in ("1", "true") else 1.0
    flip_y = -1.0 if transform.get("flipV") in ("1", "true") else 1.0
    cos, sin = math.cos(angle), math.sin(angle)
    a, b, c, d = cos * flip_x, sin * flip_x, -sin * flip_y, cos * flip_y
    return (a, b, c, d, x - a * x - c * y, y - b * x - d * y)


def _times(left: Matrix, right: Matrix) -> Matrix:
    a, b, c, d, e, f = left
    g, h, i, j, k, m = right
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
