"""A passage as its values are read: one text, with the spans of its label and of a row's cells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from msgcheck.model import Block
from msgcheck.normalise import plain

_FIGURE = re.compile(r"\d|[½¼¾]")
_LABELLED = re.compile(r"^(?P<label>[^:.;!?]{2,60}):\s")
_LABEL_WORDS = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage as one text with the spans of its label and its cells; `around` are headings and column heads."""

    text: str
    label: tuple[int, int] = (0, 0)
    cells: tuple[tuple[int, int], ...] = ()
    around: tuple[tuple[str, ...], ...] = ()  # one for each cell, or one for all


def reading(block: Block, text: str) -> Reading:
    """`text` is the passage, normalised. A row's cells are read apart: "Weight: 412 kg, without water"."""
    above = tuple(part for part in (block.heading if block.kind != "heading" else "", block.lead_in) if part)
    if len(block.cells) > 1:
        cells = [plain(cell).strip() for cell in block.cells]
        joined, spans = "", []
        for index, cell in enumerate(cells):
            joined += (
                ("" if not joined else ": " if index == 1 and not _FIGURE.search(cells[0]) else ", ") if cell else ""
            )
            spans.append((len(joined), len(joined) + len(cell)))
            joined += cell
        heads = block.columns if len(block.columns) == len(cells) else ("",) * len(cells)
        label = spans[0] if not _FIGURE.search(cells[0]) else (0, 0)
        return Reading(joined, label, tuple(spans), tuple((*above, head) for head in heads))
    text = plain(text)
    match = _LABELLED.match(text)
    label = (
        match.span("label")
        if match and len(match.group("label").split()) <= _LABEL_WORDS and not _FIGURE.search(match.group("label"))
        else (0, 0)
    )
    return Reading(text, label, (), (above,))
