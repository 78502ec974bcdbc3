"""Plain text: paragraphs between empty lines, lists, underlined headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgcheck.errors import Unreadable
from msgcheck.model import Block, BlockKind, Document, Location
from msgcheck.readers.blocks import build_document, make_block
from msgcheck.readers.context import Context
from msgcheck.readers.decoding import decode
from msgcheck.readers.options import ReadOptions

_BULLET = re.compile(r"(\s*)(?:[-*+•▪●◦‣–]|\(?\d{1,3}[.)]|\(?[a-z][.)])[ \t]+(?=\S)")
_UNDERLINE = re.compile(r"\s*([=\-~*^])\1{2,}\s*")
_RULE = re.compile(r"[\s=\-~*_#+.]*")
_HASHES = re.compile(r"(#{1,6})\s+(?=\S)")
_WIDEST = 120
"""Characters above which a line is taken for a whole paragraph: text that a person wrapped has shorter ones."""
_HEADING_WORDS = 12


def read(data: bytes, name: str, options: ReadOptions) -> Document:
    """The text `data`, decoded as UTF-8 or by what it looks like."""
    found = decode(data)
    if "\x00" in found.text or found.text.count("\ufffd") > len(found.text) / 10:
        raise Unreadable("wrong-type", "The file is not text.")
    return build_document(name, "text", data, _blocks(found.text.split("\n")), reasons=found.reasons)


def _blocks(lines: list[str]) -> Iterator[Block | None]:
    context = Context()
    for first, kind, level, text in _parts(lines):
        heading = context.heading
        lead = context.see(kind, text, level)
        place = Location("line", first, f"line {first}")
        yield make_block(text, kind, "body", place, heading=heading, lead_in=lead, level=level)


def _parts(lines: list[str]) -> Iterator[tuple[int, BlockKind, int, str]]:
    """(number of its first line, kind, level, text) of each paragraph, list item and heading."""
    index = 0
    while index < len(lines):
        line = lines[index]
        if _RULE.fullmatch(line):
            index += 1
            continue
        after = lines[index + 1] if index + 1 < len(lines) else ""
        item, hashes = _BULLET.match(line), _HASHES.match(line)
        if item is None and _UNDERLINE.fullmatch(after) and after.strip() and _is_short(line):
            yield index + 1, "heading", 1 if after.strip()[0] == "=" else 2, line.strip()
            index += 2
        elif hashes is not None:
            yield index + 1, "heading", len(hashes.group(1)), line[hashes.end():].strip(" #\t")
            index += 1
        elif _is_capitals(line) and not after.strip() and item is None:
            yield index + 1, "heading", 1, line.strip()
            index += 1
        else:
            end = _end(lines, index, item is not None)
            text = "\n".join(one.strip() for one in ([line[item.end():] if item else line, *lines[index + 1 : end]]))
            if item is not None:
                yield index + 1, "list-item", _depth(item.group(1)), text
            else:
                yield index + 1, "paragraph", 0, text
            index = end


def _end(lines: list[str], start: int, item: bool) -> int:
    """The line after the last of the paragraph or list item that begins at `start`."""
    index = start + 1
    while index < len(lines):
        line = lines[index]
        if _RULE.fullmatch(line) or _BULLET.match(line) or _HASHES.match(line):
            break
        if len(lines[index - 1]) > _WIDEST or len(line) > _WIDEST:
            break
        if item and not line.startswith((" ", "\t")) and lines[index - 1].rstrip().endswith((".", "!", "?")):
            break
        underlined = index + 1 < len(lines) and _UNDERLINE.fullmatch(lines[index + 1])
        if underlined and _is_short(line):
            break
        index += 1
    return index


def _depth(indent: str) -> int:
    return 1 + min(len(indent.expandtabs(4)) // 2, 8)


def _is_short(line: str) -> bool:
    return 0 < len(line.split()) <= _HEADING_WORDS


def _is_capitals(line: str) -> bool:
    letters = [char for char in line if char.isalpha()]
    return len(letters) > 3 and all(char.isupper() for char in letters) and _is_short(line)
