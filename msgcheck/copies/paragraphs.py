"""The paragraphs and table rows of an Office package, and where in them a finding stands.

A document knows its blocks by their words, not by their elements; here they are found again by the same words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from msgcheck.copies.package import Package
from msgcheck.model import Finding
from msgcheck.normalise import Normalised, lowered, normalise

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BREAKS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "‑", A + "br": "\n", A + "tab": "\t"}
_SKIPPED = frozenset(W + name for name in (
    "pPr", "rPr", "del", "moveFrom", "instrText", "delText", "delInstrText", "sdtPr", "rubyPr", "rt",
)) | {A + "pPr", A + "rPr", A + "endParaRPr"}
_RUNNING = ("header", "footer", "slideLayouts/", "slideMasters/")

Place = tuple[str, int]
"""('slide', 4), ('notes', 4), ('body', 0) of a Word document, ('running', 0) of headers, footers, layouts, masters."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph, or the paragraphs of a table row joined by spaces.

    `pieces` are the text elements that `text` is made of: offset in `text`, length, element. What lies between them
    (breaks, tabs, the spaces between cells) belongs to none.
    """

    part: str
    place: Place
    paragraph: Any
    text: str
    pieces: tuple[tuple[int, int, Any], ...]
    normal: Normalised


@dataclass(frozen=True, slots=True)
class Spot:
    """`unit.text[start:end]` are the words of a finding."""

    unit: Unit
    start: int
    end: int


def units(package: Package) -> tuple[Unit, ...]:
    """All paragraphs and rows of a DOCX or PPTX in the order of the document."""
    found: list[Unit] = []
    for part, place in _parts(package):
        root = package.xml(part)
        for row in (*root.iter(W + "tr"), *root.iter(A + "tr")):
            found.extend(_unit(part, place, list(_paragraphs(row))))
        for paragraph in _paragraphs(root):
            found.extend(_unit(part, place, [paragraph]))
    return tuple(found)


def spots(findings: Iterable[Finding], all_units: tuple[Unit, ...]) -> dict[int, tuple[Spot, ...]]:
    """For each finding, by its index, where it stands: one place, or every header and footer that has the words.

    Of several paragraphs with the same words on one slide or in one body, a block takes the one of its own rank.
    """
    listed = list(findings)
    by_text: dict[str, list[Unit]] = {}
    for unit in all_units:
        by_text.setdefault(lowered(unit.normal.text), []).append(unit)
    ranks = _ranks(listed)
    made: dict[int, tuple[Spot, ...]] = {}
    for index, finding in enumerate(listed):
        if finding.block is None or finding.start is None or finding.end is None:
            continue
        block = normalise(finding.block)
        start, end = bisect_left(block.starts, finding.start), bisect_left(block.starts, finding.end)
        words = lowered(block.text)
        same = _fitting(finding, by_text.get(words, []))
        if same:
            chosen = same if finding.layer == "running" else [same[min(ranks[index], len(same) - 1)]]
            made[index] = tuple(_spot(unit, start, end) for unit in chosen)
        elif inside := _parts_of(finding, words, start, end, all_units):
            made[index] = (inside,)
    return made


def _parts(package: Package) -> Iterator[tuple[str, Place]]:
    names = package.names
    if "ppt/presentation.xml" in names:
        targets = {identifier: target for identifier, _, target in package.related("ppt/presentation.xml")}
        for number, slide in enumerate(package.xml("ppt/presentation.xml").iter(P + "sldId"), 1):
            part = targets.get(slide.get(R + "id", ""), "")
            if part in names:
                yield part, ("slide", number)
                for _, kind, target in package.related(part):
                    if kind.endswith("/notesSlide") and target in names:
                        yield target, ("notes", number)
    elif "word/document.xml" in names:
        yield "word/document.xml", ("body", 0)
    for name in sorted(names):
        if name.endswith(".xml") and name.startswith(("word/footnotes", "word/endnotes")):
            yield name, ("body", 0)
        if name.endswith(".xml") and name.partition("/")[2].startswith(_RUNNING):
            yield name, ("running", 0)


def _paragraphs(root: Any) -> Iterator[Any]:
    return (element for element in root.iter(W + "p", A + "p"))


def _unit(part: str, place: Place, paragraphs: list[Any]) -> Iterator[Unit]:
    text = ""
    pieces: list[tuple[int, int, Any]] = []
    for paragraph in paragraphs:
        if text and not text.endswith(" "):
            text += " "
        for words, element in _texts(paragraph):
            if element is not None:
                pieces.append((len(text), len(words), element))
            text += words
    if pieces and text.strip():
        yield Unit(part, place, paragraphs[0], text, tuple(pieces), normalise(text))


def _texts(element: Any) -> Iterator[tuple[str, Any]]:
    """Text elements of a paragraph with their text, breaks with None; other paragraphs inside it are not its own."""
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or tag in _SKIPPED or tag in (W + "p", A + "p"):
            continue
        if tag in (W + "t", A + "t"):
            if child.text:
                yield child.text, child
        elif tag in _BREAKS:
            yield _BREAKS[tag], None
        else:
            yield from _texts(child)


def _ranks(findings: list[Finding]) -> list[int]:
    """Of the blocks with the same words on one slide or in one body, the how-many-th each finding's is."""
    orders: dict[tuple[str, Place], set[int]] = {}
    keys = [(finding.block or "", _place(finding)) for finding in findings]
    for key, finding in zip(keys, findings, strict=True):
        orders.setdefault(key, set()).add(finding.order)
    return [sorted(orders[key]).index(finding.order) for key, finding in zip(keys, findings, strict=True)]


