"""A passage read with what stands around it: without it, a cell of a table or a bullet says half of what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from msgcheck.model import Block, Passage
from msgcheck.normalise import plain

_SELF_CONTAINED = 14                     # words of a sentence that needs no context
_CELLS = 6                               # of a row whose cells are read one by one
_POINTS_BACK = re.compile(
    r"[\"'(]*(?:it|its|they|them|their|this|that|these|those|there|then|the same|so|such|both|each|yes|no|yours|"
    r"ours|here|after that|from then|in that|in this|likewise|instead|otherwise|should that|if so|if not)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class InContext:
    """A passage read with what stands `around` it."""

    text: str
    around: str


def as_read(block: Block, passage: Passage) -> str:
    """A passage as a reader takes it: the first cell of a row, unless it gives a figure, names what the others say."""
    cells = [cell for cell in map(plain, block.cells) if cell]
    names = len(cells) > 1 and not any(char.isdigit() for char in cells[0])
    if names and plain(passage.normal) == " ".join(cells):
        return f"{cells[0].rstrip(':')}: {'; '.join(cells[1:])}"
    return plain(passage.normal)


def in_context(block: Block, passage: Passage) -> tuple[InContext, ...]:
    """The passage read with what stands around it: column headings, the line that leads in, heading, sentence
    before. A full sentence that points at nothing before it says what it says alone.
    """
    text = plain(passage.normal)
    if block.kind == "paragraph" and len(text.split()) > _SELF_CONTAINED and not _POINTS_BACK.match(text):
        return ()
    out: list[InContext] = []
    if block.cells and block.columns:
        named = [
            f"{column}: {cell}" if column else cell for column, cell in zip(block.columns, block.cells, strict=False)
        ]
        whole = "; ".join(part for part in named if part)
        out.append(InContext(plain(whole), plain("; ".join(filter(None, block.columns)))))
    if 3 <= len(block.cells) <= _CELLS:  # a row with several facts: each with what it is of
        out += [
            InContext(plain(f"{block.cells[0]}: {cell}"), plain(block.cells[0]))
            for cell in block.cells[1:] if block.cells[0] and len(cell.split()) > 1
        ]
    if block.lead_in:
        out.append(InContext(plain(f"{block.lead_in} {text}"), plain(block.lead_in)))
    elif block.heading and block.kind != "heading":
        out.append(InContext(plain(f"{block.heading}: {text}"), plain(block.heading)))
    if passage.before and block.kind != "table-row":
        out.append(InContext(plain(f"{passage.before} {text}"), plain(passage.before)))
    return tuple({one.text: one for one in out if one.text != text and len(one.text) < 600}.values())


def said_together(block: Block) -> bool:
    """Whether a block and its context are what is said: a table row with its headings, a bullet with its lead-in."""
    return bool(block.cells or block.lead_in)


def heads_table(blocks: Sequence[Block], at: int) -> bool:
    """Whether block `at` is the row of a table that names the columns of the rows below it."""
    below = blocks[at + 1] if at + 1 < len(blocks) else None
    return bool(blocks[at].cells) and below is not None and below.columns == blocks[at].cells
