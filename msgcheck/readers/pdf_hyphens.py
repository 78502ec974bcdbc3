"""Which hyphens at line ends belong to their words ('twenty-' + 'four') and which were made by the typesetter."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgcheck.readers.pdf_lines import PrintedLine

_LAST = re.compile(r"([^\W\d_][\w'’-]*)-$")
_FIRST = re.compile(r"[^\W\d_]+")
_TENS = frozenset({"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"})
_COUNTS = frozenset({"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve"})
_CLOSED = frozenset({
    "over", "under", "after", "with", "some", "every", "down", "back", "fore", "inter", "there", "here", "where",
    "what", "when", "which", "out", "any", "care", "home", "work", "time",
})
"""First halves of compounds that are mostly written as one word."""


class Hyphens:
    """What the text of one document tells of its hyphens."""

    def __init__(self, lines: Iterable[PrintedLine]) -> None:
        self._words: set[str] = set()
        self._typeset = False            # line ends carry U+2010, so that a plain hyphen there is the author's
        for line in lines:
            self._typeset = self._typeset or line.text.endswith("‐")
            for word in line.text.casefold().split():
                self._words.add(word.strip(".,;:!?()[]\"'“”‘’"))

    def stays(self, before: str, after: str) -> bool:
        """Whether the hyphen at the end of the line `before` stays when `after` is joined to it in one word.

        Evidence in this order: the typesetter has hyphens of its own; the word stands elsewhere with or without
        hyphen; it is a number or begins with 'self'; it has a hyphen already; both halves stand elsewhere as words of
        their own.
        """
        if not before.endswith("-"):
            return False
        last, first = _LAST.search(before[-80:]), _FIRST.match(after)
        if last is None or first is None or not after[0].islower():
            return False
        if self._typeset:
            return True
        left, right = last[1].casefold(), first[0].casefold()
        if f"{left}-{right}" in self._words:
            return True
        if left + right in self._words:
            return False
        if (left in _TENS and right in _COUNTS) or left == "self" or "-" in left:
            return True
        if left in _COUNTS and len(right) > 3 and not right.startswith("teen"):
            return True
        known = left in self._words and right in self._words
        return known and len(left) >= 4 and len(right) >= 4 and left not in _CLOSED
