"""The shapes of a slide, layout, master or notes page as values: where each stands and what it says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from msgcheck.model import BlockKind, Box
from msgcheck.readers.attributes import whole
from msgcheck.readers.drawing import (
    CX,
    DGM,
    MC,
    A,
    C,
    Label,
    R,
    alt_text,
    alternatives,
    chart_labels,
    diagram_labels,
    paragraph_text,
    parse_part,
    trimmed,
)
from msgcheck.readers.pptx_geometry import EMU, IDENTITY, Matrix, box_of, group_matrix
from msgcheck.readers.pptx_placeholders import FURNITURE, TITLES, Inheritance, P, placeholder
from msgcheck.readers.tables import Cell, column_headings, heading_rows, headings_over, is_layout, shown

_TYPED_BULLET = re.compile(r"^(?:[•▪●◦‣■□–·\-*✓✔➢➤►▶][ \t\xa0]+)(?=\S)")
_DEEPEST = 8
"""Level of a paragraph, from 0 (ECMA-376 part 1, 20.1.10.77)."""
_WIDEST = 1000
"""In columns."""
_NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Piece:
    """What becomes one block: a paragraph of a shape, a row of a table, a label of a chart."""

    text: str
    kind: BlockKind = "paragraph"
    level: int = 0
    cells: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    parent: str | None = None            # the line above it in a diagram's tree
    boxes: tuple[Box, ...] = ()          # where they are not its shape's
    size: int = 0                        # of its type, in hundredths of a point


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape, or a group (`children`); `furniture` is the placeholder's type for date, footer and slide number."""

    box: Box
    pieces: tuple[Piece, ...] = ()
    children: tuple[Shape, ...] = ()
    title: bool = False
    furniture: str = ""
    hidden: bool = False
    description: str = ""


def flat(shapes: Iterable[Shape]) -> Iterator[Shape]:
    """The shapes and those in their groups; a group itself only for its description."""
    for shape in shapes:
        if not shape.children or shape.description:
            yield shape
        yield from flat(shape.children)


def text_of(shape: Shape) -> str:
    """What a shape says, a line a piece."""
    return "\n".join(piece.text for piece in shape.pieces)


def unseen(shapes: Iterable[Shape], size: tuple[float, float]) -> Iterator[Shape]:
    """The shapes that are switched off, or stand wholly beside the slide, with all in their groups."""
    for shape in shapes:
        left, top, right, bottom = shape.box
        beside = any(shape.box) and (right <= 0 or bottom <= 0 or left >= size[0] or top >= size[1])
        if shape.hidden or beside:
            yield from flat([shape])
        else:
            yield from unseen(shape.children, size)


