"""PowerPoint presentations: slides in visual order, with notes, comments, charts and what the master shows."""

from __future__ import annotations

from msgcheck.model import Document, Reason
from msgcheck.readers.blocks import build_document
from msgcheck.readers.office import opened, properties_blocks
from msgcheck.readers.options import ReadOptions
from msgcheck.readers.pptx_blocks import blocks_of
from msgcheck.readers.pptx_geometry import overlap
from msgcheck.readers.pptx_shapes import flat
from msgcheck.readers.pptx_slides import Slide, SlideReader

_LARGE = 0.15
"""Of the slide's area, from which a picture below a lone title is its content."""


def read(data: bytes, name: str, options: ReadOptions) -> Document:
    """The presentation `data`; raises `Unreadable` ('encrypted', 'too-large', 'damaged')."""
    from pptx import Presentation

    presentation, mended = opened(data, options, Presentation)
    reader = SlideReader(presentation, options)
    reasons = [*mended]
    slides = list(reader.slides(reasons))
    blocks = [*properties_blocks(presentation), *blocks_of(slides, reader.size)]
    for slide in slides:
        unread = _unread_pictures(slide, reader.size)
        if unread:
            reader.gaps["picture-without-text"] += unread
            text = "This slide is one of pictures, with no text beside them; what they say was not read."
            reasons.append(Reason("picture-without-text", slide.label, text))
    gaps = sorted(reader.gaps.items())
    return build_document(
        name, "pptx", data, blocks, reasons=reasons, pages=reader.count, unit="slide", gaps=gaps,
        looks=reader.looks.found(),
    )


def _unread_pictures(slide: Slide, size: tuple[float, float]) -> int:
    """How many pictures may say what the slide's text does not: all where there is no text, and below a title that
    stands alone those that are large and do not lie behind it.
    """
    shapes = [shape for shape in flat(slide.shapes) if shape.pieces and not shape.furniture]
    if any(not shape.title for shape in shapes):
        return 0
    return sum(
        not shapes or (
            (box[2] - box[0]) * (box[3] - box[1]) >= _LARGE * size[0] * size[1]
            and not any(overlap(box, shape.box) for shape in shapes)
        )
        for box in slide.pictures
    )
