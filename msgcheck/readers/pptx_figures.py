"""Large figures on slides, joined to the words under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from msgcheck.model import Box
from msgcheck.readers.figures import counts
from msgcheck.readers.pptx_shapes import Piece, Shape

_LARGER = 1.35
"""How much larger than its words a figure is set."""


def with_figures(shapes: Sequence[Shape]) -> list[Shape]:
    """`shapes` in reading order, each large figure joined to the paragraph right under it."""
    out: list[Shape] = []
    for shape in shapes:
        shape = replace(shape, pieces=_within(shape))
        if out and shape.pieces and len(out[-1].pieces) == 1 and not out[-1].title and not shape.title:
            figure, words = out[-1].pieces[0], shape.pieces[0]
            if _counts(figure, words) and _is_under(out[-1].box, shape.box):
                joined = _joined(figure, words, (out.pop().box, shape.box))
                shape = replace(shape, pieces=(joined, *shape.pieces[1:]))
        out.append(shape)
    return out


def _within(shape: Shape) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for piece in shape.pieces:
        if pieces and _counts(pieces[-1], piece):
            piece = _joined(pieces.pop(), piece, (shape.box,))
        pieces.append(piece)
    return tuple(pieces)


def _counts(figure: Piece, words: Piece) -> bool:
    """Whether `words` can say what `figure` counts."""
    return (
        figure.kind == words.kind == "paragraph"
        and figure.size >= _LARGER * words.size > 0
        and counts(figure.text, words.text)
    )


def _is_under(above: Box, below: Box) -> bool:
    height = above[3] - above[1]
    shared = min(above[2], below[2]) - max(above[0], below[0])
    narrower = min(above[2] - above[0], below[2] - below[0])
    return above[1] + height * 0.4 <= below[1] <= above[3] + height * 0.5 and shared >= narrower * 0.5 > 0


def _joined(figure: Piece, words: Piece, boxes: tuple[Box, ...]) -> Piece:
    return replace(words, text=f"{figure.text}\n{words.text}", boxes=boxes)
