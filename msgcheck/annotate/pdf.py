"""Highlights with notes in a copy of a PDF."""

from __future__ import annotations

import io
from typing import Any

from msgcheck.annotate.note import AUTHOR, Note, at_the_beginning
from msgcheck.errors import Unreadable
from msgcheck.model import Box

_COLOURS = {"error": "ff8a80", "warning": "ffe082", "note": "b3e5fc", "off": "b3e5fc"}
_ICON = 18.0       # points, of a note that is not about certain words


def annotated(data: bytes, notes: tuple[Note, ...], day: str) -> tuple[bytes, int]:
    """The copy, with how many notes are pinned to their words; raises `Unreadable`."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("encrypted", "The file is encrypted.")
        writer = PdfWriter(clone_from=reader)
        pages = writer.pages
        pinned = 0
        loose = [0] * len(pages)
        for note in notes:
            place = note.finding.location
            number = place.number if place.kind == "page" and place.number is not None else 1
            if not 1 <= number <= len(pages):
                number = 1
            if place.kind == "page" and note.boxes:
                _highlight(writer, number - 1, note.boxes, note, day)
                pinned += 1
            else:
                _sticky(writer, number - 1, loose[number - 1], note, day)
                loose[number - 1] += 1
        stream = io.BytesIO()
        writer.write(stream)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable("damaged", "The file is built in a way that could not be annotated.") from error
    return stream.getvalue(), pinned


def _highlight(writer: Any, index: int, boxes: tuple[Box, ...], note: Note, day: str) -> None:
    from pypdf.annotations import Highlight
    from pypdf.generic import ArrayObject, FloatObject

    page = writer.pages[index]
    quads: list[float] = []
    areas = [_area(page, box) for box in boxes]
    for left, bottom, right, top in areas:
        quads += [left, top, right, top, left, bottom, right, bottom]
    rectangle = (min(one[0] for one in areas), min(one[1] for one in areas),
                 max(one[2] for one in areas), max(one[3] for one in areas))
    made = Highlight(
        rect=rectangle, quad_points=ArrayObject([FloatObject(round(value, 2)) for value in quads]),
        highlight_color=_COLOURS[note.finding.severity],
    )
    _add(writer, index, made, note.text, note, day)


def _sticky(writer: Any, index: int, count: int, note: Note, day: str) -> None:
    from pypdf.annotations import Text

    page = writer.pages[index]
    top = 6 + count * (_ICON + 4)
    area = _area(page, (6, top, 6 + _ICON, top + _ICON))
    _add(writer, index, Text(rect=area, text="", open=False), at_the_beginning(note), note, day)


def _add(writer: Any, index: int, made: Any, text: str, note: Note, day: str) -> None:
    from pypdf.generic import NameObject, NumberObject, TextStringObject

    made[NameObject("/Contents")] = TextStringObject(text)
    made[NameObject("/T")] = TextStringObject(AUTHOR)
    made[NameObject("/NM")] = TextStringObject(note.finding.fingerprint)
    made[NameObject("/M")] = TextStringObject(f"D:{day.replace('-', '')}000000Z")
    made[NameObject("/F")] = NumberObject(4)         # printed too
    writer.add_annotation(index, made)


def _area(page: Any, box: Box) -> tuple[float, float, float, float]:
    """`box`, from the top left of the page as it is shown, in the page's own coordinates: left, bottom, right, top."""
    crop = page.cropbox
    width, height = float(crop.width), float(crop.height)
    turn = int(page.get("/Rotate", 0) or 0) % 360
    corners = []
    for x, y in ((box[0], box[1]), (box[2], box[3])):
        u, v = {90: (y, x), 180: (width - x, y), 270: (width - y, height - x)}.get(turn, (x, height - y))
        corners.append((u + float(crop.left), v + float(crop.bottom)))
    (one, two), (three, four) = corners
    return min(one, three), min(two, four), max(one, three), max(two, four)
