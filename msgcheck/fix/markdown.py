"""Corrections in the source of Markdown and plain text files."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from msgcheck.fix.edits import Edit
from msgcheck.fix.source import Glyph, corrected, decoded

_MARKUP = re.compile(
    r"""
      (?P<target>\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+["'(][^\n]*?["')])?\)|\]\[[^\]\n]*\])   # the end of a link
    | (?P<tag></?[A-Za-z][^<>]*>|<!--.*?-->)
    | (?P<reference>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
    | (?P<escape>\\(?=[!-/:-@\[-`{-~]))
    | (?P<lead>(?m:^)[ \t]*(?:>[ \t]?)*[ \t]*(?:\#{1,6}[ \t]+|[-+*][ \t]+(?:\[[ xX]\][ \t]+)?|\d{1,9}[.)][ \t]+)?)
    | (?P<link>!?\[(?=[^\[\]]*\][(\[]))
    | (?P<bracket>[\[\]])
    | (?P<mark>[*`]+|~~|\||(?<![^\W_])_+|_+(?![^\W_]))
    """,
    re.VERBOSE | re.DOTALL,
)


def mended(data: bytes, edits: Sequence[Edit]) -> tuple[bytes, list[Edit]]:
    """The Markdown file with the edits; raises `Unreadable` for one that is not in UTF-8."""
    source, encoding = decoded(data)
    text, done = corrected(source, _glyphs(source), edits, str)
    return text.encode(encoding), done


def mended_text(data: bytes, edits: Sequence[Edit]) -> tuple[bytes, list[Edit]]:
    """The plain text file with the edits; raises `Unreadable` for one that is not in UTF-8."""
    source, encoding = decoded(data)
    text, done = corrected(source, [(char, at, at + 1) for at, char in enumerate(source)], edits, str)
    return text.encode(encoding), done


def _glyphs(source: str) -> list[Glyph]:
    """What a reader sees of the source, as far as finding words in it needs: marks are gone, cells are apart.

    Brackets are kept that belong to no link with its target beside it: where they are a link by reference, its words
    are its name as well, and are not for a machine to change.
    """
    found: list[Glyph] = []
    at = 0
    for match in _MARKUP.finditer(source):
        if match.start() == match.end():
            continue
        found.extend((source[place], place, place + 1) for place in range(at, match.start()))
        at = match.end()
        if match.lastgroup == "reference":
            found.extend((char, match.start(), at) for char in html.unescape(match[0]))
        elif match.lastgroup == "bracket":
            found.append((match[0], match.start(), at))
        elif match[0] == "|" or match.lastgroup == "lead":
            found.append((" ", match.start(), at))
    found.extend((source[place], place, place + 1) for place in range(at, len(source)))
    return found