def _place(finding: Finding) -> Place:
    kind = finding.location.kind
    return (kind, finding.location.number or 0) if kind in ("slide", "notes") else ("body", 0)


def _fitting(finding: Finding, found: list[Unit]) -> list[Unit]:
    if finding.layer == "running":
        return found
    return [unit for unit in found if unit.place == _place(finding)]


def _spot(unit: Unit, start: int, end: int) -> Spot:
    return Spot(unit, *unit.normal.quoted(start, end))


def _parts_of(finding: Finding, block: str, start: int, end: int, all_units: tuple[Unit, ...]) -> Spot | None:
    """The one paragraph that holds the words, where a block is several paragraphs or a paragraph several blocks."""
    near = _fitting(finding, list(all_units))
    for unit in near:
        own = lowered(unit.normal.text)
        at = block.find(own)
        if at >= 0 and at <= start and end <= at + len(own):
            return _spot(unit, start - at, end - at)
        at = own.find(block)
        if at >= 0:
            return _spot(unit, at + start, at + end)
    return None


def replace(spot: Spot, words: str) -> bool:
    """Put `words` in the place of the spot's, formatted like its first character; False where there is no text."""
    covered = _covered(spot)
    if not covered:
        return False
    for place, (begin, end, element) in enumerate(covered):
        text = element.text or ""
        element.text = text[:begin] + (words if place == 0 else "") + text[end:]
        if element.tag == W + "t":
            element.set(_SPACE, "preserve")
    return True


def _covered(spot: Spot) -> list[tuple[int, int, Any]]:
    """The text elements under the spot, each with the span of its own text."""
    starts = [at for at, _, _ in spot.unit.pieces]
    first = max(0, bisect_right(starts, spot.start) - 1)
    found = []
    for at, length, element in spot.unit.pieces[first:]:
        if at >= spot.end:
            break
        begin, end = max(spot.start, at) - at, min(spot.end, at + length) - at
        if begin < end:
            found.append((begin, end, element))
    return found


def runs(wanted: Iterable[Spot]) -> list[list[Any]]:
    """For each spot the runs (`w:r`) that hold its words and nothing else; runs are cut where spots begin and end."""
    covered = [[one for one in _covered(spot) if one[2].getparent().tag == W + "r"] for spot in wanted]
    offsets: dict[Any, set[int]] = {}
    for one in covered:
        for begin, end, element in one:
            offsets.setdefault(element, set()).update((begin, end))
    stretches = {element: _cut(element, sorted(cuts, reverse=True)) for element, cuts in offsets.items()}
    return [
        [part.getparent() for begin, end, element in one for at, stop, part in stretches[element]
         if begin <= at and stop <= end]
        for one in covered
    ]


def _cut(element: Any, offsets: list[int]) -> list[tuple[int, int, Any]]:
    """`element` cut at the offsets, which come last one first: the stretches of its text, in order."""
    end = len(element.text or "")
    found = []
    for offset in offsets:
        alone = offset == 0 and all(one.tag == W + "rPr" for one in element.itersiblings(preceding=True))
        if offset < end and not alone:
            found.append((offset, end, _split(element, offset)))
            end = offset
    return [(0, end, element), *reversed(found)] if end else found[::-1]


def _split(element: Any, offset: int) -> Any:
    """Move `element.text[offset:]` and what follows it in its run to a run of its own; gives the new text element."""
    from copy import deepcopy

    from lxml import etree

    run = element.getparent()
    properties = run.find(W + "rPr")
    right = etree.Element(W + "r")
    if properties is not None:
        right.append(deepcopy(properties))
    text = element.text or ""
    moved = etree.SubElement(right, W + "t")
    moved.text, element.text = text[offset:], text[:offset]
    for part in (element, moved):
        part.set(_SPACE, "preserve")
    for child in list(run)[run.index(element) + 1 :]:
        right.append(child)
    run.addnext(right)
    return moved
