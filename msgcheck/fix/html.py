"""Corrections in the source of HTML pages; tags, attributes, comments and scripts stay as they are."""

from __future__ import annotations

import html
from collections.abc import Sequence
from html.parser import HTMLParser

from msgcheck.fix.edits import Edit
from msgcheck.fix.source import Glyph, corrected, decoded

_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr",
))


def mended(data: bytes, edits: Sequence[Edit]) -> tuple[bytes, list[Edit]]:
    """The page with the edits; raises `Unreadable` for one that is not in UTF-8."""
    source, encoding = decoded(data)
    text, done = corrected(source, _Glyphs(source).found, edits, lambda words: html.escape(words, quote=False))
    return text.encode(encoding), done


class _Glyphs(HTMLParser):
    """The characters that a page shows, with their places in its source; a block's border is a line break."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[Glyph] = []
        self._source = source
        self._lines = [0]
        for line in source.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self.feed(source)
        self.close()

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self.found.append(("\n", self._at(), self._at()))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.handle_starttag(tag, [])

    def handle_data(self, data: str) -> None:
        if self.cdata_elem is None:
            at = self._at()
            self.found.extend((char, at + number, at + number + 1) for number, char in enumerate(data))

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def _reference(self, text: str) -> None:
        at = self._at()
        end = at + len(text)
        if self._source[end : end + 1] == ";":
            end += 1
        self.found.extend((char, at, end) for char in html.unescape(text + ";"))
