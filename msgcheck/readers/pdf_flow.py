"""From paragraphs in reading order to blocks: what each is, what stands over it, and which go on with one another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgcheck.model import Block, BlockKind, Box, Layer, Line, Location
from msgcheck.normalise import normalise
from msgcheck.readers.blocks import make_block
from msgcheck.readers.pdf_cells import Table
from msgcheck.readers.pdf_hyphens import Hyphens
from msgcheck.readers.pdf_lines import PrintedLine
from msgcheck.readers.pdf_paragraphs import ENUMERATED, ENUMERATOR, TERMINAL, Paragraph
from msgcheck.readers.pdf_words import Geometry

_CAPTION = re.compile(r"(?:figure|fig\.|table|chart|photo|image|picture|abb\.|abbildung|tabelle)\s*\d*\s*[.:–-]", re.I)
_NOTE = re.compile(r"(?:[¹²³⁴⁵⁶⁷⁸⁹⁰]+|[*†‡§]+|\[\d{1,2}\]|\d{1,2}\)?)\s?\S")
_BY_TAG: dict[str, BlockKind] = {
    **dict.fromkeys(("H", "H1", "H2", "H3", "H4", "H5", "H6", "Title"), "heading"),
    "LI": "list-item", "Caption": "caption", "Note": "note", "FENote": "note",
}
_FIGURE = re.compile(r"[<>~≈+–-]?\s?[€$£¥]?\s?(?!(?:19|20)\d\d$)\d[\d.,/]*\s?(?:%|×|[a-zA-Z]{1,8})?\s?\+?")
"""A figure with its sign and unit, but for a year."""
_HANGS = frozenset({
    "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "from", "with", "and", "or", "but", "as", "than",
    "that", "which", "is", "are", "was", "were", "be", "our", "your", "their", "its", "this", "these", "into", "under",
    "over",
})
"""Words after which an English sentence cannot end."""


class PageFlow(NamedTuple):
    """A page's columns of paragraphs and tables in reading order, with the boxes of its pictures."""

    number: int
    geometry: Geometry
    columns: Sequence[Sequence[Paragraph | Table]]
    pictures: Sequence[Box]


class _Piece(NamedTuple):
    """A paragraph or table with its kind; `parts` are the paragraphs that go on with one another."""

    kind: BlockKind
    parts: tuple[Paragraph, ...]
    table: Table | None
    page: int


def body_size_of(lines: Iterable[PrintedLine]) -> float:
    """The size of most of the letters."""
    weights: Counter[float] = Counter()
    for line in lines:
        weights[line.size] += len(line.text)
    return weights.most_common(1)[0][0] if weights else 10.0


def blocks_of(pages: Sequence[PageFlow], body_size: float, hyphens: Hyphens) -> list[Block | None]:
    """All blocks of the pages' main text in reading order, with their context."""
    pieces = _joined([piece for page in pages for piece in _pieces(page, body_size)])
    geometry = {page.number: page.geometry for page in pages}
    levels = _levels(pieces)
    blocks: list[Block | None] = []
    heading, lead_in, indents = "", "", [0.0]
    for index, piece in enumerate(pieces):
        if piece.table is not None:
            blocks += table_blocks(piece.table, piece.page, geometry[piece.page], heading, hyphens)
            continue
        first = piece.parts[0]
        level = 0
        if piece.kind == "heading":
            level = levels[_rank(first)]
        if piece.kind == "list-item":
            if index == 0 or pieces[index - 1].kind != "list-item":
                lead_in = _lead_in(pieces[index - 1]) if index else ""
                indents = [first.lines[0].left]
            level = _item_level(first.lines[0].left, indents, first.size)
        block = paragraph_block(
            piece.parts, piece.kind, "body", geometry, hyphens, heading=heading, level=level,
            lead_in=lead_in if piece.kind == "list-item" else "",
        )
        blocks.append(block)
        if piece.kind == "heading" and block is not None:
            heading = block.normal
    return blocks


def paragraph_block(
    parts: Sequence[Paragraph], kind: BlockKind, layer: Layer, geometry: Mapping[int, Geometry], hyphens: Hyphens, *,
    heading: str = "", lead_in: str = "", level: int = 0, count: int = 1,
) -> Block | None:
    """The block of paragraphs that go on with one another; its place is where it begins. Lines are joined by a line
    break, but for a hyphen that belongs to its word: there the next line follows without any.
    """
    text = ""
    lines: list[Line] = []
    page = parts[0].page
    for part in parts:
        for line in part.lines:
            if text and not hyphens.stays(text, line.text):
                text += "\n"
            box = _rounded(geometry[part.page].back(line.box, max(0, part.turn)))
            start = len(text)
            numbered = kind == "list-item" and not lines and not part.bullet
            text += ENUMERATOR.sub("", line.text, count=1) if numbered else line.text
            lines.append(Line(start, len(text), box, None if part.page == page else part.page))
    place = Location("page", page, f"page {page}", tuple(line.box for line in lines if line.page is None),
                     _page_size(geometry[page]))
    return make_block(text, kind, layer, place, lines=tuple(lines), heading=heading, lead_in=lead_in, level=level,
                      count=count)


