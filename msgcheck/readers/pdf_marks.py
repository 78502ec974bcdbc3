"""What is drawn on a PDF page beside its words: rules, filled areas and pictures, as PDFium lists its objects."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from msgcheck.model import Box
from msgcheck.readers.pdf_words import Geometry

MAX_OBJECTS = 20_000
"""Objects of one page that are looked at; drawings of more than that have no rules worth finding."""
_THIN = 3.0
"""Points: a filled box thinner than this is a rule."""


class Fill(NamedTuple):
    box: Box
    colour: tuple[int, int, int] | None  # None for pictures and shadings
    solid: bool = True                   # nothing shines through


class Marks(NamedTuple):
    """All boxes are in points of the shown page. `across` and `down` are horizontal and vertical rules (also the edges
    of stroked boxes), `fills` the painted areas in the order of painting, `shapes` counts drawn paths.
    """

    across: list[Box]
    down: list[Box]
    fills: list[Fill]
    pictures: list[Box]
    shapes: int


def marks_of(page: Any, geometry: Geometry, max_depth: int) -> Marks:
    """The marks of a pypdfium2 page, forms within forms followed to `max_depth`."""
    found = _Finder(geometry, max_depth)
    raw = page.raw
    count = pdfium_c.FPDFPage_CountObjects(raw)
    for index in range(min(count, MAX_OBJECTS)):
        thing = pdfium_c.FPDFPage_GetObject(raw, index)
        if pdfium_c.FPDFPageObj_GetType(thing) != pdfium_c.FPDF_PAGEOBJ_TEXT:
            found.visit(thing, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0)
    return Marks(found.across, found.down, found.fills, found.pictures, found.shapes)


Matrix = tuple[float, float, float, float, float, float]


class _Finder:
    def __init__(self, geometry: Geometry, max_depth: int) -> None:
        self.geometry = geometry
        self.max_depth = min(max_depth, 12)
        self.seen = 0
        self.across: list[Box] = []
        self.down: list[Box] = []
        self.fills: list[Fill] = []
        self.pictures: list[Box] = []
        self.shapes = 0
        self._edges = [ctypes.c_float() for _ in range(4)]
        self._colour = [ctypes.c_uint() for _ in range(4)]
        self._mode, self._stroke = ctypes.c_int(), ctypes.c_int()

    def visit(self, thing: Any, matrix: Matrix, depth: int) -> None:
        self.seen += 1
        if self.seen > MAX_OBJECTS:
            return
        kind = pdfium_c.FPDFPageObj_GetType(thing)
        if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            self._path(thing, matrix)
        elif kind in (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_SHADING):
            box = self._box(thing, matrix)
            if box is not None:
                self.fills.append(Fill(box, None))
                if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
                    self.pictures.append(box)
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < self.max_depth:
            own = pdfium_c.FS_MATRIX()
            pdfium_c.FPDFPageObj_GetMatrix(thing, own)
            inner = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
            for index in range(pdfium_c.FPDFFormObj_CountObjects(thing)):
                if self.seen > MAX_OBJECTS:
                    return
                self.visit(pdfium_c.FPDFFormObj_GetObject(thing, index), inner, depth + 1)

    def _box(self, thing: Any, matrix: Matrix) -> Box | None:
        left, bottom, right, top = self._edges
        if not pdfium_c.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
            return None
        x0, y0, x1, y1 = left.value, bottom.value, right.value, top.value
        corners = [(x0, y0), (x1, y1), (x0, y1), (x1, y0)]
        if matrix != (1.0, 0.0, 0.0, 1.0, 0.0, 0.0):
            a, b, c, d, e, f = matrix
            corners = [(a * x + c * y + e, b * x + d * y + f) for x, y in corners]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        x0, y0, x1, y1 = self.geometry.shown_box(min(xs), min(ys), max(xs), max(ys))
        width, height = self.geometry.size
        x0, y0, x1, y1 = max(x0, 0.0), max(y0, 0.0), min(x1, width), min(y1, height)
        return (x0, y0, x1, y1) if x1 >= x0 and y1 >= y0 else None

    def _path(self, thing: Any, matrix: Matrix) -> None:
        self.shapes += 1
        box = self._box(thing, matrix)
        if box is None:
            return
        pdfium_c.FPDFPath_GetDrawMode(thing, self._mode, self._stroke)
        filled, stroked = self._mode.value != 0, bool(self._stroke.value)
        if not filled and not stroked:
            return
        x0, y0, x1, y1 = box
        if y1 - y0 <= _THIN and x1 - x0 > 8:
            self.across.append(box)
        elif x1 - x0 <= _THIN and y1 - y0 > 5:
            self.down.append(box)
        elif filled:
            red, green, blue, alpha = self._colour
            if not pdfium_c.FPDFPageObj_GetFillColor(thing, red, green, blue, alpha):
                self.fills.append(Fill(box, None))
            elif alpha.value > 10:
                self.fills.append(Fill(box, (red.value, green.value, blue.value), alpha.value >= 243))
        elif pdfium_c.FPDFPath_CountSegments(thing) <= 3:
            self.fills.append(Fill(box, (0, 0, 0)))      # a line so thick that it is an area
        if stroked and y1 - y0 > _THIN and x1 - x0 > _THIN and pdfium_c.FPDFPath_CountSegments(thing) <= 6:
            self.across += ((x0, y0, x1, y0), (x0, y1, x1, y1))
            self.down += ((x0, y0, x0, y1), (x1, y0, x1, y1))


def _times(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)
