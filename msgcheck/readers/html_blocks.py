"""The blocks of a web page while its text is gathered: where each ends, and what stands above it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from msgcheck.model import Block, BlockKind, Layer, Location
from msgcheck.readers.blocks import make_block
from msgcheck.readers.context import Context
from msgcheck.readers.figures import counts
from msgcheck.readers.html_around import Around
from msgcheck.readers.html_inline import Inline

_SPACE = re.compile(r"[ \t\n\f]+")


class PageBlocks:
    """Takes the text of a page or a piece of one in the order of its source; `out` are the blocks that are done.

    `line` is the line that is being read, counted from 1 in a piece that begins in line `first_line` of its document.
    `described` are the descriptions that were told before.
    """

    def __init__(self, first_line: int, line: int = 1, described: dict[str, None] | None = None) -> None:
        self.out: list[Block | None] = []
        self.line = line
        self._first_line = first_line
        self._context = Context()
        self._inline = Inline()
        self._later: list[tuple[str, Layer, int]] = []     # hidden or described within a paragraph that is not done
        self._described = {} if described is None else described
        self._term = ""

    def of_cell(self, line: int) -> PageBlocks:
        """Those of a table's cell that begins in `line`, for themselves; no description is told twice."""
        return PageBlocks(self._first_line, line, self._described)

    @property
    def told(self) -> int:
        """How many descriptions were told, to go `back_to` where what comes next is only tried."""
        return len(self._described)

    def back_to(self, told: int) -> None:
        """Forgets the descriptions after the first `told`: they have yet to be told."""
        while len(self._described) > told:
            self._described.popitem()

    @property
    def heading(self) -> str:
        """The nearest heading above what comes next."""
        return self._context.heading

    @contextmanager
    def apart(self) -> Iterator[None]:
        """What is taken within stands under no heading and leads in to nothing outside."""
        mine, self._context = self._context, Context()
        yield
        self._context = mine

    def place(self, line: int) -> Location:
        number = line + self._first_line - 1
        return Location("line", number, f"line {number}")

    def text(self, text: str, around: Around, link: int) -> None:
        """Text as the source has it, within the link of that number (0 for none)."""
        head = text[: len(text) - len(text.lstrip())]
        begin = self.line + head.count("\n")
        self._inline.add(text if around.code else _SPACE.sub(" ", text), begin, link, around.raised)
        self.line += text.count("\n")

    def line_break(self) -> None:
        self._inline.add("\n", self.line, 0)

    def alone(self, text: str, around: Around, line: int) -> None:
        """Text that is a paragraph of its own wherever it stands: that of a field or a picture."""
        self.flush(around)
        self._inline.add(_SPACE.sub(" ", text), line, 0)
        self.flush(replace(around, kind="paragraph", level=0))

    def describe(self, text: str, element: Any, kind: BlockKind = "paragraph") -> None:
        """What an element is described by, once a page; a heading at once, all else after the block that is begun."""
        if text and text not in self._described:
            self._described[text] = None
            line = element.sourceline or self.line
            if kind == "heading":
                self.out.append(make_block(text, kind, "description", self.place(line), level=0))
            else:
                self.later(text, "description", line)

    def later(self, text: str, layer: Layer, line: int) -> None:
        """Text that a browser does not show, after the block that is begun."""
        self._later.append((text, layer, line))

    def flush(self, around: Around) -> None:
        """Ends the block that is begun."""
        for text, line, linked in self._inline.take(around.code, around.navigation):
            self._emit(text, line, linked, around)
        later, self._later = self._later, []
        for text, layer, line in later:
            self.out.append(make_block(text, "paragraph", layer, self.place(line)))

    def _emit(self, text: str, line: int, linked: bool, around: Around) -> None:
        layer, kind, level = around.layer, around.kind, around.level
        if layer == "body" and linked and around.header and kind != "heading":
            layer = "running"
        if kind == "paragraph" and around.navigation and linked:
            kind, level = "list-item", 1
        heading, lead = "", ""
        if layer == "body":
            heading = self._context.heading
            lead = self._context.see(kind, text, level)
            if kind == "paragraph":
                lead = self._term if around.part == "dd" else ""
                self._term = text if around.part == "dt" else self._term
        self.out.append(make_block(
            text, kind, layer, self.place(line), heading=heading, lead_in=lead,
            level=level if kind in ("heading", "list-item") else 0,
        ))

    def join_figure(self, begin: int) -> None:
        """The blocks from `begin` on as one, where they are those of a box that holds a figure and the words under it,
        and nothing else.
        """
        if len(self.out) != begin + 2:
            return
        figure, words = self.out[begin:]
        if figure is None or words is None or not figure.layer == words.layer == "body" or words.kind != "paragraph":
            return
        if figure.kind in ("paragraph", "heading") and counts(figure.text, words.text):
            self._context.heading = figure.heading
            self.out[begin:] = [make_block(
                f"{figure.text}\n{words.text}", "paragraph", "body", figure.location, heading=figure.heading,
            )]
