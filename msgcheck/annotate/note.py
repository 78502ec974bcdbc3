"""What is written beside the words of a finding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgcheck.model import Block, Box, Finding
from msgcheck.pictures.boxes import word_boxes

AUTHOR = "msgcheck"
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")   # in XML 1.0
_LEAD = {"error": "Correct", "warning": "Review", "note": "Note", "off": "Note"}


@dataclass(frozen=True, slots=True)
class Note:
    """A finding, the words of its note, and the boxes of what it is about (see `word_boxes`)."""

    finding: Finding
    text: str
    boxes: tuple[Box, ...] = ()


def notes_of(findings: Iterable[Finding], blocks: Sequence[Block] = ()) -> tuple[Note, ...]:
    """The notes of the open findings, in their order; with the document's `blocks` their boxes are the words' own."""
    return tuple(
        Note(one, _words(one), word_boxes(one, blocks[one.order] if one.order < len(blocks) else None))
        for one in findings if one.status == "open"
    )


def _words(finding: Finding) -> str:
    approved = finding.approved
    lines = [f"{_LEAD[finding.severity]}: {finding.message}"]
    if finding.suggestion:
        lines.append(f"Suggestion: {finding.suggestion}")
    elif approved and approved.wording:
        lines.append(f"{approved.standing.capitalize()}: {approved.wording}")
    if approved and approved.reason:
        lines.append(f"Reason: {approved.reason}")
    if approved and approved.source:
        lines.append(f"Source: {approved.source}")
    for other in finding.related:
        lines.append(f"Compare {other.document}, {other.location.label}: {other.text}")
    lines.append(f"({finding.rule}{f', {approved.id}' if approved else ''})")
    return _FORBIDDEN.sub("\ufffd", "\n".join(lines))


def at_the_beginning(note: Note) -> str:
    """The note's words where they stand apart from those that they are about."""
    finding = note.finding
    place = f"In the {finding.location.kind}: " if finding.location.kind in ("header", "footer") else ""
    quoted = f"“{finding.text}”\n" if finding.text else ""
    return _FORBIDDEN.sub("\ufffd", f"{place}{quoted}{note.text}")