@dataclass(slots=True)
class Walk:
    """How to read one tree of shapes, and what is counted on the way."""

    part: Any                            # the package part of the tree, for its charts and diagrams
    inherit: Inheritance
    max_depth: int
    prompts: bool = False                # a layout or master: its placeholders show no text
    gaps: Counter[str] = field(default_factory=Counter)
    pictures: list[Box] = field(default_factory=list)      # where they stand
    too_deep: bool = False

    def shapes(self, tree: Any, matrix: Matrix = IDENTITY, depth: int = 0) -> list[Shape]:
        """The shapes below `tree` that say something, from back to front."""
        if depth > self.max_depth:
            self.too_deep = True
            return []
        return [shape for element in tree for shape in self._shape(element, matrix, depth)]

    def _shape(self, element: Any, matrix: Matrix, depth: int) -> Iterator[Shape]:
        if element.tag == MC + "AlternateContent":
            for branch in alternatives(element):
                found = self.shapes(branch, matrix, depth + 1)
                if found:
                    yield from found
                    return
            return
        if element.tag == P + "grpSp":
            transform = element.find(f"{P}grpSpPr/{A}xfrm")
            children = tuple(self.shapes(element, group_matrix(transform, matrix), depth + 1))
            described = self._description(element)
            if children or described:
                boxes = [child.box for child in children] or [box_of(transform, matrix) or _NOWHERE]
                yield Shape(_around(boxes), (), children, hidden=self._is_hidden(element), description=described)
        elif element.tag in (P + "sp", P + "cxnSp"):
            yield from self._text_shape(element, matrix)
        elif element.tag == P + "pic":
            yield from self._picture(element, matrix)
        elif element.tag == P + "graphicFrame":
            yield from self._frame(element, matrix)
        elif element.tag == P + "contentPart":
            self.gaps["ink"] += 1

    def _text_shape(self, element: Any, matrix: Matrix) -> Iterator[Shape]:
        place = placeholder(element)
        if self.prompts and place is not None:
            return
        above = self.inherit.above(element)
        if element.find(f"{P}spPr/{A}blipFill") is not None:
            self._count_picture(element, above, matrix)
        body = element.find(P + "txBody")
        is_title = place is not None and place[0] in TITLES
        pieces = [] if body is None else list(self._pieces(element, above, body, is_title))
        described = self._description(element)
        if pieces or described:
            furniture = place[0] if place is not None and place[0] in FURNITURE else ""
            box = self._box(element, above, matrix)
            hidden = self._is_hidden(element)
            yield Shape(box, tuple(pieces), (), is_title, furniture, hidden, described)

    def _box(self, element: Any, above: list[Any], matrix: Matrix) -> Box:
        for one in (element, *above):
            box = box_of(one.find(f"{P}spPr/{A}xfrm"), matrix if one is element else IDENTITY)
            if box is not None:
                return box
        return _NOWHERE

    def _pieces(self, element: Any, above: list[Any], body: Any, is_title: bool) -> Iterator[Piece]:
        paragraphs = [(one, paragraph_text(one)) for one in body.findall(A + "p")]
        paragraphs = [(one, text) for one, text in paragraphs if text]
        if is_title:
            if paragraphs:
                text = "\n".join(text for _, text in paragraphs)
                yield Piece(text, "heading", 1, size=self.inherit.size(element, above, paragraphs[0][0]))
            return
        for one, text in paragraphs:
            properties = one.find(A + "pPr")
            level = whole(properties.get("lvl"), 0, 0, _DEEPEST) if properties is not None else 0
            typed = _TYPED_BULLET.match(text)
            size = self.inherit.size(element, above, one)
            if typed or self.inherit.is_bulleted(element, above, one):
                plain = text[typed.end():] if typed else text
                yield Piece(plain, "list-item", level + 1, size=size)
            else:
                yield Piece(text, size=size)

    def _picture(self, element: Any, matrix: Matrix) -> Iterator[Shape]:
        media = element.find(f"{P}nvPicPr/{P}nvPr")
        kinds = {str(child.tag).rpartition("}")[2] for child in media} if media is not None else set()
        if self.prompts and placeholder(element) is not None:
            return
        if kinds & {"videoFile", "quickTimeFile"}:
            self.gaps["video"] += 1
        elif kinds & {"audioFile", "audioCd", "wavAudioFile"}:
            self.gaps["audio"] += 1
        else:
            self._count_picture(element, self.inherit.above(element), matrix)
        described = self._description(element)
        if described:
            box = self._box(element, self.inherit.above(element), matrix)
            yield Shape(box, hidden=self._is_hidden(element), description=described)

    def _count_picture(self, element: Any, above: list[Any], matrix: Matrix) -> None:
        self.gaps["picture"] += 1
        self.pictures.append(self._box(element, above, matrix))

    def _frame(self, element: Any, matrix: Matrix) -> Iterator[Shape]:
        box = box_of(element.find(P + "xfrm"), matrix) or _NOWHERE
        table = element.find(f"{A}graphic/{A}graphicData/{A}tbl")
        if table is not None:
            pieces = list(table_pieces(table, box))
        else:
            pieces = [_labelled(label) for label in self._labels(element)]
        described = self._description(element)
        if pieces or described:
            yield Shape(box, tuple(pieces), hidden=self._is_hidden(element), description=described)

    def _labels(self, element: Any) -> Iterator[Label]:
        for chart in element.iter(C + "chart", CX + "chart"):
            if chart.get(R + "id"):
                yield from chart_labels(self._related(chart.get(R + "id")))
        for diagram in element.iter(DGM + "relIds"):
            yield from diagram_labels(self._related(diagram.get(R + "dm", "")))
        if next(element.iter(P + "oleObj"), None) is not None:
            self.gaps["embedded-object"] += 1

    def _related(self, identifier: str) -> Any:
        relation = self.part.rels.get(identifier) if identifier else None
        if relation is None or relation.is_external:
            return None
        return parse_part(relation.target_part.blob)

    @staticmethod
    def _properties(element: Any) -> Any:
        return next((found for child in element if (found := child.find(P + "cNvPr")) is not None), None)

    def _description(self, element: Any) -> str:
        properties = self._properties(element)
        decorative = properties is not None and any(
            str(one.tag).endswith("}decorative") and one.get("val") in ("1", "true") for one in properties.iter()
        )
        return "" if decorative else alt_text(properties)

    def _is_hidden(self, element: Any) -> bool:
        properties = self._properties(element)
        return properties is not None and properties.get("hidden") in ("1", "true")


def table_pieces(table: Any, frame: Box) -> Iterator[Piece]:
    """The rows of an `a:tbl`, each in its own box within `frame`; cells swallowed by a merged one are left out."""
    rows: list[list[Cell]] = []
    heights: list[float] = []
    for row in table.findall(A + "tr"):
        cells = []
        for column, cell in enumerate(row.findall(A + "tc")):
            if cell.get("hMerge") in ("1", "true") or cell.get("vMerge") in ("1", "true"):
                continue
            lines = (paragraph_text(one) for one in cell.iter(A + "p"))
            span = whole(cell.get("gridSpan"), 1, 1, _WIDEST)
            cells.append(Cell(tuple(line for line in lines if line), column, span))
        rows.append(cells)
        heights.append(whole(row.get("h"), 0, 0) / EMU)
    properties = table.find(A + "tblPr")
    marked = 1 if properties is not None and properties.get("firstRow") in ("1", "true") else 0
    top, scale = frame[1], (frame[3] - frame[1]) / sum(heights) if sum(heights) else 0.0
    layout = is_layout(rows)
    head = 0 if layout else heading_rows(rows, marked, certain=False)
    headings = column_headings(rows, head)
    for index, row in enumerate(rows):
        bottom = top + heights[index] * scale
        box = (frame[0], round(top, 2), frame[2], round(bottom, 2)) if scale else frame
        top = bottom
        cells_shown = shown(row)
        if layout:
            yield from (Piece(text, boxes=(box,)) for cell in cells_shown for text in cell.paragraphs)
        elif cells_shown:
            texts = tuple(cell.text for cell in cells_shown)
            columns = headings_over(cells_shown, headings) if index >= head else ()
            yield Piece(" ".join(texts), "table-row", cells=texts, columns=columns, boxes=(box,))


def _labelled(label: Label) -> Piece:
    if label.cells:
        return Piece(label.text, "table-row", cells=label.cells)
    if label.level:
        return Piece(label.text, "list-item", label.level, parent=label.parent)
    return Piece(trimmed(label.text), "caption")


def _around(boxes: list[Box]) -> Box:
    return (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )
