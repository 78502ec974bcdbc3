"""The slides of a presentation as values: shapes, notes, comments and pictures of each, and what its layout adds."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from msgcheck.model import Box, Location, Reason
from msgcheck.readers.drawing import A, R, paragraph_text, parse_part, trimmed
from msgcheck.readers.looks import FAILURES, Looks
from msgcheck.readers.office_colors import Colors, Theme, theme_of
from msgcheck.readers.options import ReadOptions
from msgcheck.readers.pptx_geometry import EMU
from msgcheck.readers.pptx_looks import SheetLooks
from msgcheck.readers.pptx_placeholders import FURNITURE, Inheritance, P
from msgcheck.readers.pptx_shapes import Shape, Walk, flat


@dataclass(slots=True)
class Slide:
    """What was found on one slide, before it becomes blocks."""

    number: int
    hidden: bool
    shapes: list[Shape] = field(default_factory=list)
    backdrop: list[Shape] = field(default_factory=list)    # of layout and master
    notes: list[Shape] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)

    @property
    def label(self) -> str:
        return f"slide {self.number} (hidden)" if self.hidden else f"slide {self.number}"


class SlideReader:
    """Reads the slides of a presentation. `size` is that of each in points, `count` says how many there are; `gaps` and
    `looks` fill while they are read.
    """

    def __init__(self, presentation: Any, options: ReadOptions) -> None:
        self._presentation = presentation
        self._options = options
        root = presentation.part._element
        self._ids = [one.get(R + "id", "") for one in root.iter(P + "sldId")]
        self.count = len(self._ids)
        size = root.find(P + "sldSz")
        self.size = (
            (float(size.get("cx")) / EMU, float(size.get("cy")) / EMU) if size is not None else (960.0, 540.0)
        )
        self._defaults = root.find(P + "defaultTextStyle")
        self._sheets: dict[Any, tuple[Inheritance, list[Shape], list[Shape]]] = {}
        self.gaps: Counter[str] = Counter()
        self.looks = Looks()
        self._themes: dict[Any, Theme] = {}
        self._looked: set[Any] = set()

    def slides(self, reasons: list[Reason]) -> Iterator[Slide]:
        """The slides one by one; what is wrong with one is appended to `reasons`."""
        most = self._options.max_pages
        if self.count > most:
            text = f"The presentation has {self.count:,} slides; the first {most:,} were read."
            reasons.append(Reason("too-many-pages", f"slide {most + 1}", text))
        for number, identifier in enumerate(self._ids[:most], start=1):
            try:
                yield self._slide(number, identifier, reasons)
            except MemoryError:
                raise
            except Exception as error:  # noqa: BLE001 - one broken slide is its own reason, the others are read
                text = f"The slide is broken and was not read ({type(error).__name__})."
                reasons.append(Reason("page-unreadable", f"slide {number}", text))

    def _slide(self, number: int, identifier: str, reasons: list[Reason]) -> Slide:
        part = self._presentation.part.rels[identifier].target_part
        root = part._element
        tree = root.find(f"{P}cSld/{P}spTree")
        slide = Slide(number, root.get("show") in ("0", "false"))
        inherit, on_layout, on_master = self._under(part)
        walk = Walk(part, inherit, self._options.max_depth)
        slide.shapes = walk.shapes(tree)
        if root.get("showMasterSp") not in ("0", "false"):
            slide.backdrop = [*on_layout, *on_master]
        slide.pictures = walk.pictures
        if root.find(f"{P}cSld/{P}bg//{A}blip") is not None:
            walk.gaps["picture"] += 1
            slide.pictures.append((0.0, 0.0, *self.size))
        if not slide.hidden:
            with contextlib.suppress(*FAILURES):
                self._look(part, slide, inherit)
        for relation in part.rels.values():
            if relation.is_external:
                continue
            if relation.reltype.endswith("/notesSlide"):
                slide.notes = self._notes(relation.target_part)
            elif relation.reltype.endswith("/comments"):
                slide.comments.extend(_comments(parse_part(relation.target_part.blob)))
        self.gaps.update(walk.gaps)
        if walk.too_deep:
            text = f"Groups nested deeper than {self._options.max_depth} were not read."
            reasons.append(Reason("too-deep", f"slide {number}", text))
        return slide

    def _look(self, part: Any, slide: Slide, inherit: Inheritance) -> None:
        """Note the colours and fonts of a slide, and of its layout and master where it is the first to show them."""
        layout = _related_part(part, "/slideLayout")
        master = None if layout is None else _related_part(layout, "/slideMaster")
        if master not in self._themes:
            theme = None if master is None else _related_part(master, "/theme")
            self._themes[master] = theme_of(None if theme is None else parse_part(theme.blob))
        place = Location("slide", slide.number, slide.label, (), (round(self.size[0], 2), round(self.size[1], 2)))
        sheets = [one for one in (part, layout, master) if one is not None]
        colors = Colors(self._themes[master], _color_map(sheets))
        for one in sheets:
            there, color = colors.background(one._element, P)
            if there:
                self.looks.color(color, "fill", place)
                break
        seen = [part]
        if part._element.get("showMasterSp") not in ("0", "false") and layout is not None:
            shows = master is not None and layout._element.get("showMasterSp") not in ("0", "false")
            seen += [layout, master] if shows else [layout]
        for one in seen:
            tree = one._element.find(f"{P}cSld/{P}spTree")
            if tree is not None and one not in self._looked:
                self._looked.add(one)
                SheetLooks(self.looks, colors, inherit, place, self.size, prompts=one is not part).read(tree)

    def _under(self, part: Any) -> tuple[Inheritance, list[Shape], list[Shape]]:
        """Inheritance and visible texts of the layout and master of a slide."""
        layout = _related_part(part, "/slideLayout")
        if layout in self._sheets:
            return self._sheets[layout]
        master = None if layout is None else _related_part(layout, "/slideMaster")
        roots = [one._element for one in (layout, master) if one is not None]
        trees = tuple(tree for root in roots if (tree := root.find(f"{P}cSld/{P}spTree")) is not None)
        inherit = Inheritance(trees, None if master is None else master._element, self._defaults)
        found: list[list[Shape]] = [[], []]
        for index, one in enumerate((layout, master)):
            tree = None if one is None else one._element.find(f"{P}cSld/{P}spTree")
            if tree is not None:
                walk = Walk(one, inherit, self._options.max_depth, prompts=True)
                found[index] = [shape for shape in flat(walk.shapes(tree)) if not shape.hidden]
        if layout is not None and layout._element.get("showMasterSp") in ("0", "false"):
            found[1] = []
        self._sheets[layout] = (inherit, found[0], found[1])
        return self._sheets[layout]

    def _notes(self, part: Any) -> list[Shape]:
        tree = part._element.find(f"{P}cSld/{P}spTree")
        if tree is None:
            return []
        walk = Walk(part, Inheritance((), None, None), self._options.max_depth)
        return [shape for shape in flat(walk.shapes(tree)) if shape.furniture not in FURNITURE]


def _color_map(sheets: list[Any]) -> dict[str, str]:
    """The colour map of a slide: its own or its layout's override, else the master's."""
    for one in sheets:
        found = one._element.find(f"{P}clrMapOvr/{A}overrideClrMapping")
        if found is None:
            found = one._element.find(P + "clrMap")
        if found is not None:
            return dict(found.attrib)
    return {}


def _related_part(part: Any, ending: str) -> Any:
    for relation in part.rels.values():
        if not relation.is_external and relation.reltype.endswith(ending):
            return relation.target_part
    return None


def _comments(root: Any) -> Iterator[str]:
    """The texts of a comments part, of the old kind (p:text) and of the threaded kind (txBody)."""
    if root is None:
        return
    for element in root.iter():
        local = str(element.tag).rpartition("}")[2]
        if local == "text" and element.text:
            yield trimmed(element.text)
        elif local == "txBody":
            yield trimmed("\n".join(paragraph_text(one) for one in element.iter(A + "p")))