def table_blocks(
    table: Table, page: int, geometry: Geometry, heading: str, hyphens: Hyphens
) -> list[Block | None]:
    """One block a row, with the headings of its columns; the row of headings is one too."""
    heads = ["\n".join(line.text for line in cell) for cell in table.rows[0].cells] if table.header else []
    blocks: list[Block | None] = []
    for index, row in enumerate(table.rows):
        filled = [(column, cell) for column, cell in enumerate(row.cells) if cell]
        text, lines, cells = "", [], []
        for _, cell in filled:
            text += " " if text else ""
            begin = len(text)
            for position, line in enumerate(cell):
                if position and not hyphens.stays(text, line.text):
                    text += "\n"
                start = len(text)
                text += line.text
                lines.append(Line(start, len(text), _rounded(line.box)))
            cells.append(text[begin:])
        columns = tuple(heads[column] for column, _ in filled) if heads and index else ()
        place = Location("page", page, f"page {page}", tuple(line.box for line in lines), _page_size(geometry))
        blocks.append(make_block(
            text, "table-row", "body", place, lines=tuple(lines), heading=heading, cells=tuple(cells), columns=columns
        ))
    return blocks


def _pieces(page: PageFlow, body_size: float) -> list[_Piece]:
    pieces: list[_Piece] = []
    for column in page.columns:
        for index, part in enumerate(column):
            if not isinstance(part, Paragraph):
                pieces.append(_Piece("table-row", (), part, page.number))
                continue
            after = column[index + 1] if index + 1 < len(column) else None
            if pieces and index and _is_figure(pieces[-1], part):
                pieces[-1] = _Piece("paragraph", (*pieces[-1].parts, part), None, page.number)
                continue
            kind = _kind(part, after, page.pictures, body_size)
            pieces.append(_Piece(kind, (part,), None, page.number))
    return pieces


def _is_figure(piece: _Piece, part: Paragraph) -> bool:
    """Whether a large figure ('98%') stands right over the words that say what it counts."""
    if len(piece.parts) != 1 or len(piece.parts[0].lines) != 1 or len(part.text.split()) > 25 or part.bullet:
        return False
    line, below = piece.parts[0].lines[0], part.lines[0]
    near = 0 < below.top - line.base < 1.1 * line.size and below.left < line.right and line.left < below.right
    return near and line.size >= 1.35 * part.size and _FIGURE.fullmatch(line.text) is not None


def _kind(part: Paragraph, after: Paragraph | Table | None, pictures: Sequence[Box], body_size: float) -> BlockKind:
    text = part.text
    if part.tag is not None and (tagged := _BY_TAG.get(part.tag.kind)):
        return tagged
    if part.is_item:
        numbered = not part.bullet or part.bullet.isdigit()
        heads = numbered and len(part.lines) <= 2 and (part.bold or part.size > 1.1 * body_size)
        if not (heads and isinstance(after, Paragraph) and not after.bold and not after.is_item):
            return "list-item"
    if _CAPTION.match(text) or (len(part.lines) <= 3 and _is_caption(part, pictures, body_size)):
        return "caption"
    if part.size <= 0.88 * body_size and _NOTE.match(text) and _starts_with_mark(part):
        return "note"
    if _is_heading(part, after, body_size):
        return "heading"
    return "paragraph"


def _is_caption(part: Paragraph, pictures: Sequence[Box], body_size: float) -> bool:
    """Whether small or slanted text stands right under (or over) a picture."""
    if part.size > 0.95 * body_size and not part.italic:
        return False
    left, top, right, bottom = part.box
    return any(
        (-2 <= top - box[3] <= 1.6 * part.size or -2 <= box[1] - bottom <= 0.8 * part.size)
        and min(right, box[2]) - max(left, box[0]) > 0.5 * min(right - left, box[2] - box[0])
        for box in pictures
    )


def _starts_with_mark(part: Paragraph) -> bool:
    line = part.lines[0]
    first = line.words[0]
    raised = first.style.size < 0.85 * line.size or line.base - first.base > 0.15 * line.size
    return not line.text[0].isdigit() or raised


