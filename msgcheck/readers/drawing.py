"""DrawingML that Word and PowerPoint share: paragraphs of shapes, charts, SmartArt, alternate content, alt texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from msgcheck.readers.attributes import whole
from msgcheck.readers.package import safe_parser
from msgcheck.readers.raised import joined

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_FILE_NAME = re.compile(r"[^\s]+\.(?:png|jpe?g|gif|svg|bmp|emf|wmf|tiff?|webp)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Label:
    """A text of a chart or diagram; `cells` where several labels stand side by side (series, categories)."""

    text: str
    cells: tuple[str, ...] = ()
    level: int = 0                       # of a diagram's node, from 1
    parent: str = ""                     # the text of the node above it


def parse_part(blob: bytes) -> Any:
    """The root of an XML part, None where it is empty or broken."""
    from lxml import etree

    try:
        return etree.fromstring(blob, safe_parser(recover=True)) if blob else None
    except etree.XMLSyntaxError:
        return None


def paragraph_text(paragraph: Any) -> str:
    """The text of an `a:p`, line breaks as '\\n', white space at its ends trimmed."""
    pieces: list[tuple[str, bool]] = []    # text, and whether it is raised
    for child in paragraph:
        if child.tag in (A + "r", A + "fld"):
            raised = _is_raised(child)
            pieces.extend(((one.text or "").replace("\v", "\n"), raised) for one in child.findall(A + "t"))
        elif child.tag == A + "br":
            pieces.append(("\n", False))
        elif isinstance(child.tag, str) and child.tag not in (A + "pPr", A + "endParaRPr"):
            pieces.extend((one.text or "", False) for one in child.iter(MATH + "t"))
    return trimmed(joined(pieces))


def _is_raised(run: Any) -> bool:
    properties = run.find(A + "rPr")
    baseline = "" if properties is None else properties.get("baseline", "")
    return re.fullmatch(r"0*[1-9][\d.]*%?", baseline) is not None


def trimmed(text: str) -> str:
    """`text` without white space at its ends and at the ends of its lines; empty lines in it are dropped."""
    return "\n".join(line for line in (line.strip() for line in text.split("\n")) if line)


def alternatives(element: Any) -> tuple[Any, ...]:
    """The branches of an `mc:AlternateContent`, the richest first: the first in which something is found counts."""
    return tuple(child for child in element if child.tag in (MC + "Choice", MC + "Fallback"))


def alt_text(properties: Any) -> str:
    """The description that an author gave a picture or shape; a bare file name is none."""
    if properties is None:
        return ""
    found: list[str] = []
    for key in ("title", "descr"):
        text = trimmed(properties.get(key) or "")
        if text and not _FILE_NAME.fullmatch(text) and text not in found:
            found.append(text)
    return "\n".join(found)


def chart_labels(root: Any) -> Iterator[Label]:
    """Title, axis titles, series, categories and written labels of a chart part (c:chartSpace or cx:chartSpace)."""
    if root is None:
        return
    if root.tag.startswith(CX):
        yield from _extended_chart_labels(root)
        return
    for title in root.iter(C + "title"):
        text = _rich_or_cached(title)
        if text:
            yield Label(text)
    series = [_rich_or_cached(one) for name in root.iter(C + "ser") for one in name.findall(C + "tx")]
    yield from _row(series)
    categories: list[tuple[str, ...]] = []
    for category in root.iter(C + "cat"):
        for level in list(category.iter(C + "lvl")) or [category]:
            texts = tuple(trimmed(one.text or "") for one in level.iter(C + "v"))
            if texts not in categories and not category.findall(C + "numRef"):
                categories.append(texts)
    for texts in categories:
        yield from _row(texts)
    for label in root.iter(C + "dLbl"):
        text = _rich_or_cached(label)
        if text:
            yield Label(text)


def _row(texts: Any) -> Iterator[Label]:
    cells = tuple(text for text in texts if text)
    if cells:
        yield Label(" ".join(cells), cells)


def _rich_or_cached(element: Any) -> str:
    rich = next(element.iter(C + "rich"), None)
    if rich is not None:
        return trimmed("\n".join(paragraph_text(one) for one in rich.iter(A + "p")))
    cached = [one.text or "" for one in element.iter(C + "v") if one.getparent().tag in (C + "pt", C + "tx")]
    return trimmed(" ".join(cached))


def _extended_chart_labels(root: Any) -> Iterator[Label]:
    for title in root.iter(CX + "title"):
        text = trimmed("\n".join(paragraph_text(one) for one in title.iter(A + "p")))
        if text:
            yield Label(text)
    names = [trimmed(one.text or "") for tx in root.iter(CX + "tx") for one in tx.iter(CX + "v")]
    yield from _row(names)
    for dimension in root.iter(CX + "strDim"):
        for level in dimension.iter(CX + "lvl"):
            yield from _row([trimmed(one.text or "") for one in level.iter(CX + "pt")])


def diagram_labels(root: Any) -> Iterator[Label]:
    """The texts of a SmartArt's data model (dgm:dataModel) in the order of its tree, each with its level and parent."""
    if root is None:
        return
    texts: dict[str, str] = {}
    order: list[str] = []
    for point in root.iter(DGM + "pt"):
        if point.get("type", "node") not in ("node", "asst", "doc"):
            continue
        name = point.get("modelId", "")
        body = point.find(DGM + "t")
        lines = [] if body is None else [paragraph_text(one) for one in body.iter(A + "p")]
        texts[name] = trimmed("\n".join(lines))
        order.append(name)
    children: dict[str, list[tuple[int, str]]] = {}
    below: set[str] = set()
    for link in root.iter(DGM + "cxn"):
        source, target = link.get("srcId", ""), link.get("destId", "")
        if link.get("type", "parOf") == "parOf" and source in texts and target in texts:
            children.setdefault(source, []).append((whole(link.get("srcOrd")), target))
            below.add(target)
    seen: set[str] = set()
    todo = [(name, 0, "") for name in reversed(order) if name not in below]
    while todo:
        name, level, parent = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        text = texts[name]
        if text:
            yield Label(text, level=level + 1, parent=parent)
        under = sorted(children.get(name, ()), reverse=True)
        todo.extend((child, level + 1 if text else level, text or parent) for _, child in under)
