"""Paragraphs out of the lines of a column: where one ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgcheck.model import Box
from msgcheck.readers.pdf_cells import Table
from msgcheck.readers.pdf_layout import Column
from msgcheck.readers.pdf_lines import PrintedLine
from msgcheck.readers.pdf_tags import Tag

ENUMERATED = re.compile(r"\(?(?:\d{1,2}[.)]|[a-z][.)]|[A-Z]\)|[ivx]{1,4}[.)])\s+\S")
ENUMERATOR = re.compile(r"^\(?(?:\d{1,2}[.)]|[a-z][.)]|[A-Z]\)|[ivx]{1,4}[.)])\s+(?=\S)")
TERMINAL = re.compile(r"[.!?:…;]['\"’”»)\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$")
_NEAR = 4
"""Lines of a paragraph that are looked back at."""
_DASHES = frozenset("–—-‐⁃")


class Paragraph:
    """Lines that are read as one. `full` is the right edge of the column's text of this size; `page` counts from 1."""

    __slots__ = ("bullet", "full", "lines", "page", "tag", "turn")

    def __init__(
        self, lines: list[PrintedLine], page: int, full: float, turn: int = 0, tag: Tag | None = None
    ) -> None:
        self.lines = lines
        self.page = page
        self.full = full
        self.turn = turn
        self.bullet = lines[0].bullet
        self.tag = tag                   # of the structure that it is, where that is sound

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def size(self) -> float:
        return max(self.lines, key=lambda line: len(line.text)).size

    @property
    def bold(self) -> bool:
        return all(line.bold is True for line in self.lines)

    @property
    def italic(self) -> bool:
        return all(line.style.italic for line in self.lines)

    @property
    def box(self) -> Box:
        return (
            min(line.left for line in self.lines), min(line.top for line in self.lines),
            max(line.right for line in self.lines), max(line.bottom for line in self.lines),
        )

    @property
    def is_item(self) -> bool:
        return bool(self.bullet) or ENUMERATED.match(self.text) is not None


def paragraphs_of(
    column: Column, page: int, turn: int = 0, tags: Mapping[int, Tag] | None = None
) -> list[Paragraph | Table]:
    """The paragraphs and tables of one column, from top to bottom. `tags`, by marked content id, settle what is one
    paragraph where both lines have one.
    """
    tags = tags or {}
    out: list[Paragraph | Table] = []
    edges = _right_edges(column)
    pitch = _usual_pitch(column)
    for item in column:
        if item.table is not None:
            out.append(item.table)
            continue
        line = item.line
        assert line is not None  # an item is a line or a table
        last = out[-1] if out else None
        tag = tags.get(line.style.mark)
        if isinstance(last, Paragraph) and not _parted(last, line, tag, pitch.get(_key(line)), turn):
            if line.bullet:                           # the dash was one of the sentence
                line = _with_dash(line)
            last.lines.append(line)
        else:
            out.append(Paragraph([line], page, edges[_key(line)], turn, tag))
    return out


def is_sound(columns: Sequence[Sequence[Paragraph | Table]], tags: Mapping[int, Tag]) -> bool:
    """Whether the tags of a page mostly agree with the paragraphs that are seen, made without them.

    Tags that make every line a paragraph, or the whole page one, are not.
    """
    lines = within = parted = between = joined = known = 0
    for column in columns:
        elements: list[tuple[int | None, int | None]] = []
        for part in column:
            if not isinstance(part, Paragraph):
                elements.append((None, None))
                continue
            found = [tag.element if (tag := tags.get(line.style.mark)) else None for line in part.lines]
            lines += len(found)
            known += sum(1 for one in found if one is not None)
            pairs = [(one, two) for one, two in pairwise(found) if one is not None and two is not None]
            within += len(pairs)
            parted += sum(1 for one, two in pairs if one != two)
            elements.append((found[0], found[-1]))
        ends = [(one[1], two[0]) for one, two in pairwise(elements) if one[1] is not None and two[0] is not None]
        between += len(ends)
        joined += sum(1 for one, two in ends if one == two)
    return known >= 0.6 * lines and parted <= 0.25 * within and joined <= 0.34 * between


def _parted(last: Paragraph, line: PrintedLine, tag: Tag | None, usual: float | None, turn: int) -> bool:
    if tag is None or last.tag is None:
        return _begins(last, line, usual, turn)
    below = -0.5 * line.size < line.base - last.lines[-1].base < 3 * line.size
    return tag.element != last.tag.element or not below


def _key(line: PrintedLine) -> float:
    return round(line.size * 2) / 2


def _right_edges(column: Column) -> dict[float, float]:
    edges: dict[float, float] = {}
    for item in column:
        if item.line is not None:
            key = _key(item.line)
            edges[key] = max(edges.get(key, 0.0), item.line.right)
    return edges