def _is_heading(part: Paragraph, after: Paragraph | Table | None, body_size: float) -> bool:
    text = normalise(part.text).text
    words = text.split()
    letters = [char for char in text if char.isalpha()]
    if len(letters) < 2 or len(part.lines) > 4 or len(words) > 25 or text[0] in "\"'“‘«":
        return False
    if text.endswith((".", ";", ",")) and not (part.size > 1.5 * body_size and len(words) <= 12):
        return False
    if part.size >= 1.15 * body_size:
        return part.bold or not part.italic or part.size >= 1.4 * body_size
    if part.size < 0.88 * body_size or len(words) > 14 or text.endswith(":"):
        return False
    follows = after is not None and not (isinstance(after, Paragraph) and after.bold and not after.is_item)
    if part.bold:
        return follows
    shouted = len(letters) >= 4 and all(char.isupper() for char in letters)
    if shouted and len(words) <= 10:
        return follows
    lead = isinstance(after, Paragraph) and len(part.lines) == 1 and part.size > 1.05 * body_size
    return lead and not TERMINAL.search(text)


def _rank(part: Paragraph) -> tuple[float, bool]:
    return (-round(part.size * 2) / 2, not part.bold)


def _levels(pieces: Sequence[_Piece]) -> dict[tuple[float, bool], int]:
    ranks = sorted({_rank(piece.parts[0]) for piece in pieces if piece.kind == "heading"})
    return {rank: min(6, index + 1) for index, rank in enumerate(ranks)}


def _lead_in(piece: _Piece) -> str:
    """The sentence right before a list, where it leads in."""
    if piece.kind != "paragraph":
        return ""
    text = normalise(piece.parts[-1].text).text
    last = re.split(r"(?<=[.!?])\s+", text)[-1]
    return last if text.endswith(":") or not text.endswith((".", "!", "?", '"')) else ""


def _item_level(left: float, indents: list[float], size: float) -> int:
    """The depth of a list item by its left edge; `indents` are those of the levels above and is brought up to date."""
    while len(indents) > 1 and left < indents[-1] - 0.6 * size:
        indents.pop()
    if left > indents[-1] + 0.6 * size:
        indents.append(left)
    return min(len(indents), 6)


def _joined(pieces: list[_Piece]) -> list[_Piece]:
    """Pieces whose sentence runs on over a column, a page, or something that stands between, joined to the first."""
    out: list[_Piece] = []
    for piece in pieces:
        index = _open_piece(out, piece)
        if index is None:
            out.append(piece)
        else:
            before = out[index]
            out[index] = before._replace(parts=(*before.parts, *piece.parts))
    return out


def _open_piece(pieces: Sequence[_Piece], piece: _Piece) -> int | None:
    """The index of the piece that `piece` goes on with: at most six back, and only set-apart pieces between."""
    if piece.kind != "paragraph" or not piece.parts:
        return None
    part = piece.parts[0]
    for back in range(1, min(7, len(pieces) + 1)):
        before = pieces[-back]
        if before.table is None and before.kind in ("paragraph", "list-item") and before.parts:
            last = before.parts[-1]
            if abs(last.size - part.size) < 0.05 * part.size and last.italic == part.italic and last.bold == part.bold:
                index = len(pieces) - back
                return index if _runs_on(last, part, back > 1) else None
    return None


def _runs_on(last: Paragraph, part: Paragraph, interrupted: bool) -> bool:
    if last.page != part.page and part.page - last.page > 1:
        return False
    if last.page == part.page and last.tag is not None and part.tag is not None:
        return last.tag.element == part.tag.element
    moved = interrupted or last.page != part.page or part.lines[0].base < last.lines[-1].base
    if not moved:
        return False                     # they stand right under one another and were parted for a reason
    end, begin = last.lines[-1].text, part.lines[0].text
    if TERMINAL.search(end) or part.bullet:
        return False
    if end.endswith("-") and begin[0].isalpha():
        return True
    word = part.lines[0].words[0]
    width = max(1.0, last.full - min(line.left for line in last.lines))
    full = last.full - last.lines[-1].right < max(word.right - word.left + 0.6 * last.size, 0.2 * width)
    hangs = end.split()[-1].casefold() in _HANGS or end.endswith((",", "–", "&"))
    if not begin[0].islower():
        return full and hangs and not ENUMERATED.match(begin)
    return full or hangs


def _rounded(box: Box) -> Box:
    return (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))


def _page_size(geometry: Geometry) -> tuple[float, float]:
    width, height = geometry.size
    return round(width, 2), round(height, 2)
