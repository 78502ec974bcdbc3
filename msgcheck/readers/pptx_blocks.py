"""Slides as blocks: each slide's title and text in the order of reading, then what several show, what none shows,
descriptions, comments and notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgcheck.model import Block, Box, Layer, Location
from msgcheck.readers.blocks import make_block
from msgcheck.readers.context import Context
from msgcheck.readers.pptx_figures import with_figures
from msgcheck.readers.pptx_geometry import overlap
from msgcheck.readers.pptx_running import Running, is_number
from msgcheck.readers.pptx_shapes import Piece, Shape, flat, text_of, unseen
from msgcheck.readers.pptx_slides import Slide
from msgcheck.readers.reading_order import in_reading_order

_TITLE_WORDS = 15


def blocks_of(slides: list[Slide], size: tuple[float, float]) -> Iterator[Block | None]:
    """The blocks of all slides, each `size` points wide and high, running ones where they first stand."""
    blocks = _Blocks(slides, size)
    for slide in slides:
        yield from blocks.of(slide)


class _Blocks:
    def __init__(self, slides: list[Slide], size: tuple[float, float]) -> None:
        self._size = size
        self._running = Running(slides, size)

    def of(self, slide: Slide) -> Iterator[Block | None]:
        """The blocks of one slide, asked for in the order of the slides: what several show is told with the first."""
        layer: Layer = "hidden" if slide.hidden else "body"
        everything = [shape for shape in flat(slide.shapes) if not is_number(shape)]
        hidden = {id(shape) for shape in unseen(slide.shapes, self._size)}
        shown = [shape for shape in everything if shape.pieces and id(shape) not in hidden]
        running_here = {id(shape) for shape in shown if self._running.holds(shape)}
        wanted = {id(shape) for shape in shown} - running_here
        ordered = with_figures(_ordered(_only(slide.shapes, wanted)))
        title = _title_of(ordered, self._size)
        context = Context(title)
        fallback = next((shape for shape in ordered if title and text_of(shape) == title), None)
        for shape in ordered:
            context.leave_container()
            for piece in shape.pieces:
                is_title = shape.title or shape is fallback
                yield self._block(slide, shape, piece, layer, context, is_title)
        for shape in [*(one for one in shown if id(one) in running_here), *slide.backdrop]:
            for piece in shape.pieces:
                count = 0 if slide.hidden else self._running.first(piece.text, slide.number)
                if count or (slide.hidden and id(shape) in running_here):
                    where: Layer = "hidden" if slide.hidden else "running"
                    yield self._block(slide, shape, piece, where, None, count=count or 1)
        for shape in everything:
            if id(shape) in hidden:
                for piece in shape.pieces:
                    yield self._block(slide, shape, piece, "hidden", None, False, f"{slide.label}, not shown")
        described: Layer = "hidden" if slide.hidden else "description"
        for shape in (*everything, *(self._running.new_descriptions(slide))):
            place = self._location(slide, (shape.box,), f"{slide.label}, alternative text")
            yield make_block(shape.description, "caption", described, place)
        for comment in slide.comments:
            place = Location("slide", slide.number, f"comment on {slide.label}", (), self._size)
            yield make_block(comment, "note", "hidden", place)
        for shape in slide.notes:
            place = Location("notes", slide.number, f"notes of {slide.label}")
            for piece in shape.pieces:
                kind = "note" if piece.kind == "paragraph" else piece.kind
                yield make_block(
                    piece.text, kind, "hidden" if slide.hidden else "notes", place, heading=title, cells=piece.cells,
                    columns=piece.columns, level=piece.level,
                )

    def _block(
        self, slide: Slide, shape: Shape, piece: Piece, layer: Layer, context: Context | None,
        is_title: bool = False, label: str = "", count: int = 1,
    ) -> Block | None:
        lead = ""
        if context is not None and not is_title:
            if piece.kind == "list-item":
                lead = context.see_item(piece.text, piece.level)
                lead = lead if piece.parent is None else piece.parent
            elif piece.kind == "paragraph":
                context.see_paragraph(piece.text)
        heading = "" if context is None or is_title else context.heading
        return make_block(
            piece.text, "heading" if is_title else piece.kind, layer,
            self._location(slide, piece.boxes or (shape.box,), label or slide.label), heading=heading, lead_in=lead,
            columns=piece.columns, cells=piece.cells, level=1 if is_title else piece.level, count=count,
        )

    def _location(self, slide: Slide, boxes: tuple[Box, ...], label: str) -> Location:
        known = tuple(box for box in boxes if any(box))
        return Location("slide", slide.number, label, known, (round(self._size[0], 2), round(self._size[1], 2)))


def _ordered(shapes: list[Shape]) -> list[Shape]:
    """The shapes with text in reading order, a group as one where nothing else stands within it."""
    units: list[Shape] = []
    for shape in shapes:
        if shape.children and any(overlap(shape.box, other.box) for other in shapes if other is not shape):
            units.extend(flat([shape]))
        else:
            units.append(shape)
    out: list[Shape] = []
    for unit in in_reading_order(units, lambda shape: shape.box):
        out.extend(_ordered(list(unit.children)) if unit.children else [unit])
    titles = [shape for shape in out if shape.title]
    return [*titles, *(shape for shape in out if not shape.title)]


def _only(shapes: Iterable[Shape], wanted: set[int]) -> list[Shape]:
    """The tree of shapes cut down to the `wanted` leaves, groups around what is left of them."""
    kept: list[Shape] = []
    for shape in shapes:
        if shape.children:
            children = _only(shape.children, wanted)
            if children:
                boxes = [child.box for child in children]
                around = (min(one[0] for one in boxes), min(one[1] for one in boxes),
                          max(one[2] for one in boxes), max(one[3] for one in boxes))
                kept.append(Shape(around, (), tuple(children)))
        elif id(shape) in wanted:
            kept.append(shape)
    return kept


def _title_of(ordered: list[Shape], size: tuple[float, float]) -> str:
    """The slide's title: its placeholder's text, or the largest text at its top where that stands out."""
    for shape in ordered:
        if shape.title and shape.pieces:
            return shape.pieces[0].text
    single = [shape for shape in ordered if len(shape.pieces) == 1 and shape.pieces[0].kind == "paragraph"]
    sizes = sorted({piece.size for shape in ordered for piece in shape.pieces}, reverse=True)
    if len(sizes) < 2:
        return ""
    largest = [shape for shape in single if shape.pieces[0].size == sizes[0]]
    if len(largest) != 1 or largest[0].box[1] > size[1] / 3:
        return ""
    words = largest[0].pieces[0].text.split()
    stands = 2 <= len(words) <= _TITLE_WORDS and any(word.isalpha() for word in words)
    return largest[0].pieces[0].text if stands else ""
