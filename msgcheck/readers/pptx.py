"""PowerPoint presentations: slides in visual order, with notes, comments, charts and what the master shows."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from msgcheck.model import Block, Box, Document, Layer, Location, Reason
from msgcheck.readers.blocks import build_document, make_block
from msgcheck.readers.context import Context
from msgcheck.readers.drawing import A, R, paragraph_text, parse_part, trimmed
from msgcheck.readers.looks import FAILURES, Looks
from msgcheck.readers.office import opened, properties_blocks
from msgcheck.readers.office_colors import Colors, Theme, theme_of
from msgcheck.readers.options import ReadOptions
from msgcheck.readers.pptx_figures import with_figures
from msgcheck.readers.pptx_geometry import EMU
from msgcheck.readers.pptx_looks import SheetLooks
from msgcheck.readers.pptx_placeholders import FURNITURE, Inheritance, P
from msgcheck.readers.pptx_shapes import Piece, Shape, Walk
from msgcheck.readers.reading_order import in_reading_order

_NO_WORDS = re.compile(r"[\s\d‹›<>#/|.–-]*")
_MARGIN = 0.12
"""Of the slide's height at top and bottom where a repeated text is a header or footer."""
_FEWEST_REPEATS = 3
_LARGE = 0.15
"""Of the slide's area, from which a picture below a lone title is its content."""
_TITLE_WORDS = 15


@dataclass(slots=True)
class _Slide:
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


def read(data: bytes, name: str, options: ReadOptions) -> Document:
    """The presentation `data`; raises `Unreadable` ('encrypted', 'too-large', 'damaged')."""
    from pptx import Presentation

    presentation, mended = opened(data, options, Presentation)
    reader = _Reader(presentation, options)
    reasons = [*mended]
    slides = list(reader.slides(reasons))
    blocks = [*properties_blocks(presentation), *reader.blocks(slides)]
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


def _unread_pictures(slide: _Slide, size: tuple[float, float]) -> int:
    """How many pictures may say what the slide's text does not: all where there is no text, and below a title that
    stands alone those that are large and do not lie behind it.
    """
    shapes = [shape for shape in _flat(slide.shapes) if shape.pieces and not shape.furniture]
    if any(not shape.title for shape in shapes):
        return 0
    return sum(
        not shapes or (
            (box[2] - box[0]) * (box[3] - box[1]) >= _LARGE * size[0] * size[1]
            and not any(_overlap(box, shape.box) for shape in shapes)
        )
        for box in slide.pictures
    )


class _Reader:
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

    def slides(self, reasons: list[Reason]) -> Iterator[_Slide]:
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

    def _slide(self, number: int, identifier: str, reasons: list[Reason]) -> _Slide:
        part = self._presentation.part.rels[identifier].target_part
        root = part._element
        tree = root.find(f"{P}cSld/{P}spTree")
        slide = _Slide(number, root.get("show") in ("0", "false"))
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

    def _look(self, part: Any, slide: _Slide, inherit: Inheritance) -> None:
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
                found[index] = [shape for shape in _flat(walk.shapes(tree)) if not shape.hidden]
        if layout is not None and layout._element.get("showMasterSp") in ("0", "false"):
            found[1] = []
        self._sheets[layout] = (inherit, found[0], found[1])
        return self._sheets[layout]

    def _notes(self, part: Any) -> list[Shape]:
        tree = part._element.find(f"{P}cSld/{P}spTree")
        if tree is None:
            return []
        walk = Walk(part, Inheritance((), None, None), self._options.max_depth)
        return [shape for shape in _flat(walk.shapes(tree)) if shape.furniture not in FURNITURE]

    def blocks(self, slides: list[_Slide]) -> Iterator[Block | None]:
        """The blocks of all slides, running ones where they first stand."""
        running = _Running(slides, self.size)
        for slide in slides:
            yield from self._slide_blocks(slide, running)

    def _slide_blocks(self, slide: _Slide, running: _Running) -> Iterator[Block | None]:
        layer: Layer = "hidden" if slide.hidden else "body"
        everything = [shape for shape in _flat(slide.shapes) if not _is_number(shape)]
        hidden = {id(shape) for shape in _hidden(slide.shapes, self.size)}
        shown = [shape for shape in everything if shape.pieces and id(shape) not in hidden]
        running_here = {id(shape) for shape in shown if running.holds(shape)}
        wanted = {id(shape) for shape in shown} - running_here
        ordered = with_figures(_ordered(_only(slide.shapes, wanted)))
        title = _title_of(ordered, self.size)
        context = Context(title)
        fallback = next((shape for shape in ordered if title and _text_of(shape) == title), None)
        for shape in ordered:
            context.leave_container()
            for piece in shape.pieces:
                is_title = shape.title or shape is fallback
                yield self._block(slide, shape, piece, layer, context, is_title)
        for shape in [*(one for one in shown if id(one) in running_here), *slide.backdrop]:
            for piece in shape.pieces:
                count = 0 if slide.hidden else running.first(piece.text, slide.number)
                if count or (slide.hidden and id(shape) in running_here):
                    where: Layer = "hidden" if slide.hidden else "running"
                    yield self._block(slide, shape, piece, where, None, count=count or 1)
        for shape in everything:
            if id(shape) in hidden:
                for piece in shape.pieces:
                    yield self._block(slide, shape, piece, "hidden", None, False, f"{slide.label}, not shown")
        described: Layer = "hidden" if slide.hidden else "description"
        for shape in (*everything, *(running.new_descriptions(slide))):
            place = self._location(slide, (shape.box,), f"{slide.label}, alternative text")
            yield make_block(shape.description, "caption", described, place)
        for comment in slide.comments:
            place = Location("slide", slide.number, f"comment on {slide.label}", (), self.size)
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
        self, slide: _Slide, shape: Shape, piece: Piece, layer: Layer, context: Context | None,
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

    def _location(self, slide: _Slide, boxes: tuple[Box, ...], label: str) -> Location:
        known = tuple(box for box in boxes if any(box))
        return Location("slide", slide.number, label, known, (round(self.size[0], 2), round(self.size[1], 2)))


