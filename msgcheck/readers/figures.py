"""Large figures ("98%") and the words under them that say what they count: set apart, read as one."""

from __future__ import annotations

import re

_FIGURE = re.compile(r"[<>~≈+–-]?\s?[€$£¥]?\s?(?!(?:19|20)\d\d$)\d[\d.,/]*\s?(?:%|×|[a-zA-Z]{1,8})?\s?\+?")
"""A figure with its sign and unit, but for a year."""
_MOST_WORDS = 25


def counts(figure: str, words: str) -> bool:
    """Whether `figure` is nothing but a figure and `words` can say what it counts."""
    return (
        _FIGURE.fullmatch(figure) is not None
        and 0 < len(words.split()) <= _MOST_WORDS
        and _FIGURE.fullmatch(words) is None
    )
