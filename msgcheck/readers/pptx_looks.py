"""Colours and fonts of slides as they show: of runs of text, shapes, table cells and backgrounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgcheck.model import Location
from msgcheck.readers.drawing import MC, A, alternatives, paragraph_text
from msgcheck.readers.looks import Looks
from msgcheck.readers.office_colors import Colors
from msgcheck.readers.pptx_geometry import IDENTITY, box_of
from msgcheck.readers.pptx_placeholders import Inheritance, P, placeholder

_RUNS = (A + "r", A + "fld")
_MOST_DEPTH = 30


class SheetLooks:
    """Reads one tree of shapes into `looks`. With `prompts` (layouts and masters) placeholders show nothing.

    What a table's style paints, gradients, pictures and charts are passed over: they show more than one colour, or one
    that the file does not name. A hyperlink's colour is its theme's and no one's choice.
    """

    def __init__(
        self, looks: Looks, colors: Colors, inherit: Inheritance, location: Location, size: tuple[float, float],
        prompts: bool = False,
    ) -> None:
        self._looks = looks
        self._colors = colors
        self._inherit = inherit
        self._location = location
        self._size = size
        self._prompts = prompts

    def read(self, tree: Any, depth: int = 0) -> None:
        for element in tree if depth <= _MOST_DEPTH else ():
            if element.tag == MC + "AlternateContent":
                for branch in alternatives(element)[:1]:
                    self.read(branch, depth + 1)
            elif self._is_unseen(element, depth):
                continue
            elif element.tag == P + "grpSp":
                self.read(element, depth + 1)
            elif element.tag in (P + "sp", P + "cxnSp"):
                self._shape(element)
            elif element.tag == P + "graphicFrame":
                for cell in element.iter(A + "tc"):
                    self._cell(cell)

    def _is_unseen(self, element: Any, depth: int) -> bool:
        """Whether a shape is switched off, or stands wholly beside the slide."""
        properties = next((found for child in element if (found := child.find(P + "cNvPr")) is not None), None)
        if properties is not None and properties.get("hidden") in ("1", "true"):
            return True
        place = placeholder(element)
        if self._prompts and place is not None:
            return True
        box = None if depth else box_of(element.find(f"{P}spPr/{A}xfrm"), IDENTITY)
        return box is not None and (
            box[2] <= 0 or box[3] <= 0 or box[0] >= self._size[0] or box[1] >= self._size[1]
        )

    def _shape(self, element: Any) -> None:
        above = self._inherit.above(element)
        body = element.find(P + "txBody")
        texts = [] if body is None else [paragraph_text(one) for one in body.findall(A + "p")]
        text = next((one for one in texts if one), "")
        if placeholder(element) is not None and not text:
            return                       # shows nothing but its prompt, and that only to its author
        style = element.find(P + "style")
        fill, line = self._colors.paint(element.find(P + "spPr"), style)
        for one in above:
            if element.find(P + "spPr") is None or len(element.find(P + "spPr").findall("*")) == 0:
                fill, line = self._colors.paint(one.find(P + "spPr"), one.find(P + "style"))
                break
        self._looks.color(fill, "fill", self._location, text)
        self._looks.color(line, "line", self._location, text)
        reference = None if style is None else style.find(A + "fontRef")
        for paragraph in body.findall(A + "p") if body is not None else ():
            self._paragraph(paragraph, list(self._inherit.run_defaults(element, above, paragraph)), reference)

    def _cell(self, cell: Any) -> None:
        if cell.get("hMerge") in ("1", "true") or cell.get("vMerge") in ("1", "true"):
            return
        paragraphs = list(cell.iter(A + "p"))
        text = next((one for paragraph in paragraphs if (one := paragraph_text(paragraph))), "")
        fill, _ = self._colors.paint(cell.find(A + "tcPr"), None)
        self._looks.color(fill, "fill", self._location, text)
        for paragraph in paragraphs:
            self._paragraph(paragraph, [], None)

    def _paragraph(self, paragraph: Any, defaults: list[tuple[Any, bool]], reference: Any) -> None:
        for run in paragraph:
            text = "".join(one.text or "" for one in run.findall(A + "t")) if run.tag in _RUNS else ""
            if not any(char.isalnum() for char in text):
                continue
            own = run.find(A + "rPr")
            layers = list(_layers(own, defaults, reference))
            if own is None or own.find(A + "hlinkClick") is None:
                self._looks.color(self._color(layers), "text", self._location, text)
            self._looks.font(self._font(layers), self._location, text)

    def _color(self, layers: list[Any]) -> str | None:
        for one in layers:
            if one.tag == A + "fontRef":
                if len(one):
                    return self._colors.of(one)
                continue
            fill = next((child for child in one if child.tag.endswith("Fill")), None)
            if fill is not None:
                return self._colors.of(fill) if fill.tag == A + "solidFill" else None
        return None

    def _font(self, layers: list[Any]) -> str | None:
        theme = self._colors.theme
        for one in layers:
            if one.tag == A + "fontRef":
                if one.get("idx") in ("major", "minor"):
                    return theme.font(one.get("idx"))
                continue
            latin = one.find(A + "latin")
            if latin is not None and latin.get("typeface"):
                return theme.font(latin.get("typeface"))
        return None


def _layers(own: Any, defaults: list[tuple[Any, bool]], reference: Any) -> Iterator[Any]:
    """What speaks of a run, nearest first: itself, the shape's lists, the shape's style, the sheets below."""
    if own is not None:
        yield own
    yield from (one for one, of_shape in defaults if of_shape)
    if reference is not None:
        yield reference
    yield from (one for one, of_shape in defaults if not of_shape)