class _Running:
    """The texts that several slides show at one place: of master and layout, in footers, or copied into a margin."""

    def __init__(self, slides: list[_Slide], size: tuple[float, float]) -> None:
        visible = [slide for slide in slides if not slide.hidden]
        self._size = size
        seen: Counter[tuple[str, tuple[int, ...]]] = Counter()
        for slide in visible:
            seen.update({key for shape in _flat(slide.shapes) if (key := self._key(shape)) is not None})
        enough = max(_FEWEST_REPEATS, len(visible) / 2)
        self._repeated = {key for key, number in seen.items() if number >= enough}
        self._counts: Counter[str] = Counter()
        self._firsts: dict[str, int] = {}
        self._described: set[str] = set()
        for slide in visible:
            held = [shape for shape in _flat(slide.shapes) if self.holds(shape) and not shape.hidden]
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

    def new_descriptions(self, slide: _Slide) -> list[Shape]:
        """The shapes of layout and master whose alternative text no slide before this one has shown."""
        found = [shape for shape in slide.backdrop if shape.description not in self._described]
        self._described.update(shape.description for shape in found)
        return found

    def _key(self, shape: Shape) -> tuple[str, tuple[int, ...]] | None:
        text, box = _text_of(shape), shape.box
        middle = (box[1] + box[3]) / 2
        height = self._size[1]
        if not text or shape.title or height * _MARGIN < middle < height * (1 - _MARGIN):
            return None
        return text, tuple(round(one / 2) for one in box)


def _ordered(shapes: list[Shape]) -> list[Shape]:
    """The shapes with text in reading order, a group as one where nothing else stands within it."""
    units: list[Shape] = []
    for shape in shapes:
        if shape.children and any(_overlap(shape.box, other.box) for other in shapes if other is not shape):
            units.extend(_flat([shape]))
        else:
            units.append(shape)
    out: list[Shape] = []
    for unit in in_reading_order(units, lambda shape: shape.box):
        out.extend(_ordered(list(unit.children)) if unit.children else [unit])
    titles = [shape for shape in out if shape.title]
    return [*titles, *(shape for shape in out if not shape.title)]


def _overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share more than a fifth of the smaller one."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return False
    smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return width * height > 0.2 * smaller


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


def _flat(shapes: Iterable[Shape]) -> Iterator[Shape]:
    """The shapes and those in their groups; a group itself only for its description."""
    for shape in shapes:
        if not shape.children or shape.description:
            yield shape
        yield from _flat(shape.children)


def _hidden(shapes: Iterable[Shape], size: tuple[float, float], within: bool = False) -> Iterator[Shape]:
    """The shapes that are switched off, or stand wholly beside the slide."""
    for shape in shapes:
        left, top, right, bottom = shape.box
        beside = any(shape.box) and (right <= 0 or bottom <= 0 or left >= size[0] or top >= size[1])
        if within or shape.hidden or beside:
            yield from _flat([shape])
        else:
            yield from _hidden(shape.children, size)


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


def _is_number(shape: Shape) -> bool:
    return bool(shape.furniture) and _NO_WORDS.fullmatch(_text_of(shape)) is not None


def _text_of(shape: Shape) -> str:
    return "\n".join(piece.text for piece in shape.pieces)


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
