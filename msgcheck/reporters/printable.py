"""Words of documents and names of files as they may stand in a report: data, never a command to a terminal."""

from __future__ import annotations

import re
import unicodedata

_LINE_END_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐]\s*\n\s*(?=[^\W\d_])")
_BLANK = re.compile(r"\s+")
_DROPPED = frozenset("\u00ad\u200b\u2060\ufeff")


def printable(text: str) -> str:
    """`text` on one line: white space single, words joined over line-end hyphens, soft hyphens dropped, and whatever
    steers a terminal or turns the direction of writing (escape codes, bidirectional controls) written out as `\\x1b`.
    """
    joined = _LINE_END_HYPHEN.sub(lambda match: "" if match.string[match.end()].islower() else "-", text)
    return steady(_BLANK.sub(" ", joined)).strip()


def steady(text: str) -> str:
    """`text` with nothing in it that steers a terminal or breaks the line; its spaces stay as they are."""
    return text if text.isprintable() else "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if char in _DROPPED:
        return ""
    category = unicodedata.category(char)
    if category in ("Cc", "Cs", "Zl", "Zp") or unicodedata.bidirectional(char) in _TURNING:
        return char.encode("unicode_escape").decode("ascii")
    return char


_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
