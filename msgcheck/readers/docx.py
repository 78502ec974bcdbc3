"""Word documents: body, tables, text boxes, headers and footers by section, notes, comments, tracked changes."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from msgcheck.errors import Unreadable
from msgcheck.model import Block, BlockKind, Document, Layer, Location, LocationKind, Reason
from msgcheck.readers.blocks import build_document, make_block
from msgcheck.readers.context import Context
from msgcheck.readers.docx_looks import StoryLooks, color_map
from msgcheck.readers.docx_styles import Form, Numbering, Styles, W, form_of, is_on
from msgcheck.readers.docx_tables import WRAPPERS, cells_of, content_of, marked_rows, rows_of
from msgcheck.readers.docx_text import Attached, ParagraphText, paragraph_text
from msgcheck.readers.drawing import R, chart_labels, diagram_labels, parse_part
from msgcheck.readers.looks import FAILURES, Looks, Places
from msgcheck.readers.office import opened, properties_blocks
from msgcheck.readers.office_colors import Colors, theme_of
from msgcheck.readers.options import ReadOptions
from msgcheck.readers.tables import Cell, column_headings, heading_rows, headings_over, is_layout, shown

_NO_WORDS = re.compile(r"[\s\d|/.–-]*")
_RUNNING = ("/header", "/footer", "/footnotes", "/endnotes")
_GONE = frozenset({W + "del", W + "moveFrom"})


@dataclass(frozen=True, slots=True)
class _Story:
    """Where a run of paragraphs stands: what its blocks have in common."""

    part: Any                            # the package part, for its charts and pictures
    layer: Layer
    kind: LocationKind
    label: str = ""                      # '' in the body, where paragraphs are counted
    number: int | None = None
    note: bool = False
    depth: int = 0


def read(data: bytes, name: str, options: ReadOptions) -> Document:
    """The Word document `data`; raises `Unreadable` ('encrypted', 'too-large', 'damaged', 'too-deep')."""
    import docx

    document, mended = opened(data, options, docx.Document)
    reader = _Reader(document.part, options)
    blocks = [*properties_blocks(document), *reader.blocks()]
    reasons = [*mended, *reader.reasons]
    if reader.gaps["picture"] and not any(block and block.layer != "description" for block in blocks):
        reader.gaps["picture-without-text"] = reader.gaps["picture"]
        text = "The document shows pictures and no text; what they say was not read."
        reasons.append(Reason("picture-without-text", "", text))
    looks = Looks()
    with contextlib.suppress(*FAILURES):
        reader.look(looks, Places(blocks))
    return build_document(
        name, "docx", data, blocks, reasons=reasons, gaps=sorted(reader.gaps.items()), looks=looks.found(),
    )


class _Reader:
    def __init__(self, part: Any, options: ReadOptions) -> None:
        self._part = part
        self._options = options
        self._styles = Styles(_root(_related(part, "/styles")))
        self._numbering = Numbering(_root(_related(part, "/numbering")))
        self._settings = _root(_related(part, "/settings"))
        self._context = Context()
        self._paragraphs = 0
        self._tables = 0
        self._carried = ""               # a drop capital, or text whose paragraph mark was deleted
        self._notes: list[tuple[str, str, int]] = []
        self._commented: dict[str, str] = {}
        self.gaps: Counter[str] = Counter()
        self.reasons: list[Reason] = []

    def blocks(self) -> Iterator[Block | None]:
        """All blocks: of each section the headers, the body and the footers; then notes and comments."""
        body = self._part._element.find(W + "body")
        if body is None:
            raise Unreadable("damaged", "The file is damaged: the document has no body.")
        sections = list(body.iter(W + "sectPr"))
        running = self._running(sections)
        story = _Story(self._part, "body", "paragraph")
        done = 0
        yield from running.get((0, "header"), ())
        for child in body:
            yield from self._element(child, story)
            ended = child.tag == W + "sectPr" or (child.tag == W + "p" and child.find(f"{W}pPr/{W}sectPr") is not None)
            if ended:
                yield from running.get((done, "footer"), ())
                done += 1
                yield from running.get((done, "header"), ())
        for section in range(done, len(sections) + 1):
            yield from running.get((section, "footer"), ())
        yield from self._footnotes()
        yield from self._comments()

    def look(self, looks: Looks, places: Places) -> None:
        """Note the colours and fonts of all stories that show."""
        theme = _root(_related(self._part, "/theme"))
        colors = Colors(theme_of(theme), color_map(self._settings))
        reader = StoryLooks(looks, self._styles, _root(_related(self._part, "/styles")), colors, places)
        reader.read(self._part._element.find(W + "body"))
        for relation in self._part.rels.values():
            if not relation.is_external and relation.reltype.endswith(_RUNNING):
                root = _root(relation.target_part)
                if root is not None:
                    reader.read(root, running=True)

    # ------------------------------------------------------------------ what surrounds the body
    def _running(self, sections: list[Any]) -> dict[tuple[int, str], list[Block]]:
        """Headers and footers by section and kind, each text where it stands first, with the sections that show it."""
        in_use: dict[str, str] = {}
        counts: Counter[tuple[str, str]] = Counter()
        firsts: dict[tuple[str, str], tuple[int, Block]] = {}
        even = self._settings is not None and is_on(self._settings.find(W + "evenAndOddHeaders"))
        stories: dict[str, list[Block]] = {}
        for index, section in enumerate(sections):
            kinds = {"default"} | ({"first"} if is_on(section.find(W + "titlePg")) else set())
            kinds |= {"even"} if even else set()
            for reference in section:
                if reference.tag in (W + "headerReference", W + "footerReference"):
                    side = "header" if reference.tag == W + "headerReference" else "footer"
                    in_use[f"{side} {reference.get(W + 'type', 'default')}"] = reference.get(R + "id", "")
            seen: set[tuple[str, str]] = set()
            for place, identifier in sorted(in_use.items()):
                side, _, kind = place.partition(" ")
                if kind not in kinds:
                    continue
                label = f"{side} of section {index + 1}" if len(sections) > 1 else side
                if identifier not in stories:
                    stories[identifier] = list(self._running_story(identifier, side, label, index + 1))
                for block in stories[identifier]:
                    key = (side, block.text)
                    firsts.setdefault(key, (index, block))
                    seen.add(key)
            counts.update(seen)
        found: dict[tuple[int, str], list[Block]] = {}
        for (side, text), (index, block) in firsts.items():
            if block.layer != "running" or not _NO_WORDS.fullmatch(text):
                found.setdefault((index, side), []).append(replace(block, count=counts[(side, text)]))
        return found

    def _running_story(self, identifier: str, side: str, label: str, number: int) -> Iterator[Block]:
        relation = self._part.rels.get(identifier)
        root = None if relation is None or relation.is_external else _root(relation.target_part)
        if root is None:
            return
        kind: LocationKind = "header" if side == "header" else "footer"
        story = _Story(relation.target_part, "running", kind, label, number)
        mine, self._context = self._context, Context()
        for child in root:
            yield from (block for block in self._element(child, story) if block is not None)
        self._context = mine

    def _footnotes(self) -> Iterator[Block | None]:
        numbers: Counter[str] = Counter()
        roots = {kind: _related(self._part, f"/{kind}s") for kind in ("footnote", "endnote")}
        seen: set[tuple[str, str]] = set()
        for kind, identifier, paragraph in self._notes:
            part = roots[kind]
            root = _root(part)
            if root is None or (kind, identifier) in seen:
                continue
            seen.add((kind, identifier))
            numbers[kind] += 1
            story = _Story(part, "body", "paragraph", f"{kind} {numbers[kind]}", paragraph or None, note=True)
            for note in root.findall(W + kind):
                if note.get(W + "id") == identifier:
                    yield from self._content(note, story)

    def _comments(self) -> Iterator[Block | None]:
        part = _related(self._part, "/comments")
        root = _root(part)
        for comment in root.findall(W + "comment") if root is not None else ():
            on = self._commented.get(comment.get(W + "id", ""), "")
            label = f"comment on {on}" if on else "comment"
            yield from self._content(comment, _Story(part, "hidden", "paragraph", label, note=True))

    # ------------------------------------------------------------------ paragraphs and tables
    def _content(self, element: Any, story: _Story) -> Iterator[Block | None]:
        if story.depth > self._options.max_depth:
            raise Unreadable("too-deep", f"The document nests deeper than {self._options.max_depth} levels.")
        deeper = replace(story, depth=story.depth + 1)
        for child in element:
            yield from self._element(child, deeper)

    def _element(self, child: Any, story: _Story) -> Iterator[Block | None]:
        tag = child.tag
        if tag == W + "p":
            yield from self._paragraph(child, story)
        elif tag == W + "tbl":
            yield from self._table(child, story)
        elif tag == W + "sdt":
            prompt = child.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
            inside = replace(story, layer="hidden") if prompt else story
            for content in child.findall(W + "sdtContent"):
                yield from self._content(content, inside)
        elif tag in WRAPPERS:
            yield from self._content(child, story)
        elif tag in _GONE:
            yield from self._content(child, replace(story, layer="hidden"))
        elif tag == W + "altChunk":
            self.gaps["embedded-object"] += 1
            text = "Another document is embedded in this one and was not read."
            self.reasons.append(Reason("part-unreadable", self._label(story), text))

    def _paragraph(self, paragraph: Any, story: _Story) -> Iterator[Block | None]:
        form = form_of(paragraph, self._styles, self._numbering)
        found = paragraph_text(paragraph, self._styles, hidden=form.hidden)
        text = self._carried + found.shown
        self._carried = ""
        if found.shown and self._runs_on(paragraph):
            self._carried = text + ("" if _is_drop_capital(paragraph) else " ")
            text = ""
        if text and not story.label:
            self._paragraphs += 1
        if text:
            yield self._block(text, form, story)
        yield from self._unseen(found, story)
        yield from self._attached(found.attached, story)

    @staticmethod
    def _runs_on(paragraph: Any) -> bool:
        """Whether the paragraph's text goes on in the next: a drop capital, or a paragraph mark that was deleted."""
        deleted = paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None
        follows = paragraph.getnext()
        return (deleted or _is_drop_capital(paragraph)) and follows is not None and follows.tag == W + "p"

    def _block(self, text: str, form: Form, story: _Story) -> Block | None:
        layer, kind, level = story.layer, _kind(form, story), form.level
        if form.code and layer == "body":
            layer = "code"
        if form.contents and layer == "body":
            return make_block(text, "paragraph", "running", self._location(story, form))
        if layer != "body" or story.note:
            return make_block(text, kind, layer, self._location(story, form), level=level)
        heading = self._context.heading
        lead = self._context.see(kind, text, level)
        return make_block(
            text, kind, layer, self._location(story, form), heading=heading, lead_in=lead, level=level,
        )

    def _unseen(self, found: ParagraphText, story: _Story) -> Iterator[Block | None]:
        for text, what in ((found.hidden, "hidden"), (found.deleted, "deleted")):
            if text:
                place = Location(story.kind, self._number(story), f"{self._label(story)} ({what})")
                yield make_block(text, "paragraph", "hidden", place)

    def _attached(self, attached: Attached, story: _Story) -> Iterator[Block | None]:
        label = self._label(story)
        number = self._number(story)
        self.gaps["picture"] += attached.pictures
        self.gaps["embedded-object"] += attached.objects
        self._notes.extend((kind, identifier, self._paragraphs) for kind, identifier in attached.footnotes)
        self._commented.update((identifier, label) for identifier in attached.comments)
        for box in attached.boxes:
            at = f"text box at {label}" if not label.startswith("text box") else label
            yield from self._content(box, replace(story, label=at, number=number))
        for text in attached.art:
            yield make_block(text, "paragraph", story.layer, Location(story.kind, number, label))
        drawn = ((attached.charts, chart_labels, "chart"), (attached.diagrams, diagram_labels, "diagram"))
        for identifiers, labels_of, what in drawn:
            for identifier in identifiers:
                relation = story.part.rels.get(identifier)
                if relation is None or relation.is_external:
                    continue
                place = Location(story.kind, number, f"{what} at {label}")
                for one in labels_of(parse_part(relation.target_part.blob)):
                    kind: BlockKind = "table-row" if one.cells else "list-item" if one.level else "caption"
                    yield make_block(
                        one.text, kind, story.layer, place, cells=one.cells, lead_in=one.parent, level=one.level,
                        heading=self._context.heading,
                    )
        layer: Layer = "hidden" if story.layer == "hidden" else "description"
        for text in attached.descriptions:
            yield make_block(text, "caption", layer, Location(story.kind, number, f"{label}, alternative text"))

    def _table(self, table: Any, story: _Story) -> Iterator[Block | None]:
        self._tables += 1
        number = self._tables
        rows = list(rows_of(table))
        cells = [[_Cell(cell, column, span) for cell, column, span in cells_of(row)] for row in rows]
        read = [[self._cell(one) for one in row] for row in cells]
        layout = is_layout(read)
        head = 0 if layout else heading_rows(read, *marked_rows(table, rows))
        headings = column_headings(read, head)
        for index, row in enumerate(rows):
            place = f"table {number}, row {index + 1}"
            deleted = row.find(f"{W}trPr/{W}del") is not None
            inside = replace(
                story, label=place if not story.label or story.kind == "table" else story.label,
                kind="table" if story.kind == "paragraph" else story.kind,
                number=number if story.kind in ("paragraph", "table") else story.number,
                layer="hidden" if deleted else story.layer,
            )
            if layout:
                for one in cells[index]:
                    yield from self._content(one.element, inside)
                continue
            seen = shown(read[index])
            texts = tuple(cell.text for cell in seen)
            yield make_block(
                " ".join(texts), "table-row", inside.layer, Location(inside.kind, inside.number, inside.label),
                heading=self._context.heading if inside.layer == "body" else "", cells=texts,
                columns=headings_over(seen, headings) if index >= head else (),
            )
            for one in cells[index]:
                for found in one.paragraphs:
                    yield from self._unseen(found, inside)
                    yield from self._attached(found.attached, inside)

    def _cell(self, cell: _Cell) -> Cell:
        """What a cell shows, for telling tables from layout; its paragraphs are kept for what hangs on them."""
        rich = False
        for element in content_of(cell.element):
            if element.tag == W + "tbl":
                rich = True
                continue
            properties = element.find(W + "pPr")
            listed = properties is not None and properties.find(W + "numPr") is not None
            form = form_of(element, self._styles, Numbering(None))
            found = paragraph_text(element, self._styles, hidden=form.hidden)
            cell.paragraphs.append(found)
            rich = rich or (bool(found.shown) and bool(form.heading)) or bool(found.attached.boxes)
            rich = rich or (bool(found.shown) and (listed or bool(form.level)) and len(cell.paragraphs) > 1)
        texts = tuple(found.shown for found in cell.paragraphs if found.shown)
        return Cell(texts, cell.column, cell.span, rich=rich)

    # ------------------------------------------------------------------ places
    def _location(self, story: _Story, form: Form) -> Location:
        label = self._label(story)
        if form.number:
            label += f", {'section' if form.heading else 'item'} {form.number}"
        return Location(story.kind, self._number(story), label)

    def _label(self, story: _Story) -> str:
        return story.label or f"paragraph {max(self._paragraphs, 1)}"

    def _number(self, story: _Story) -> int | None:
        return story.number if story.label else max(self._paragraphs, 1)


class _Cell:
    """A `w:tc` with its first column and span, and its paragraphs once they were read."""

    def __init__(self, element: Any, column: int, span: int) -> None:
        self.element = element
        self.column = column
        self.span = span
        self.paragraphs: list[ParagraphText] = []


def _kind(form: Form, story: _Story) -> BlockKind:
    if story.note:
        return "note"
    if form.heading:
        return "heading"
    if form.caption:
        return "caption"
    return "list-item" if form.level else "paragraph"


def _is_drop_capital(paragraph: Any) -> bool:
    frame = paragraph.find(f"{W}pPr/{W}framePr")
    return frame is not None and frame.get(W + "dropCap") in ("drop", "margin")


def _related(part: Any, ending: str) -> Any:
    relations: Iterable[Any] = part.rels.values()
    return next(
        (one.target_part for one in relations if not one.is_external and one.reltype.endswith(ending)), None,
    )


def _root(part: Any) -> Any:
    if part is None:
        return None
    element = getattr(part, "_element", None)
    return element if element is not None else parse_part(part.blob)
