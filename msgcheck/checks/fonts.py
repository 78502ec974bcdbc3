"""Whether a font, as a file names it, is of a family: 'ABCDEF+ClearSans-BoldItalic' is of 'Clear Sans'."""

from __future__ import annotations

import re
from functools import lru_cache

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_STYLE = (
    r"thin|hairline|extra|ultra|semi|demi|light|lt|book|regular|reg|normal|roman|medium|medi|bold|bd|black|blk|heavy|hvy"
    r"|italic|ital|it|oblique|obl|slanted|upright|condensed|cond|cn|extended|ext|display|text|caption|headline|subhead"
    r"|variable|vf|var|wght|opsz|psmt|ps|mt|std|pro|ot|otf|tt|ttf|web|latin|[1-9]00(?:wght)?"
)
_STYLES = re.compile(rf"(?:{_STYLE})*")
_STYLED_END = re.compile(rf"(?:[-,\s_]+(?:{_STYLE})+)+$", re.IGNORECASE)
_POSTSCRIPT_END = re.compile(r"(?<=[a-z])(?:PSMT|PS|MT)(?=$|-)")
_NO_TYPEFACE = re.compile(
    r"wingding|webding|dingbat|symbol|emoji|icon|awesome|glyph|marlett|mtextra|math|^(?:t3|tt|cid|font|type|f|c)_?\d*$|^$"
)
"""Fonts of signs and formulas, which no one chooses for their look, and names that programs make up for fonts."""


@lru_cache(maxsize=1024)
def key(name: str) -> str:
    """A font's name without subset prefix, spaces, hyphens and case; the style stays in it."""
    return re.sub(r"[\W_]+", "", _SUBSET.sub("", name).casefold())


def is_typeface(name: str) -> bool:
    """Whether a font is one to read words in, and has a name of its own."""
    return _NO_TYPEFACE.search(key(name)) is None


def is_of(name: str, family: str) -> bool:
    """Whether the font `name` is `family` in any of its styles: nothing but words of style may follow the family."""
    font, wanted = key(name), key(family)
    return bool(wanted) and font.startswith(wanted) and _STYLES.fullmatch(font[len(wanted):]) is not None


@lru_cache(maxsize=1024)
def family_of(name: str) -> str:
    """The family of a font as a person would write it, as far as its name tells: without prefix and words of style."""
    plain = _POSTSCRIPT_END.sub("", _SUBSET.sub("", name).strip())
    family = _STYLED_END.sub("", plain)
    if plain.casefold().endswith(" roman"):                # 'Times New Roman' is no style of 'Times New'
        family = plain
    return family or plain
