"""What somebody may have meant who wrote a word that is not known."""

from __future__ import annotations

import difflib


def nearest(word: str, known: tuple[str, ...]) -> str:
    """'Did you mean …?' where a known word is near, else which there are; `-` and `_` count as one."""
    alike = {one.replace("-", "_").casefold(): one for one in known}
    close = difflib.get_close_matches(word.replace("-", "_").casefold(), list(alike), 1, 0.6)
    if close:
        return f"Did you mean '{alike[close[0]]}'?"
    return f"There are: {', '.join(known)}." if known else "There are none."
