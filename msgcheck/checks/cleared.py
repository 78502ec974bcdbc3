"""What approved words clear: names, terms and prohibited patterns inside them are no findings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from msgcheck.checks.view import View
from msgcheck.checks.wording import find, sentences, tokens
from msgcheck.guide.model import Guide
from msgcheck.guide.statements import Section, entries, statements
from msgcheck.model import Block

_CLEARING: tuple[Section, ...] = ("messages", "claims", "facts", "taglines", "definitions", "boilerplate")
_BEFORE = re.compile(
    r"""(?:
        \b(?:formerly|previously|originally)
            (?:\s+(?:known|sold|marketed|called|named|released|branded|offered|launched))?(?:\s+(?:as|under\s+the\s+name(?:\s+of)?))?(?:\s+the)?
      | \b(?:used\s+to\s+be|was|were|been|once|earlier|then|until\s+\w+)\s+(?:once\s+)?
            (?:known|sold|marketed|called|named|branded)(?:\s+(?:as|under\s+the\s+name(?:\s+of)?))?
      | \b(?:renamed|rebranded|rechristened)\s+(?:\w+\s+)?from
      | \b(?:the\s+former|the\s+artist\s+formerly\s+known\s+as|ex-|n[ée]e|f/?k/?a\.?)
      | \b(?:its|the|an|our|their)\s+(?:former|previous|old|earlier|original)\s+name(?:\s+(?:was|of))?,?
    )[\s"'(]*$""",
    re.IGNORECASE | re.VERBOSE,
)
_AFTER = re.compile(
    r"""^[\s"')]*(?:,?\s*(?:which\s+)?
        (?:(?:is|are)\s+(?:now|today)\s+(?:called|known\s+as|named|sold\s+as|part\s+of|(?-i:[A-Z]))
          | (?:was|were|has\s+been|have\s+been|is\s+being)\s+(?:later\s+|since\s+)?(?:renamed|rebranded|rechristened)
          | (?:now|today)\s+(?:called|known\s+as|named|sold\s+as)
          | (?:is|was)\s+the\s+(?:former|previous|old|earlier|original)\s+name
          | became\s+(?-i:[A-Z]))
      )""",
    re.IGNORECASE | re.VERBOSE,
)
_REACH = 60
"""How many characters before and after a name may say that it is a former one."""


@dataclass(frozen=True, slots=True)
class Cleared:
    """`normal[start:end]` of a block says an approved `wording` verbatim."""

    start: int
    end: int
    wording: str


def approved_wordings(guide: Guide, kind: str | None) -> tuple[str, ...]:
    """Every wording that clears, for collateral of `kind`: statements, variants, taglines, boilerplate, definitions,
    and their sentences of at least three words."""
    out_of_place = frozenset(key for key, entry in entries(guide, _CLEARING) if not entry.applies(kind))
    found: dict[str, None] = {}
    for statement in statements(guide, _CLEARING):
        if (statement.section, statement.id) in out_of_place:
            continue
        found.setdefault(statement.wording)
        for sentence in sentences(statement.wording):
            if len(tokens(sentence)) >= 3:
                found.setdefault(sentence)
    return tuple(found)


@lru_cache(maxsize=8192)
def cleared_in(normal: str, wordings: tuple[str, ...]) -> tuple[Cleared, ...]:
    """Where `wordings` stand verbatim in a normalised text."""
    found = tokens(normal)
    if not found:
        return ()
    return tuple(
        Cleared(found[first].start, found[last - 1].end, wording)
        for wording, first, last in find(wordings, found)
    )


def cleared(view: View, block: Block) -> tuple[Cleared, ...]:
    """The spans of a block's normalised text that approved words clear."""
    return cleared_in(block.normal, view.approved_wordings)


def is_cleared(normal: str, start: int, end: int, by: tuple[Cleared, ...], *, cased: bool = False) -> bool:
    """Whether approved words hold `normal[start:end]`; `cased`: in the very case in which it stands there.

    The case of a name is no ordinary word's: a statement does not clear 'brightline' where it says 'Brightline'.
    """
    words = normal[start:end]
    return any(
        one.start <= start and end <= one.end and (not cased or words in one.wording) for one in by
    )


def is_former_name(normal: str, start: int, end: int) -> bool:
    """Whether the words around say that `normal[start:end]` is what something used to be called."""
    return bool(_BEFORE.search(normal[max(0, start - _REACH):start]) or _AFTER.match(normal[end:end + _REACH]))
