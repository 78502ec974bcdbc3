"""Numbers in the attributes of markup, which may hold anything."""

from __future__ import annotations

import re

_WHOLE = re.compile(r"\s*([+-]?)0*([0-9]+)\s*")
_MOST_DIGITS = 15


def whole(text: str | None, otherwise: int = 0, least: int = -(10**15), most: int = 10**15) -> int:
    """The whole number that `text` is, kept within `least` and `most`; `otherwise` where it is none."""
    match = _WHOLE.fullmatch(text or "")
    if match is None:
        return otherwise
    size = int(match[2]) if len(match[2]) <= _MOST_DIGITS else 10**_MOST_DIGITS
    return min(max(-size if match[1] == "-" else size, least), most)
