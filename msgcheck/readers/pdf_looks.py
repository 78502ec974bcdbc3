"""Colours and fonts of PDF pages as they show: of words that are seen and of areas that are filled."""

from __future__ import annotations

import base64
import contextlib
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
_INKS = re.compile(rb"(?:^|\s)(?:[\d.]+\s+){4}[kK]\s")
_MOST_INFLATED = 8_000_000
_LONGEST = 200_000
"""Bytes of a stream that are looked at, packed and unpacked."""
_STREAM = re.compile(rb"stream\r?\n")


def sights_of(words: Sequence[Word], marks: Marks, geometry: Geometry, number: int) -> list[Sight]:
    """What shows on page `number`: one sight of each colour of text and of areas, and of each font."""
    return [*_of_words(words, geometry, number), *_of_fills(words, marks, geometry, number)]


def _of_words(words: Sequence[Word], geometry: Geometry, number: int) -> Iterator[Sight]:
    groups: dict[tuple[str, str], list[int]] = {}
    for index, word in enumerate(words):
        style = word.style
        if style.mode in _UNSEEN or not lettered(word.text):
            continue
        if style.mode in _FILLED:
            groups.setdefault(("color", _written(style.colour)), []).append(index)
        if style.font:
            groups.setdefault(("font", style.font), []).append(index)
    for (kind, value), members in groups.items():
        run = _run(words, members)
        place = _place(run, geometry, number)
        text = " ".join(word.text for word in run)
        if kind == "color":
            yield Sight("color", value, "text", place, text, len(members))
        else:
            yield Sight("font", value, "text", place, text, len(members))


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
    for index, fill in enumerate(large):
        if fill.colour is None or not fill.solid:
            continue
        value = _written(fill.colour)
        known = found.get(value)
        if known is not None and known.text:
            found[value] = known._replace(times=known.times + 1)
            continue
        over = [one.box for one in large[index + 1 :]]
        members = [
            at for at, word in enumerate(words)
            if lettered(word.text) and _holds(fill.box, word, geometry) and not any(
                _holds(box, word, geometry) for box in over
            )
        ]
        run = _run(words, members) if members else []
        place = Location("page", number, f"page {number}", (_rounded(fill.box),), geometry.size)
        times = known.times + 1 if known is not None else 1
        found[value] = Sight("color", value, "fill", place, " ".join(word.text for word in run), times)
    yield from found.values()


def _holds(box: Box, word: Word, geometry: Geometry) -> bool:
    left, top, right, bottom = geometry.back((word.left, word.top, word.right, word.bottom), max(0, word.style.turn))
    x, y = (left + right) / 2, (top + bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _place(run: list[Word], geometry: Geometry, number: int) -> Location:
    left, right = min(word.left for word in run), max(word.right for word in run)
    top, bottom = min(word.top for word in run), max(word.bottom for word in run)
    box = geometry.back((left, top, right, bottom), max(0, run[0].style.turn))
    return Location("page", number, f"page {number}", (_rounded(box),), geometry.size)


def _rounded(box: Box) -> Box:
    left, top, right, bottom = (round(edge, 2) for edge in box)
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
        end = data.find(b"endstream", start, start + _LONGEST)
        content = data[start : end if end >= 0 else start + _LONGEST]
        if content.rstrip().endswith(b"~>"):
            with contextlib.suppress(ValueError):
                content = base64.a85decode(b"<~" + content.strip(), adobe=True)
        inflated = content
        with contextlib.suppress(zlib.error):
            inflated = zlib.decompressobj().decompress(content, _LONGEST)
        left -= len(inflated)
        if _INKS.search(inflated):
            return True
        if left <= 0:
            break
    return False
