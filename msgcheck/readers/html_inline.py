"""The text of a block of a web page while it is being gathered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from msgcheck.readers.raised import joined

_BETWEEN_LINKS = re.compile(r"[\s|/·•,;›»>–—-]*")
_SPACES = re.compile(r" {2,}")


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    line: int
    link: int                            # which link it belongs to, 0 for none
    raised: bool = False


class Inline:
    """Pieces of inline text in order, until their block ends."""

    def __init__(self) -> None:
        self._pieces: list[_Piece] = []

    def add(self, text: str, line: int, link: int, raised: bool = False) -> None:
        if text:
            self._pieces.append(_Piece(text, line, link, raised))

    def take(self, code: bool, navigation: bool) -> Iterator[tuple[str, int, bool]]:
        """(text, line, whether it is nothing but links) of what was gathered; links on their own come one by one."""
        pieces, self._pieces = self._pieces, []
        between = [piece.text for piece in pieces if not piece.link]
        links = list(dict.fromkeys(piece.link for piece in pieces if piece.link))
        linked = bool(links) and all(_BETWEEN_LINKS.fullmatch(text) for text in between)
        if (linked and len(links) > 1) or (navigation and links):
            groups: list[list[_Piece]] = []
            for piece in pieces:
                if piece.link and groups and groups[-1][0].link == piece.link:
                    groups[-1].append(piece)
                elif piece.link or not _BETWEEN_LINKS.fullmatch(piece.text):
                    groups.append([piece])
        else:
            groups = [pieces]
        for group in groups:
            text = _whole(group, code)
            if text:
                line = next((piece.line for piece in group if piece.text.strip()), 1)
                yield text, line, bool(group[0].link) or linked


def _whole(pieces: list[_Piece], code: bool) -> str:
    text = joined((piece.text, piece.raised) for piece in pieces)
    if code:
        return text.strip("\n")
    lines = (_SPACES.sub(" ", line).strip(" ") for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
