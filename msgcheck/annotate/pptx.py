"""Comments in a copy of a presentation, at the shapes that findings stand in.

The comments are those of the standard (ECMA-376 part 1, 19.4), which every version of PowerPoint reads. A deck with
PowerPoint's newer threaded comments may not hold both kinds, so it gets notes beside its slides (`pptx_notes.py`).
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from msgcheck.annotate.note import AUTHOR, Note, at_the_beginning
from msgcheck.annotate.pptx_notes import Notes
from msgcheck.copies.package import Package
from msgcheck.copies.paragraphs import P, R
from msgcheck.errors import Unreadable

_MAIN = "ppt/presentation.xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.presentationml"
_PER_POINT = 8.0        # units of a comment's place, 1/576 inch
_MARGIN = 4.0           # points, of comments that are about no shape
_STEP = 18.0


def annotated(data: bytes, notes: tuple[Note, ...], day: str) -> tuple[bytes, int]:
    """The copy, with how many notes stand on their slide; raises `Unreadable`."""
    package = Package(data)
    slides = _slides(package)
    if not slides:
        raise Unreadable("damaged", "The presentation has no slide to comment on.")
    threaded = any("threadedComment" in name or "/modernComment" in name for name in package.names)
    writer = Notes(package) if threaded else _Comments(package, day)
    pinned = 0
    loose: dict[int, int] = {}
    taken = Counter[tuple[int, float, float]]()      # by slide and place: of several at one shape each can be seen
    for note in notes:
        place = note.finding.location
        on_slide = place.kind in ("slide", "notes") and place.number is not None and 1 <= place.number <= len(slides)
        number = place.number if on_slide and place.number is not None else 1
        pinned += on_slide
        if on_slide and place.boxes:
            left, top = place.boxes[0][:2]
            beside = taken[number, left, top]
            taken[number, left, top] += 1
            writer.add(slides[number - 1], left + beside * _STEP, top, note.text)
        else:
            lower = loose.get(number, 0)
            loose[number] = lower + 1
            writer.add(slides[number - 1], _MARGIN, _MARGIN + lower * _STEP, at_the_beginning(note))
    return package.save(), pinned


def _slides(package: Package) -> list[str]:
    targets = {identifier: target for identifier, _, target in package.related(_MAIN)}
    found = (targets.get(slide.get(R + "id", ""), "") for slide in package.xml(_MAIN).iter(P + "sldId"))
    return [name for name in found if name in package.names]


class _Comments:
    """The comment parts of a presentation: one a slide, and the list of authors."""

    def __init__(self, package: Package, day: str) -> None:
        self._package = package
        self._day = day
        self._author, self._index = self._as_author()
        self._parts: dict[str, Any] = {}

    def _as_author(self) -> tuple[Any, int]:
        from lxml import etree

        package = self._package
        known = next((target for _, kind, target in package.related(_MAIN) if kind.endswith("/commentAuthors")), None)
        if known is None or known not in package.names:
            known = "ppt/commentAuthors.xml"
            package.add(known, etree.Element(P + "cmAuthorLst", nsmap={"p": P[1:-1]}), f"{_TYPES}.commentAuthors+xml")
            package.relate(_MAIN, f"{_OFFICE}/commentAuthors", known)
        authors = package.xml(known)
        package.touch(known)
        mine = next((one for one in authors if one.get("name") == AUTHOR), None)
        if mine is None:
            number = max((int(one.get("id", "0")) for one in authors), default=-1) + 1
            mine = etree.SubElement(authors, P + "cmAuthor", {
                "id": str(number), "name": AUTHOR, "initials": "mc", "lastIdx": "0", "clrIdx": str(number % 8),
            })
        return mine, int(mine.get("lastIdx", "0"))

    def add(self, slide: str, x: float, y: float, text: str) -> None:
        """A comment on the slide part `slide`, `x` and `y` points from its top left."""
        from lxml import etree

        self._index += 1
        self._author.set("lastIdx", str(self._index))
        comment = etree.SubElement(self._of(slide), P + "cm", {
            "authorId": self._author.get("id"), "dt": f"{self._day}T00:00:00.000", "idx": str(self._index),
        })
        etree.SubElement(comment, P + "pos", x=str(round(x * _PER_POINT)), y=str(round(y * _PER_POINT)))
        etree.SubElement(comment, P + "text").text = text

    def _of(self, slide: str) -> Any:
        from lxml import etree

        if slide not in self._parts:
            package = self._package
            known = next((target for _, kind, target in package.related(slide) if kind.endswith("/comments")), None)
            if known is None or known not in package.names:
                known = package.fresh("ppt/comments/comment{}.xml")
                package.add(known, etree.Element(P + "cmLst", nsmap={"p": P[1:-1]}), f"{_TYPES}.comments+xml")
                package.relate(slide, f"{_OFFICE}/comments", known)
            package.touch(known)
            self._parts[slide] = package.xml(known)
        return self._parts[slide]
