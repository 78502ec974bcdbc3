"""Building the values that a reader returns: blocks with their normalised text, documents with their true status."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Literal

from msgcheck.model import Block, BlockKind, Document, Layer, Line, Location, Look, Reason, Status
from msgcheck.normalise import normalise

__all__ = ["build_document", "make_block", "unread_document"]

NO_TEXT = "No text was found in this document."


def make_block(
    text: str,
    kind: BlockKind,
    layer: Layer,
    location: Location,
    *,
    lines: tuple[Line, ...] = (),
    heading: str = "",
    lead_in: str = "",
    columns: tuple[str, ...] = (),
    cells: tuple[str, ...] = (),
    count: int = 1,
    level: int = 0,
) -> Block | None:
    """A block with `normal` filled in, or None where `text` holds no visible character.

    `text` is kept as given: trim it before (offsets of `lines` are offsets of it). `heading`, `lead_in` and `columns`
    may be given as quoted, they are normalised here. A table row's `text` has to be its `cells` joined by one space;
    leave empty cells out of `cells`, and their headings out of `columns`.
    """
    normal = normalise(text).text
    if not normal:
        return None
    return Block(
        text=text,
        normal=normal,
        kind=kind,
        layer=layer,
        location=location,
        lines=lines,
        heading=normalise(heading).text,
        lead_in=normalise(lead_in).text,
        columns=tuple(normalise(column).text for column in columns),
        cells=cells,
        count=count,
        level=level,
    )


def build_document(
    name: str,
    format: str,
    data: bytes,
    blocks: Iterable[Block | None],
    *,
    reasons: Iterable[Reason] = (),
    pages: int | None = None,
    unit: Literal["page", "slide", ""] = "",
    gaps: Iterable[tuple[str, int]] = (),
    looks: Iterable[Look] = (),
) -> Document:
    """The document of what a reader found; Nones among `blocks` are left out.

    Its status follows from what is there: without any text outside the layer 'description' it is 'unread' (reason
    'no-text', before the others) and has no blocks; with reasons it is 'partly-read', else 'read'.
    """
    kept = tuple(block for block in blocks if block is not None)
    why = tuple(dict.fromkeys(reasons))
    status: Status = "partly-read" if why else "read"
    if all(block.layer == "description" for block in kept):
        status, kept, why = "unread", (), (Reason("no-text", "", NO_TEXT), *why)
    return Document(
        name=name,
        format=format,
        sha256=hashlib.sha256(data).hexdigest(),
        status=status,
        reasons=why,
        blocks=kept,
        pages=pages,
        unit=unit,
        gaps=tuple((code, number) for code, number in gaps if number),
        looks=() if status == "unread" else tuple(looks),
    )


def unread_document(name: str, format: str, sha256: str, code: str, text: str, place: str = "") -> Document:
    """A document that could not be read at all, with the one reason why. `sha256` is '' where no byte was seen."""
    return Document(name=name, format=format, sha256=sha256, status="unread", reasons=(Reason(code, place, text),))
