"""The text of a Word paragraph: what it shows, what is hidden or deleted in it, and what hangs on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from msgcheck.readers.docx_styles import Styles, W, is_on
from msgcheck.readers.drawing import CX, DGM, MATH, MC, C, R, alt_text, alternatives, trimmed
from msgcheck.readers.raised import joined

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 - the prefix that the standard gives it

_BREAKS = frozenset({W + "br", W + "cr"})
_SKIPPED = frozenset({
    W + "pPr", W + "rPr", W + "instrText", W + "delInstrText", W + "sdtPr", W + "sdtEndPr", W + "rt", W + "rubyPr",
    W + "smartTagPr", W + "customXmlPr",
})
_DELETED = frozenset({W + "del", W + "moveFrom"})


@dataclass(slots=True)
class Attached:
    """What hangs on a paragraph without being part of its text."""

    boxes: list[Any] = field(default_factory=list)         # w:txbxContent of text boxes and shapes
    charts: list[str] = field(default_factory=list)        # relationship ids
    diagrams: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    art: list[str] = field(default_factory=list)           # WordArt and watermarks
    footnotes: list[tuple[str, str]] = field(default_factory=list)   # ('footnote' or 'endnote', id)
    comments: list[str] = field(default_factory=list)
    pictures: int = 0
    objects: int = 0

    def found_something(self) -> bool:
        return bool(self.boxes or self.charts or self.diagrams or self.descriptions or self.art or self.pictures)


@dataclass(slots=True)
class ParagraphText:
    shown: str
    hidden: str
    deleted: str
    attached: Attached


def paragraph_text(paragraph: Any, styles: Styles, *, hidden: bool = False, deleted: bool = False) -> ParagraphText:
    """Reads a `w:p`: tracked insertions count, deletions and hidden runs are kept apart, fields show their results."""
    reader = _Paragraph(styles, paragraph)
    reader.walk(paragraph, hidden, deleted)
    return ParagraphText(
        _joined(reader.shown), _joined(reader.hidden), _joined(reader.deleted), reader.attached,
    )


def _joined(pieces: list[tuple[str, bool]]) -> str:
    return trimmed(joined(pieces))


class _Paragraph:
    def __init__(self, styles: Styles, paragraph: Any) -> None:
        self._styles = styles
        self.shown: list[tuple[str, bool]] = []        # text, and whether it is raised
        self.hidden: list[tuple[str, bool]] = []
        self.deleted: list[tuple[str, bool]] = []
        self._raised = False             # of the run that is being read
        self.attached = Attached()
        marks = [one.get(W + "fldCharType") for one in paragraph.iter(W + "fldChar")]
        self._balanced = marks.count("begin") == marks.count("end")
        self._fields: list[bool] = []        # of each open field: whether its result has begun

    def walk(self, element: Any, hidden: bool, deleted: bool) -> None:
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or tag in _SKIPPED:
                continue
            if tag == W + "r":
                above, self._raised = self._raised, self._is_raised(child)
                self.walk(child, hidden or self._hides(child), deleted)
                self._raised = above
            elif tag == W + "sdt":
                prompt = child.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
                self.walk(child, hidden or prompt, deleted)
            elif tag in (W + "t", W + "delText"):
                self._add(child.text or "", hidden, deleted or tag == W + "delText")
            elif tag == MATH + "t":
                self._add(child.text or "", hidden, deleted)
            elif tag in _BREAKS:
                self._add("\n" if child.get(W + "type") in (None, "textWrapping") else " ", hidden, deleted)
            elif tag in (W + "tab", W + "ptab"):
                self._add("\t", hidden, deleted)
            elif tag == W + "noBreakHyphen":
                self._add("\u2011", hidden, deleted)
            elif tag == W + "softHyphen":
                self._add("\u00ad", hidden, deleted)
            elif tag == W + "sym":
                self._add(_symbol(child), hidden, deleted)
            elif tag == W + "fldChar":
                self._field(child.get(W + "fldCharType"))
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                kind = "footnote" if tag == W + "footnoteReference" else "endnote"
                self.attached.footnotes.append((kind, child.get(W + "id", "")))
            elif tag == W + "commentReference":
                self.attached.comments.append(child.get(W + "id", ""))
            elif tag in _DELETED:
                self.walk(child, hidden, True)
            elif tag in (W + "drawing", W + "pict", W + "object"):
                if not deleted:
                    _attach(child, self.attached)
            elif tag == MC + "AlternateContent":
                self._alternatives(child, hidden, deleted)
            else:
                self.walk(child, hidden, deleted)

    def _alternatives(self, element: Any, hidden: bool, deleted: bool) -> None:
        """The first branch that says something: the others say the same for older programs."""
        for branch in alternatives(element):
            before = (len(self.shown), len(self.hidden), len(self.deleted))
            mine, self.attached = self.attached, Attached()
            self.walk(branch, hidden, deleted)
            found, self.attached = self.attached, mine
            _merge(mine, found)
            if found.found_something() or (len(self.shown), len(self.hidden), len(self.deleted)) != before:
                return

    def _add(self, text: str, hidden: bool, deleted: bool) -> None:
        if self._balanced and not all(self._fields):
            return                           # the text of an instruction: a field within a field's code
        (self.deleted if deleted else self.hidden if hidden else self.shown).append((text, self._raised))

    def _field(self, mark: str | None) -> None:
        if mark == "begin":
            self._fields.append(False)
        elif mark == "separate" and self._fields:
            self._fields[-1] = True
        elif mark == "end" and self._fields:
            self._fields.pop()

    def _hides(self, run: Any) -> bool:
        properties = run.find(W + "rPr")
        if properties is None:
            return False
        vanish = properties.find(W + "vanish")
        if vanish is not None:
            return is_on(vanish)
        style = properties.find(W + "rStyle")
        return style is not None and self._styles.hides(style.get(W + "val", ""))

    def _is_raised(self, run: Any) -> bool:
        properties = run.find(W + "rPr")
        if properties is None:
            return False
        align, style = properties.find(W + "vertAlign"), properties.find(W + "rStyle")
        if align is not None:
            return bool(align.get(W + "val") == "superscript")
        return style is not None and self._styles.raises(style.get(W + "val", ""))


def _symbol(element: Any) -> str:
    """A character of a symbol font; those of private use say nothing outside it."""
    try:
        code = int(element.get(W + "char", ""), 16)
    except ValueError:
        return ""
    return "" if 0xE000 <= code <= 0xF8FF or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF or code <= 0 else chr(code)


def _merge(into: Attached, found: Attached) -> None:
    for name in ("boxes", "charts", "diagrams", "descriptions", "art", "footnotes", "comments"):
        getattr(into, name).extend(getattr(found, name))
    into.pictures += found.pictures
    into.objects += found.objects


def _attach(drawing: Any, attached: Attached) -> None:
    """Everything below a `w:drawing`, `w:pict` or `w:object` that says something."""
    attached.objects += drawing.tag == W + "object"
    for element in _without_alternatives(drawing):
        tag = element.tag
        if tag == W + "txbxContent":
            attached.boxes.append(element)
        elif tag in (WP + "docPr", PIC + "cNvPr"):
            text = alt_text(element)
            if text and text not in attached.descriptions:
                attached.descriptions.append(text)
        elif tag in (PIC + "pic", V + "imagedata"):
            attached.pictures += 1
            if element.get(O + "title"):
                _describe(attached, element.get(O + "title"))
        elif tag in (C + "chart", CX + "chart") and element.get(R + "id"):
            attached.charts.append(element.get(R + "id"))
        elif tag == DGM + "relIds" and element.get(R + "dm"):
            attached.diagrams.append(element.get(R + "dm"))
        elif tag == V + "textpath" and element.get("string"):
            attached.art.append(element.get("string"))
        elif tag.startswith(V) and element.get("alt"):
            _describe(attached, element.get("alt"))


def _describe(attached: Attached, text: str) -> None:
    from lxml import etree

    element = etree.Element("alt", descr=text)
    described = alt_text(element)
    if described and described not in attached.descriptions:
        attached.descriptions.append(described)


def _without_alternatives(element: Any) -> Iterator[Any]:
    """The elements below `element`, only the first branch of each choice, and nothing below a text box."""
    todo = list(reversed(element))
    while todo:
        one = todo.pop()
        if not isinstance(one.tag, str):
            continue
        if one.tag == MC + "AlternateContent":
            branches = alternatives(one)
            todo.extend(branches[:1])
            continue
        yield one
        if one.tag != W + "txbxContent":
            todo.extend(reversed(one))
