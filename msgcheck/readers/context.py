"""What stands above a block and helps to understand it: the nearest heading, the line that leads in to a list."""

from __future__ import annotations

import re

from msgcheck.model import BlockKind

_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_MOST_WORDS = 15


class Context:
    """The headings and lead-in lines of one story of a document, fed in reading order."""

    def __init__(self, heading: str = "") -> None:
        self.heading = heading
        self._lead = ""
        self._parents: list[tuple[int, str]] = []

    def see_heading(self, text: str) -> None:
        self.heading = text
        self._lead = ""
        self._parents.clear()

    def see_paragraph(self, text: str) -> None:
        self._lead = lead_of(text)
        self._parents.clear()

    def see_item(self, text: str, level: int) -> str:
        """The line that leads in to this list item: the item above it in the tree, or the paragraph before the list."""
        while self._parents and self._parents[-1][0] >= level:
            self._parents.pop()
        lead = self._parents[-1][1] if self._parents else self._lead
        self._parents.append((level, text))
        return lead

    def see(self, kind: BlockKind, text: str, level: int = 0) -> str:
        """The line that leads in to what stands next, '' where none does or it is no list item."""
        if kind == "heading":
            self.see_heading(text)
        elif kind == "list-item":
            return self.see_item(text, level)
        elif kind == "paragraph":
            self.see_paragraph(text)
        return ""

    def leave_container(self) -> None:
        """A new box begins: only a line that ends in a colon leads over into it."""
        if not self._lead.endswith(":"):
            self._lead = ""
        self._parents.clear()


def lead_of(text: str) -> str:
    """What of a paragraph can introduce a list after it: what ends in a colon, or a short line without an end."""
    text = text.strip()
    if text.endswith((":", "：")):
        return _SENTENCE.split(text)[-1]
    if text.endswith((".", "!", "?", "…", ";")) or len(text.split()) > _MOST_WORDS:
        return ""
    return text
