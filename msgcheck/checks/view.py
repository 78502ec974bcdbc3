"""One document as a check sees it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from msgcheck.guide.model import Guide
from msgcheck.model import Block, Document, Layer, Location, Passage, Role
from msgcheck.normalise import normalise

if TYPE_CHECKING:
    from msgcheck.checks.verbatim import Use

MEANING_LAYERS: tuple[Layer, ...] = ("body", "running", "notes")
WORD_LAYERS: tuple[Layer, ...] = ("body", "running", "notes", "description")
PRESENCE_LAYERS: tuple[Layer, ...] = ("body", "running")


@dataclass(frozen=True)
class View:
    """`blocks(layers)` yields what a rule of those layers may read: notes only where the role checks them, hidden
    blocks only with `include_hidden`.
    """

    document: Document
    role: Role
    passages: tuple[Passage, ...]
    guide: Guide
    as_of: datetime.date
    include_hidden: bool = False

    def reads(self, layer: Layer, layers: tuple[Layer, ...]) -> bool:
        if layer == "hidden":
            return self.include_hidden
        return layer in layers and not (layer == "notes" and self.role.notes == "skip")

    def blocks(self, layers: tuple[Layer, ...]) -> Iterator[tuple[int, Block]]:
        for index, block in enumerate(self.document.blocks):
            if self.reads(block.layer, layers):
                yield index, block

    @cached_property
    def by_block(self) -> dict[int, tuple[Passage, ...]]:
        """The passages of each block that has any."""
        grouped: dict[int, list[Passage]] = {}
        for passage in self.passages:
            grouped.setdefault(passage.block, []).append(passage)
        return {index: tuple(items) for index, items in grouped.items()}

    @cached_property
    def approved_wordings(self) -> tuple[str, ...]:
        """The approved wordings that clear the words inside them, in this kind of collateral."""
        from msgcheck.checks.cleared import approved_wordings

        return approved_wordings(self.guide, self.role.kind)

    @cached_property
    def verbatim(self) -> tuple[Use, ...]:
        """The uses of taglines and boilerplate, exact and altered."""
        from msgcheck.checks.verbatim import find_uses

        return tuple(find_uses(self))


def locate(block: Block, start: int, end: int) -> Location:
    """The block's location narrowed to the printed lines that hold `block.text[start:end]`."""
    lines = [line for line in block.lines if line.start < end and start < line.end]
    if not lines:
        return block.location
    place, page = block.location, lines[0].page
    boxes = tuple(line.box for line in lines if line.page == page)
    if page is not None:
        return Location(place.kind, page, f"{place.kind} {page}", boxes, place.page_size)
    return Location(place.kind, place.number, place.label, boxes, place.page_size)


def quoted_span(block: Block, start: int, end: int) -> tuple[int, int]:
    """The span of `block.text` for a span of `block.normal`."""
    return normalise(block.text).quoted(start, end)
