"""A `Document` as JSON and back: how workers hand over what they read. Nothing is pickled.

A value is the list of its fields in their order; tuples are lists.
"""

from __future__ import annotations

import json
from typing import Any

from msgcheck.model import Block, Document, Line, Location, Reason


def to_json(document: Document) -> bytes:
    """The document in one line of UTF-8."""
    blocks = [_block(block) for block in document.blocks]
    reasons = [[reason.code, reason.place, reason.text] for reason in document.reasons]
    fields = [
        document.name, document.format, document.sha256, document.status, reasons, blocks, document.pages, document.unit,
        document.language, document.gaps,
    ]
    # lone surrogates, which broken files yield, survive as escapes
    return json.dumps(fields, separators=(",", ":")).encode("ascii")


def from_json(data: bytes) -> Document:
    """The document that `to_json` wrote; raises ValueError, TypeError or KeyError for anything else."""
    name, format_, sha256, status, reasons, blocks, pages, unit, language, gaps = json.loads(data)
    return Document(
        name, format_, sha256, status, tuple(Reason(*reason) for reason in reasons),
        tuple(_block_of(fields) for fields in blocks), pages, unit, language,
        tuple((code, count) for code, count in gaps),
    )


def _block(block: Block) -> list[Any]:
    place = block.location
    return [
        block.text, block.normal, block.kind, block.layer,
        [place.kind, place.number, place.label, place.boxes, place.page_size],
        [[line.start, line.end, line.box, line.page] for line in block.lines],
        block.heading, block.lead_in, block.columns, block.cells, block.count, block.level,
    ]


def _block_of(fields: list[Any]) -> Block:
    text, normal, kind, layer, place, lines, heading, lead_in, columns, cells, count, level = fields
    where, number, label, boxes, size = place
    location = Location(where, number, label, tuple(tuple(box) for box in boxes), tuple(size) if size else None)
    return Block(
        text, normal, kind, layer, location,
        tuple(Line(start, end, tuple(box), page) for start, end, box, page in lines),
        heading, lead_in, tuple(columns), tuple(cells), count, level,
    )
