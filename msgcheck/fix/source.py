"""Words of a block found again in the source of a marked-up text, and put right there."""

from __future__ import annotations

import codecs
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from msgcheck.errors import Unreadable
from msgcheck.fix.edits import Edit
from msgcheck.normalise import lowered, normalise

Glyph = tuple[str, int, int]
"""A character that is shown, and where it stands in the source: start and end."""


@dataclass(frozen=True, slots=True)
class Change:
    """`source[start:end]` becomes `words`."""

    start: int
    end: int
    words: str


def located(glyphs: Sequence[Glyph], edits: Sequence[Edit]) -> list[tuple[Edit, list[Glyph]]]:
    """For each edit that is found, the glyphs of its words. Of several equal blocks each takes the one of its rank."""
    shown = "".join(glyph for glyph, _, _ in glyphs)
    flat = normalise(shown)
    # every glyph is one character, so an offset in `shown` is one in `glyphs`
    orders: dict[str, list[int]] = {}
    for edit in edits:
        known = orders.setdefault(edit.finding.block or "", [])
        if edit.finding.order not in known:
            known.append(edit.finding.order)
    found: list[tuple[Edit, list[Glyph]]] = []
    for edit in edits:
        finding = edit.finding
        block = normalise(finding.block or "")
        places = _places(lowered(flat.text), lowered(block.text))
        if not places or finding.start is None or finding.end is None:
            continue
        rank = sorted(orders[finding.block or ""]).index(finding.order)
        at = places[min(rank, len(places) - 1)]
        start = at + bisect_left(block.starts, finding.start)
        end = at + bisect_left(block.starts, finding.end)
        first, last = flat.quoted(start, end)
        found.append((edit, list(glyphs[first:last])))
    return found


def _places(text: str, block: str) -> list[int]:
    found, at = [], text.find(block)
    while block and at >= 0:
        found.append(at)
        at = text.find(block, at + len(block))
    return found


def decoded(data: bytes) -> tuple[str, str]:
    """A source file as text with the ends of its lines as they are, and its encoding; raises `Unreadable`."""
    encoding = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError:
        raise Unreadable("encoding", "It is not in UTF-8: save it as UTF-8 first.") from None


def corrected(
    source: str, glyphs: Sequence[Glyph], edits: Sequence[Edit], escape: Callable[[str], str]
) -> tuple[str, list[Edit]]:
    """`source` with the edits that were found; new words stand at the first glyph, tags between glyphs stay."""
    wanted: list[Change] = []
    done: list[Edit] = []
    for edit, own in located(glyphs, edits):
        wanted += _changes(own, escape(edit.words))
        done.append(edit)
    return applied(source, wanted), done


def _changes(glyphs: Sequence[Glyph], words: str) -> list[Change]:
    made: list[Change] = []
    for number, (_, start, end) in enumerate(glyphs):
        if made and made[-1].end == start:
            made[-1] = Change(made[-1].start, end, made[-1].words)
        elif not made or start >= made[-1].end:
            made.append(Change(start, end, words if number == 0 else ""))
    return made


def applied(source: str, wanted: Sequence[Change]) -> str:
    """`source` with the changes, which do not overlap."""
    for change in sorted(wanted, key=lambda one: -one.start):
        source = source[: change.start] + change.words + source[change.end :]
    return source
