"""Lines of a messaging document as its author laid them out: cards, cells that span rows, paragraphs that lead in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from msgcheck.authoring.outline import Line
from msgcheck.authoring.phrasing import quotations
from msgcheck.authoring.topics import Topic, role_of

_ROW = re.compile(r",? row \d+$")
_LISTED: frozenset[Topic | None] = frozenset(("prohibited", "avoid", "terms", "names", "taglines", "facts", "retired"))
"""Topics whose entries are lists; a paragraph before the list is no entry. Messages may be paragraphs of their own."""


def arranged(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with each card as labelled lines, with the pillar that several rows share, and lead-ins marked."""
    flat = tuple(_with_shared_pillars(_without_cards(lines)))
    for index, line in enumerate(flat):
        after = next((one for one in flat[index + 1 :] if not one.opens), None)
        yield replace(line, introduces=True) if after is not None and _introduces(line, after) else line


def table_of(line: Line) -> str:
    """Where the table of a row stands, without the row."""
    return _ROW.sub("", line.place)


def _without_cards(lines: Sequence[Line]) -> Iterator[Line]:
    """A card is a table of two columns, labels on the left: 'Message | …', 'Owner | …'. Each row is 'label: text'."""
    card = ""
    for line in lines:
        headed = _is_headed_card(line)
        if headed and card != table_of(line):
            yield _labelled(line, *line.columns)
        if headed or (not line.columns and len(line.cells) == 2 and _is_label(*line.cells)):
            card = table_of(line)
        elif table_of(line) != card or len(line.cells) != 2:
            card = ""
        yield _labelled(line, *line.cells) if card else line


def _labelled(line: Line, label: str, text: str) -> Line:
    """A row of a card; one whose label says nothing that a guide knows stands under no topic."""
    if role_of(label) is None:
        return replace(line, text=f"{label}: {text}", heading=label, topic=None, cells=(), columns=())
    return replace(line, text=f"{label}: {text}", cells=(), columns=())


def _is_headed_card(line: Line) -> bool:
    """Whether the row taken for the headings is the first row of a card."""
    if not len(line.columns) == len(line.cells) == 2:
        return False
    return _is_label(*line.columns) and len(line.columns[1].split()) > 2 and role_of(line.cells[0]) is not None


def _is_label(label: str, text: str) -> bool:
    return role_of(label) is not None and role_of(text) is None


def _with_shared_pillars(lines: Iterator[Line]) -> Iterator[Line]:
    """A cell that spans rows stands in the first of them alone; so does a pillar that is written once."""
    columns: tuple[str, ...] = ()
    under: tuple[str, str] = ("", "")
    column, pillar = "", ""
    for line in lines:
        found = next((at for at, name in enumerate(line.columns) if role_of(name) == "pillar"), None)
        here = (line.place.split(",")[0], line.heading)
        if found is not None:
            columns, under = line.columns, here
            column, pillar = line.columns[found], line.cells[found]
        elif len(line.cells) > 1 and here == under and _among(line.columns, columns):
            line = replace(line, cells=(pillar, *line.cells), columns=(column, *line.columns))
        yield line


def _among(some: tuple[str, ...], columns: tuple[str, ...]) -> bool:
    """Whether these columns are those of a row of the same table with some of its cells empty."""
    rest = iter(columns)
    return bool(some) and all(one in rest for one in some)


def _introduces(line: Line, after: Line) -> bool:
    """Whether a paragraph leads in to the table or list of its section, and so is not one of its entries."""
    if line.item or line.cells or line.opens or line.topic is None or line.topic != after.topic:
        return False
    label, colon, rest = line.text.partition(":")
    if quotations(line.text) or (colon and rest.strip() and role_of(label)):
        return False
    label, colon, rest = after.text.partition(":")
    states = bool(colon and rest.strip() and not after.item and role_of(label) == "statement")
    return states or bool(after.cells and after.columns) or (line.topic in _LISTED and after.item)
