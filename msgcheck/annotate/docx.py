"""Comments in a copy of a Word document."""

from __future__ import annotations

from typing import Any

from msgcheck.annotate.note import AUTHOR, Note, at_the_beginning
from msgcheck.copies.package import Package
from msgcheck.copies.paragraphs import Spot, Unit, W, runs, spots, units
from msgcheck.errors import Unreadable

_MAIN = "word/document.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"


def annotated(data: bytes, notes: tuple[Note, ...], day: str) -> tuple[bytes, int]:
    """The copy, with how many notes are pinned to their words; raises `Unreadable`."""
    package = Package(data)
    root = package.xml(_MAIN)
    comments = _Comments(package, day)
    found = spots((note.finding for note in notes), units(package))
    pinned: list[tuple[Note, Spot]] = []
    loose: list[Note] = []
    for index, note in enumerate(notes):
        spot = next((one for one in found.get(index, ()) if _takes_comments(one.unit)), None)
        if spot is None:
            loose.append(note)
        else:
            pinned.append((note, spot))
    _pin(pinned, comments)
    if loose:
        _begin(root, comments.add("\n\n".join(at_the_beginning(note) for note in loose)))
    package.touch(_MAIN)
    return package.save(), len(pinned)


def _takes_comments(unit: Unit) -> bool:
    """Word takes none in headers, footers, notes and text boxes."""
    return unit.part == _MAIN and not any(one.tag.endswith("}txbxContent") for one in unit.paragraph.iterancestors())


def _pin(pinned: list[tuple[Note, Spot]], comments: _Comments) -> None:
    for (note, spot), found in zip(pinned, runs(spot for _, spot in pinned), strict=True):
        identifier = comments.add(note.text)
        if found:
            _mark(found[0], found[-1], identifier)
        else:
            _begin(spot.unit.paragraph, identifier)


def _mark(first: Any, last: Any, identifier: str) -> None:
    from lxml import etree

    first.addprevious(etree.Element(W + "commentRangeStart", {W + "id": identifier}))
    end = etree.Element(W + "commentRangeEnd", {W + "id": identifier})
    last.addnext(end)
    end.addnext(_reference(identifier))


def _reference(identifier: str) -> Any:
    from lxml import etree

    run = etree.Element(W + "r")
    etree.SubElement(run, W + "commentReference", {W + "id": identifier})
    return run


def _begin(root: Any, identifier: str) -> None:
    """Put a comment at the first paragraph of `root`, or at `root` if it is one."""
    paragraph = root if root.tag == W + "p" else next(root.iter(W + "p"), None)
    if paragraph is None:
        raise Unreadable("damaged", "The document has no paragraph to comment on.")
    paragraph.append(_reference(identifier))


class _Comments:
    """The comments part of a package, made where there is none."""

    def __init__(self, package: Package, day: str) -> None:
        from lxml import etree

        self._day = day
        known = next((target for _, kind, target in package.related(_MAIN) if kind.endswith("/comments")), None)
        if known is None or known not in package.names:
            known = package.fresh("word/comments{}.xml")
            root = etree.Element(W + "comments", nsmap={"w": W[1:-1]})
            package.add(known, root, _TYPE)
            package.relate(_MAIN, _RELATION, known)
        self._root = package.xml(known)
        package.touch(known)
        taken = [one.get(W + "id", "") for one in self._root]
        self._next = max((int(one) for one in taken if one.isdecimal()), default=-1) + 1

    def add(self, text: str) -> str:
        """A new comment; gives its id."""
        from lxml import etree

        identifier = str(self._next)
        self._next += 1
        comment = etree.SubElement(self._root, W + "comment", {
            W + "id": identifier, W + "author": AUTHOR, W + "date": f"{self._day}T00:00:00Z", W + "initials": "mc",
        })
        for line in text.split("\n"):
            paragraph = etree.SubElement(comment, W + "p")
            words = etree.SubElement(etree.SubElement(paragraph, W + "r"), W + "t")
            words.text = line
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return identifier
