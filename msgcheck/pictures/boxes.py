"""Boxes of the words of a finding, narrower than the printed lines that they stand in."""

from __future__ import annotations

from msgcheck.model import Block, Box, Finding

_NARROW = frozenset("iljtfrI.,;:'!|()[] ")
_WIDE = frozenset("mwMW@%—")


def word_boxes(finding: Finding, block: Block | None) -> tuple[Box, ...]:
    """The boxes of the finding's words, one a printed line, in points from the page's top left.

    Readers know where lines are, not where words are; how far into a line the words begin is estimated from the usual
    widths of letters. Without the block's lines these are the boxes of the finding's location.
    """
    whole = finding.location.boxes
    if block is None or finding.start is None or finding.end is None or block.text != finding.block:
        return whole
    lines = [line for line in block.lines if line.start < finding.end and finding.start < line.end]
    if not lines or len(lines) != len(whole):
        return whole
    found = []
    for line, box in zip(lines, whole, strict=True):
        text = block.text[line.start : line.end].rstrip()
        total = _width(text)
        if total <= 0 or line.box != box:
            return whole
        left, top, right, bottom = box
        scale = (right - left) / total
        begin = left + scale * _width(text[: max(0, finding.start - line.start)])
        end = left + scale * _width(text[: finding.end - line.start])
        found.append((round(max(left, begin - 0.6 * scale), 2), top, round(min(right, end + 0.6 * scale), 2), bottom))
    return tuple(found)


def _width(text: str) -> float:
    """In widths of an ordinary small letter."""
    return sum(0.5 if char in _NARROW else 1.5 if char in _WIDE else 1.25 if char.isupper() else 1.0 for char in text)