def _usual_pitch(column: Column) -> dict[float, float]:
    """By size, the distance of baselines that most neighbours of that size have."""
    found: dict[float, list[float]] = {}
    lines = [item.line for item in column if item.line is not None]
    for one, two in pairwise(lines):
        if _key(one) == _key(two) and 0.8 * one.size < two.base - one.base < 2.2 * one.size:
            found.setdefault(_key(one), []).append(two.base - one.base)
    return {size: sorted(values)[(len(values) - 1) // 3] for size, values in found.items()}


def _begins(paragraph: Paragraph, line: PrintedLine, usual: float | None, turn: int) -> bool:
    """Whether `line` begins a new paragraph below `paragraph`."""
    before = paragraph.lines[-1]
    if turn < 0:
        return abs(line.size - before.size) > 0.5
    if abs(line.size - before.size) > 0.08 * before.size and not _is_aside(before, line):
        return True
    pitch = line.base - before.base
    if abs(pitch) < 0.3 * line.size:
        return line.left - before.right > 3 * line.size or line.left < before.left
    if pitch < 0 or pitch > _most(paragraph, before.size, usual):
        return True
    if _restyled(paragraph.lines, line):
        return True
    if line.bullet:
        return not _dash_within(before, line, paragraph)
    if ENUMERATED.match(line.text) and (TERMINAL.search(before.text) or ENUMERATED.match(paragraph.text)
                                        or _room(paragraph, before) > 0.25 * _width(paragraph)):
        return True
    return _indented(paragraph, line) or _ended(paragraph, before, line)


def _is_aside(before: PrintedLine, line: PrintedLine) -> bool:
    """Whether two lines of one text differ in size by their longest words only ('see the CAPITALS')."""
    sizes = {word.style.size for word in before.words} & {word.style.size for word in line.words}
    return bool(sizes) and abs(line.size - before.size) < 0.2 * before.size


def _most(paragraph: Paragraph, size: float, usual: float | None) -> float:
    """The widest distance of baselines within the paragraph."""
    lines = paragraph.lines
    if len(lines) > 1:
        own = [two.base - one.base for one, two in pairwise(lines)]
        return 1.2 * max(sorted(own)[len(own) // 2], 0.95 * size)
    return 1.2 * max(usual, 0.95 * size) if usual is not None and usual < 1.9 * size else 1.65 * size


def _restyled(lines: Sequence[PrintedLine], line: PrintedLine) -> bool:
    """Whether weight or slant change with the line: all of the lines before in one style, all of the line in another.
    """
    last, near = lines[-1], lines[-_NEAR:]
    if line.bold is not None and line.bold != last.bold and all(one.bold == last.bold is not None for one in near):
        return True
    other_font = last.font is not None and line.font is not None and last.font != line.font
    if not other_font or any(one.font != last.font for one in near):
        return False
    slanted = line.italic is not None and last.italic is not None and line.italic != last.italic
    return slanted or line.style.colour != last.style.colour


def _dash_within(before: PrintedLine, line: PrintedLine, paragraph: Paragraph) -> bool:
    open_ = not paragraph.bullet and not TERMINAL.search(before.text) and not before.text.endswith(",")
    return line.bullet in _DASHES and open_ and _room(paragraph, before) < 0.2 * _width(paragraph) \
        and line.text[:1].islower()


def _with_dash(line: PrintedLine) -> PrintedLine:
    first = line.words[0]
    return PrintedLine((first._replace(text=f"{line.bullet} {first.text}"), *line.words[1:]))


def _room(paragraph: Paragraph, line: PrintedLine) -> float:
    return paragraph.full - line.right


def _width(paragraph: Paragraph) -> float:
    return max(1.0, paragraph.full - min(line.left for line in paragraph.lines))


def _indented(paragraph: Paragraph, line: PrintedLine) -> bool:
    """Whether the line stands further in (a first line) or further out (after a hanging one) than text that goes on."""
    before = paragraph.lines[-1]
    step = line.left - before.left
    if abs(step) < 0.8 * line.size or _centred(before, line):
        return False
    full = _room(paragraph, before) < 0.15 * _width(paragraph) and not TERMINAL.search(before.text)
    if step > 0:
        if len(paragraph.lines) > 1:
            return True
        return not (ENUMERATED.match(before.text) or paragraph.bullet or full)
    return (len(paragraph.lines) > 1 or bool(paragraph.bullet)) and not full


def _centred(one: PrintedLine, two: PrintedLine) -> bool:
    middle = abs((one.left + one.right) - (two.left + two.right)) / 2
    return middle < 0.5 * one.size or abs(one.right - two.right) < 0.1 * one.size < abs(one.left - two.left)


def _ended(paragraph: Paragraph, before: PrintedLine, line: PrintedLine) -> bool:
    """Whether the line before was left short although the next word would have fitted."""
    first = line.words[0]
    room = _room(paragraph, before)
    if _centred(before, line) and abs(before.left - line.left) > 0.5 * line.size:
        return False
    needed = (first.right - first.left) + 0.3 * line.size
    if room <= needed + 0.6 * line.size or before.text.endswith("-"):
        return False
    if TERMINAL.search(before.text):
        return True
    return room > 0.4 * _width(paragraph) and not line.text[0].islower() and not before.text.endswith((",", "&"))
