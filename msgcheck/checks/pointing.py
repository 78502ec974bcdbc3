"""Findings that point: from a span of a block's normalised text, or from a whole document, to a complete finding."""

from __future__ import annotations

from msgcheck.checks.view import View, locate, quoted_span
from msgcheck.model import Approved, Change, Finding, Location, Related

WHOLE = Location("document", label="whole document")


def point(
    view: View,
    index: int,
    start: int,
    end: int,
    *,
    rule: str,
    message: str,
    approved: Approved | None = None,
    suggestion: str | None = None,
    why: tuple[str, ...] = (),
    changes: tuple[Change, ...] = (),
    similarity: float | None = None,
    confidence: float = 1.0,
) -> Finding:
    """A finding about `normal[start:end]` of the block at `index` of the document; it quotes the block's text."""
    block = view.document.blocks[index]
    first, last = quoted_span(block, start, end)
    return Finding(
        rule=rule,
        message=message,
        document=view.document.name,
        layer=block.layer,
        location=locate(block, first, last),
        block=block.text,
        text=block.text[first:last],
        start=first,
        end=last,
        approved=approved,
        changes=changes,
        similarity=similarity,
        confidence=confidence,
        suggestion=suggestion,
        why=why,
        order=index,
    )


def about_document(
    view: View,
    *,
    rule: str,
    message: str,
    approved: Approved,
    suggestion: str | None = None,
    why: tuple[str, ...] = (),
    related: tuple[Related, ...] = (),
) -> Finding:
    """A finding about the whole document: it quotes nothing, and stands after those that do."""
    return Finding(
        rule=rule,
        message=message,
        document=view.document.name,
        layer="body",
        location=WHOLE,
        approved=approved,
        suggestion=suggestion,
        why=why,
        related=related,
        order=len(view.document.blocks),
    )


def because(reason: str | None) -> tuple[str, ...]:
    """The guide's own reason as a sentence of `why`."""
    if not reason:
        return ()
    return (f"The guide's reason: {reason if reason[-1] in '.!?' else reason + '.'}",)
