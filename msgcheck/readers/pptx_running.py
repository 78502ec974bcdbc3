"""The texts that several slides show at one place, read once."""

from __future__ import annotations

import re
from collections import Counter

from msgcheck.readers.pptx_shapes import Shape, flat, text_of, unseen
from msgcheck.readers.pptx_slides import Slide

_NO_WORDS = re.compile(r"[\s\d‹›<>#/|.–-]*")
_MARGIN = 0.12
"""Of the slide's height at top and bottom where a repeated text is a header or footer."""
_FEWEST_REPEATS = 3


class Running:
    """The texts that several slides show at one place: of master and layout, in footers, or copied into a margin."""

    def __init__(self, slides: list[Slide], size: tuple[float, float]) -> None:
        visible = [slide for slide in slides if not slide.hidden]
        self._size = size
        seen: Counter[tuple[str, tuple[int, ...]]] = Counter()
        for slide in visible:
            seen.update({key for shape in flat(slide.shapes) if (key := self._key(shape)) is not None})
        enough = max(_FEWEST_REPEATS, len(visible) / 2)
        self._repeated = {key for key, number in seen.items() if number >= enough}
        self._counts: Counter[str] = Counter()
        self._firsts: dict[str, int] = {}
        self._described: set[str] = set()
        for slide in visible:
            off = {id(shape) for shape in unseen(slide.shapes, size)}
            held = [shape for shape in flat(slide.shapes) if self.holds(shape) and id(shape) not in off]
            texts = {piece.text for shape in [*held, *slide.backdrop] for piece in shape.pieces}
            for text in texts:
                if not _NO_WORDS.fullmatch(text):
                    self._counts[text] += 1
                    self._firsts.setdefault(text, slide.number)

    def holds(self, shape: Shape) -> bool:
        """Whether a shape of a slide is a running one."""
        return bool(shape.furniture) or self._key(shape) in self._repeated

    def first(self, text: str, number: int) -> int:
        """On how many slides a running text stands, if slide `number` is where it is read, else 0; read once."""
        return self._counts[text] if self._firsts.get(text) == number and self._firsts.pop(text) else 0

    def new_descriptions(self, slide: Slide) -> list[Shape]:
        """The shapes of layout and master whose alternative text no slide before this one has shown."""
        found = [shape for shape in slide.backdrop if shape.description not in self._described]
        self._described.update(shape.description for shape in found)
        return found

    def _key(self, shape: Shape) -> tuple[str, tuple[int, ...]] | None:
        text, box = text_of(shape), shape.box
        middle = (box[1] + box[3]) / 2
        height = self._size[1]
        if not text or shape.title or height * _MARGIN < middle < height * (1 - _MARGIN):
            return None
        return text, tuple(round(one / 2) for one in box)


def is_number(shape: Shape) -> bool:
    """Whether a shape is a slide's number or a date in figures, furniture that says no word."""
    return bool(shape.furniture) and _NO_WORDS.fullmatch(text_of(shape)) is not None
