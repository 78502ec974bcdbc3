"""Regular expressions of prohibited claims and retired messages, run by RE2 in linear time."""

from __future__ import annotations

from collections.abc import Iterator

from msgcheck.checks.cleared import cleared, is_cleared
from msgcheck.checks.phrases import spans
from msgcheck.checks.view import MEANING_LAYERS, View
from msgcheck.checks.zones import inside
from msgcheck.guide.model import Prohibited, Retired
from msgcheck.guide.patterns import compile_pattern


def pattern_hits(view: View) -> Iterator[tuple[int, int, int, Prohibited | Retired]]:
    """(block, start, end, entry) of every hit in normalised text that neither `except` phrases nor approved words
    clear, in the order of the document, then of the guide."""
    known: tuple[Prohibited | Retired, ...] = (*view.guide.prohibited, *view.guide.retired)
    entries = tuple(
        entry for entry in known if entry.patterns and entry.applies(view.role.kind)
    )
    for index, block in view.blocks(MEANING_LAYERS):
        for entry in entries:
            found = sorted({
                match.span() for pattern in entry.patterns for match in compile_pattern(pattern).finditer(block.normal)
                if match.end() > match.start()
            })
            if not found:
                continue
            excepted = spans(entry.except_, block)
            for start, end in found:
                if inside(start, end, excepted) or is_cleared(block.normal, start, end, cleared(view, block)):
                    continue
                yield index, start, end, entry
