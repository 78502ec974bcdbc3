"""Marks of notes and powers that a document sets raised: superscript characters, so that no figure takes them in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from msgcheck.normalise import RAISED_DIGITS

SUPERSCRIPTS = str.maketrans("0123456789", RAISED_DIGITS)

_MARK = re.compile(r"[\s*†‡§]*[0-9]{1,3}(?:[\s,;–-]+[0-9]{1,3})*[\s*†‡§,;.]*")
_FRACTION = re.compile(r"\s*[/⁄]\s*\d")
_BEFORE = 40
"""How many characters before raised text are looked at."""
_CENTS = re.compile(r"[$€£¥]\s?\d[\d.,]*[.,]\Z")


def joined(pieces: Iterable[tuple[str, bool]]) -> str:
    """The pieces (text, whether it is raised) as one text of the same length.

    Raised digits after a figure or a word on their line are superscripts: '40' and '3' are '40³', 'm' and '2' are 'm²'.
    Other raised text stays as it is: '4th', '[3]', the upper part of a fraction, the cents of a price.
    """
    runs = [("".join(text for text, _ in group), raised) for raised, group in groupby(pieces, lambda one: one[1])]
    out = ""
    for index, (text, raised) in enumerate(runs):
        after = runs[index + 1][0] if index + 1 < len(runs) else ""
        out += text.translate(SUPERSCRIPTS) if raised and _is_mark(text, out[-_BEFORE:], after) else text
    return out


def _is_mark(text: str, before: str, after: str) -> bool:
    stands = before.rpartition("\n")[2].strip() != ""
    return stands and bool(_MARK.fullmatch(text)) and not _FRACTION.match(after) and not _CENTS.search(before)
