"""Colours and fonts of PDF pages as they show: of words that are seen and of areas that are filled."""

from __future__ import annotations

import base64
import contextlib
import math
import re
import zlib
from collections.abc import Iterator, Sequence

from msgcheck.model import Box, Location
from msgcheck.readers.looks import Sight, lettered
from msgcheck.readers.pdf_marks import Marks
from msgcheck.readers.pdf_words import Geometry, Word

_FILLED = frozenset({0, 2, 4, 6})
"""Text render modes that fill the letters."""
_UNSEEN = frozenset({3, 7})
_SMALLEST = 0.005
"""Of the page's area, from which on a filled area counts: what is smaller is mostly part of a drawing."""
_MOST_FILLS = 300
_MOST_WORDS = 6
_INKS = re.compile(rb"[\d.]\s+[kK]\s")
_NUMBER = re.compile(rb"[\d.]+")
_NO_CONTENT = re.compile(rb"/(?:Image|Length1|ObjStm|XRef|Metadata|CIDFontType0C|Type1C|OpenType|CMap)\b")
"""In the dictionary of a stream that draws nothing."""
_MOST_INFLATED = 8_000_000
_LONGEST = 200_000
"""Bytes of a stream that are looked at, packed and unpacked."""
_STREAM = re.compile(rb"stream\r?\n")


def sights_of(words: Sequence[Word], marks: Marks, geometry: Geometry, number: int) -> list[Sight]:
    """What shows on page `number`: one sight of each colour of text and of areas, and of each font."""
    return [*_of_words(words, geometry, number), *_of_fills(words, marks, geometry, number)]


def _of_words(words: Sequence[Word], geometry: Geometry, number: int) -> Iterator[Sight]:
    colors: dict[tuple[int, int, int], list[int]] = {}
    fonts: dict[str, list[int]] = {}
    for index, word in enumerate(words):
        style = word.style
        if style.mode in _UNSEEN or not lettered(word.text):
            continue
        if style.mode in _FILLED:
            colors.setdefault(style.colour, []).append(index)
        if style.font:
            fonts.setdefault(style.font, []).append(index)
    for colour, members in colors.items():
        run = _run(words, members)
        text = " ".join(word.text for word in run)
        yield Sight("color", _written(colour), "text", _place(run, geometry, number), text, len(members))
    for font, members in fonts.items():
        run = _run(words, members)
        text = " ".join(word.text for word in run)
        yield Sight("font", font, "text", _place(run, geometry, number), text, len(members))


def _run(words: Sequence[Word], members: list[int]) -> list[Word]:
    """The first of those words, with those after it on its line that are of them too."""
    wanted = set(members)
    first = words[members[0]]
    run = [first]
    for index in range(members[0] + 1, min(members[0] + _MOST_WORDS, len(words))):
        word = words[index]
        gap = word.left - run[-1].right
        if index not in wanted or abs(word.base - first.base) > 1 or not -1 <= gap <= first.style.size:
            break
        run.append(word)
    return run


def _of_fills(words: Sequence[Word], marks: Marks, geometry: Geometry, number: int) -> Iterator[Sight]:
    width, height = geometry.size
    large = [
        fill for fill in marks.fills
        if (fill.box[2] - fill.box[0]) * (fill.box[3] - fill.box[1]) >= _SMALLEST * width * height
    ][:_MOST_FILLS]
    found: dict[str, Sight] = {}
    on = _words_on([fill.box for fill in large], words, geometry)
    for index, fill in enumerate(large):
        if fill.colour is None or not fill.solid:
            continue
        value = _written(fill.colour)
        known = found.get(value)
        if known is not None and known.text:
            found[value] = known._replace(times=known.times + 1)
            continue
        run = _run(words, on[index]) if on[index] else []
        place = Location("page", number, f"page {number}", (_rounded(fill.box),), geometry.size)
        times = known.times + 1 if known is not None else 1
        found[value] = Sight("color", value, "fill", place, " ".join(word.text for word in run), times)
    yield from found.values()


def _words_on(boxes: list[Box], words: Sequence[Word], geometry: Geometry) -> list[list[int]]:
    """For each of the boxes, painted in their order, the words that stand on it and on none above it."""
    found: list[list[int]] = [[] for _ in boxes]
    upward = [(index, *box) for index, box in enumerate(boxes)][::-1]
    for at, word in enumerate(words if boxes else ()):
        left, top, right, bottom = word.left, word.top, word.right, word.bottom
        if word.style.turn > 0:
            left, top, right, bottom = geometry.back((left, top, right, bottom), word.style.turn)
        x, y = (left + right) / 2, (top + bottom) / 2
        for index, x0, y0, x1, y1 in upward:
            if x0 <= x <= x1 and y0 <= y <= y1:
                if lettered(word.text):
                    found[index].append(at)
                break
    return found


def _place(run: list[Word], geometry: Geometry, number: int) -> Location:
    left, right = min(word.left for word in run), max(word.right for word in run)
    top, bottom = min(word.top for word in run), max(word.bottom for word in run)
    box = geometry.back((left, top, right, bottom), max(0, run[0].style.turn))
    return Location("page", number, f"page {number}", (_rounded(box),), geometry.size)


def _rounded(box: Box) -> Box:
    """A box to a hundredth of a point; of one without end, as broken files have them, the page's corner."""
    left, top, right, bottom = (round(edge, 2) if math.isfinite(edge) else 0.0 for edge in box)
    return left, top, right, bottom


def _written(colour: tuple[int, int, int]) -> str:
    return "#" + "".join(f"{one:02X}" for one in colour)


def prints_inks(data: bytes) -> bool:
    """Whether a PDF is coloured in inks (CMYK or spot colours): which colour that is on a screen, depends on a profile,
    and what PDFium makes of it is not what a designer's program shows.
    """
    if b"/Separation" in data or b"/DeviceN" in data:
        return True
    left = _MOST_INFLATED
    for match in _STREAM.finditer(data):
        start = match.end()
        if _NO_CONTENT.search(data, max(0, start - 400, data.rfind(b"endobj", max(0, start - 400), start)), start):
            continue
        end = data.find(b"endstream", start, start + _LONGEST)
        content = data[start : end if end >= 0 else start + _LONGEST]
        if content.rstrip().endswith(b"~>"):
            with contextlib.suppress(ValueError):
                content = base64.a85decode(b"<~" + content.strip(), adobe=True)
        inflated = content
        with contextlib.suppress(zlib.error):
            inflated = zlib.decompressobj().decompress(content, _LONGEST)
        left -= len(inflated)
        if any(_is_inked(inflated, found.end()) for found in _INKS.finditer(inflated)):
            return True
        if left <= 0:
            break
    return False


def _is_inked(content: bytes, end: int) -> bool:
    """Whether the operator that ends at `end` has four numbers before it: the shares of four inks."""
    words = content[max(0, end - 80) : end].split()
    return len(words) > 4 and all(_NUMBER.fullmatch(one) for one in words[-5:-1])
