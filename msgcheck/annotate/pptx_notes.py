"""Notes drawn beside the slides of a deck that can take no comments, with a numbered mark where each belongs.

They stand off the slide's right edge: seen while editing, neither shown nor printed.
"""

from __future__ import annotations

from typing import Any

from msgcheck.annotate.note import AUTHOR
from msgcheck.copies.package import Package
from msgcheck.copies.paragraphs import A, P

_EMU = 12700             # of a point
_MARK = 16.0             # points across
_WIDTH = 230.0           # points, of a note
_LINE = 12.5             # points, of a line of its text
_LETTERS = 44            # of such a line
_GAP = 8.0
_FILL, _EDGE, _INK = "FFF4C4", "C88A00", "1E2227"


class Notes:
    """Adds notes to slide parts of `package`; numbers begin anew on every slide."""

    def __init__(self, package: Package) -> None:
        self._package = package
        size = package.xml("ppt/presentation.xml").find(P + "sldSz")
        self._right = int(size.get("cx", "9144000")) / _EMU if size is not None else 720.0
        self._taken: dict[str, tuple[int, float]] = {}       # by slide: notes so far, and where the next one begins

    def add(self, slide: str, x: float, y: float, text: str) -> None:
        """A note on the slide part `slide`, marked `x` and `y` points from its top left."""
        root = self._package.xml(slide)
        self._package.touch(slide)
        tree = next(root.iter(P + "spTree"))
        number, top = self._taken.get(slide, (0, 0.0))
        lines = text.split("\n")
        height = _LINE * sum(1 + len(line) // _LETTERS for line in lines) + 12
        mark = (max(0.0, x - _MARK / 2), max(0.0, y - _MARK / 2), _MARK, _MARK)
        _draw(tree, f"{AUTHOR} mark {number + 1}", mark, "ellipse", [str(number + 1)])
        note = (self._right + 12, top, _WIDTH, height)
        _draw(tree, f"{AUTHOR} note {number + 1}", note, "rect", [f"{number + 1}  {lines[0]}", *lines[1:]])
        self._taken[slide] = number + 1, top + height + _GAP


def _draw(tree: Any, name: str, place: tuple[float, float, float, float], form: str, lines: list[str]) -> None:
    """A filled shape in front of all others; `place` is left, top, width and height in points."""
    from lxml import etree

    def add(parent: Any, tag: str, **attributes: str) -> Any:
        return etree.SubElement(parent, tag, attributes)

    numbers = [int(one.get("id", "0")) for one in tree.iter(P + "cNvPr") if one.get("id", "").isdecimal()]
    shape = etree.Element(P + "sp")
    about = add(shape, P + "nvSpPr")
    add(about, P + "cNvPr", id=str(max(numbers, default=1) + 1), name=name)
    add(about, P + "cNvSpPr")
    add(about, P + "nvPr")
    look = add(shape, P + "spPr")
    frame = add(look, A + "xfrm")
    left, top, width, height = (str(round(value * _EMU)) for value in place)
    add(frame, A + "off", x=left, y=top)
    add(frame, A + "ext", cx=width, cy=height)
    add(add(look, A + "prstGeom", prst=form), A + "avLst")
    add(add(look, A + "solidFill"), A + "srgbClr", val=_FILL)
    add(add(add(look, A + "ln", w="9525"), A + "solidFill"), A + "srgbClr", val=_EDGE)
    body = add(shape, P + "txBody")
    mark = form == "ellipse"
    inset = "0" if mark else "63500"
    edges = dict.fromkeys(("lIns", "tIns", "rIns", "bIns"), inset)
    add(body, A + "bodyPr", wrap="square", **edges, anchor="ctr" if mark else "t")
    for line in lines:
        paragraph = add(body, A + "p")
        add(paragraph, A + "pPr", algn="ctr" if mark else "l")
        run = add(paragraph, A + "r")
        letters = add(run, A + "rPr", lang="en", sz="900" if mark else "1000", b="1" if mark else "0")
        add(add(letters, A + "solidFill"), A + "srgbClr", val=_INK)
        add(run, A + "t").text = line
    last = tree[-1] if len(tree) and tree[-1].tag == P + "extLst" else None
    if last is not None:
        last.addprevious(shape)
    else:
        tree.append(shape)
