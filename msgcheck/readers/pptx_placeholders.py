"""What a shape on a slide inherits: position, bullets and size of type from the placeholders of layout and master."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgcheck.readers.attributes import whole
from msgcheck.readers.drawing import A

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"

TITLES = frozenset({"title", "ctrTitle"})
FURNITURE = frozenset({"dt", "ftr", "hdr", "sldNum"})
_ON_MASTER = {"ctrTitle": "title", "subTitle": "body", "obj": "body"}
_BULLETS = (A + "buChar", A + "buAutoNum", A + "buBlip")


def placeholder(shape: Any) -> tuple[str, str] | None:
    """The type and index of the placeholder that a shape fills, None for any other shape."""
    found = next((child.find(f"{P}nvPr/{P}ph") for child in shape if str(child.tag).startswith(P + "nv")), None)
    return None if found is None else (found.get("type", "obj"), found.get("idx", "0"))


class Inheritance:
    """The sheets under one slide, `trees` being the shape trees of layout and master, nearest first."""

    def __init__(self, trees: tuple[Any, ...], master: Any, defaults: Any) -> None:
        self._shapes = [
            [(place, shape) for shape in tree.iter(P + "sp", P + "pic") if (place := placeholder(shape))]
            for tree in trees
        ]
        self._styles = None if master is None else master.find(P + "txStyles")
        self._defaults = defaults

    def above(self, shape: Any) -> list[Any]:
        """The placeholders that `shape` inherits from, nearest first."""
        place = placeholder(shape)
        if place is None:
            return []
        kind, index = place
        found = []
        for level, shapes in enumerate(self._shapes):
            wanted = kind if level == 0 else _ON_MASTER.get(kind, kind)
            match = next((one for (one_kind, one_index), one in shapes if level == 0 and one_index == index
                          and (one_kind == kind or kind == "obj" or one_kind == "obj")), None)
            if match is None:
                match = next((one for (one_kind, _), one in shapes if one_kind == wanted), None)
            if match is not None:
                found.append(match)
                kind = (placeholder(match) or (kind, index))[0]
        return found

    def is_bulleted(self, shape: Any, above: list[Any], paragraph: Any) -> bool:
        """Whether a paragraph shows a bullet or number before it."""
        for properties in self._properties(shape, above, paragraph):
            if properties.find(A + "buNone") is not None:
                return False
            if any(properties.find(tag) is not None for tag in _BULLETS):
                return True
        return False

    def size(self, shape: Any, above: list[Any], paragraph: Any) -> int:
        """The size of type of a paragraph in hundredths of a point, 0 where nothing says it."""
        sizes = [run.get("sz") for run in paragraph.iter(A + "rPr") if run.get("sz")]
        if sizes:
            return max(whole(one) for one in sizes)
        for properties in self._properties(shape, above, paragraph):
            run = properties.find(A + "defRPr")
            if run is not None and run.get("sz"):
                return whole(run.get("sz"))
        return 0

    def _properties(self, shape: Any, above: list[Any], paragraph: Any) -> Iterator[Any]:
        own = paragraph.find(A + "pPr")
        if own is not None:
            yield own
        level = whole(own.get("lvl")) if own is not None else 0
        name = f"{A}lvl{level + 1}pPr"
        for one in (shape, *above):
            body = one.find(P + "txBody")
            style = None if body is None else body.find(A + "lstStyle")
            if style is not None and style.find(name) is not None:
                yield style.find(name)
        if self._styles is not None:
            style = self._styles.find(P + self._style_of(shape))
            if style is not None and style.find(name) is not None:
                yield style.find(name)
        if self._defaults is not None and self._defaults.find(name) is not None:
            yield self._defaults.find(name)

    def run_defaults(self, shape: Any, above: list[Any], paragraph: Any) -> Iterator[tuple[Any, bool]]:
        """The `a:defRPr` that speak of a paragraph's runs, nearest first, and whether one is of the shape or its
        placeholders (and not of the master's or presentation's text styles).
        """
        own = paragraph.find(A + "pPr")
        of_shapes = [
            style for one in (shape, *above)
            if (body := one.find(P + "txBody")) is not None and (style := body.find(A + "lstStyle")) is not None
        ]
        for properties in self._properties(shape, above, paragraph):
            run = properties.find(A + "defRPr")
            if run is not None and properties is not own:
                yield run, any(properties.getparent() is style for style in of_shapes)

    @staticmethod
    def _style_of(shape: Any) -> str:
        place = placeholder(shape)
        if place is None or place[0] in FURNITURE:
            return "otherStyle"
        return "titleStyle" if place[0] in TITLES else "bodyStyle"
