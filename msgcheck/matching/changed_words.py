"""The words that changed, where no row of the exact comparison names them surely: of what the pair model says of every
token.
"""

from __future__ import annotations

from collections.abc import Sequence

Span = tuple[int, int]

LEANING = 1.0
"""Added to the log-odds of every token that it changed: more often too many words are named than words left out. On
held-out pairs words are named best with 1 to 1.5."""
_OF_A_WORD = "'’-%€$£"


def telling(scores: Sequence[float]) -> Span:
    """The run [first, last) of `scores` with the greatest sum, the highest alone where none is above 0; `scores` is not
    empty.

    Kadane's algorithm (J. Bentley, "Programming pearls: algorithm design techniques", 1984).
    """
    best, found = 0.0, (0, 0)
    total, first = 0.0, 0
    for at, score in enumerate(scores):
        if total <= 0.0:
            total, first = 0.0, at
        total += score
        if total > best:
            best, found = total, (first, at + 1)
    if found == (0, 0):
        at = max(range(len(scores)), key=lambda k: scores[k])
        found = at, at + 1
    return found


def whole_words(text: str, span: Span) -> str:
    """What stands in `text` at `span`, with the whole of the words at its ends; '' for an empty span."""
    start, end = span
    if start == end:
        return ""
    while start > 0 and _within_a_word(text, start - 1):
        start -= 1
    while end < len(text) and _within_a_word(text, end):
        end += 1
    return text[start:end].strip("-'’")


def _within_a_word(text: str, at: int) -> bool:
    char = text[at]
    if char in ".,":                     # of a figure: "20,000", "19.50"
        return text[max(0, at - 1) : at].isdigit() and text[at + 1 : at + 2].isdigit()
    return char.isalnum() or char in _OF_A_WORD
