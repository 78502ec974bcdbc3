"""A messaging document as lines under their headings: what each stands for is said by the headings above it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from msgcheck.authoring.topics import Topic, role_of, topic_of
from msgcheck.model import Block, Document

_NUMBERED = re.compile(
    r"^(?:(?:pillar|message|value proposition|persona|audience)?\s*\d+(?:\.\d+)*[.:)]?\s*[:.–—-]?\s+"
    r"|(?:pillar|message|value proposition|persona)\s*[:–—-]\s*)",
    re.IGNORECASE,
)
_SHORT_HEADING = 6
_COPYRIGHT = re.compile(r"©|\(c\) \d|all rights reserved", re.IGNORECASE)
_LABEL = re.compile(r"\s+(?=[A-Z][\w -]{1,24}:\s)")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, list item or table row with the topic that it stands under.

    `under` are the headings between the topic's own and the line, outermost first; `heading` is the nearest heading of
    all. `opens` is True on the heading that such a name is (an audience, a product), False on everything else;
    `introduces` on a paragraph that leads in to a table or list (set by `layout.arranged`).
    """

    text: str
    topic: Topic | None
    under: tuple[str, ...]
    heading: str
    place: str
    item: bool = False
    level: int = 0
    cells: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    opens: bool = False
    introduces: bool = False


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    text: str
    topic: Topic | None


def lines_of(document: Document) -> Iterator[Line]:
    """The lines of the body in order, and those of running headers and footers that are a copyright line."""
    stack: list[_Heading] = []
    heads = {block.columns for block in document.blocks if block.columns}
    for block in document.blocks:
        if block.layer == "running":
            if _COPYRIGHT.search(block.normal):
                place = f"{document.name}, {block.location.label}"
                yield Line(block.normal, "boilerplate", (), "", place, item=True)
            continue
        if block.layer != "body" or _is_head(block, heads):
            continue
        text = " ".join(block.normal.split()) if block.kind == "table-row" else block.normal
        place = ", ".join(part for part in (document.name, block.location.label) if part)
        heading = _heading_of(block, text, stack)
        if heading is not None:
            while stack and stack[-1].level >= heading.level:
                stack.pop()
            stack.append(heading)
            if heading.topic is None and _topic(stack) is not None:
                yield _line(stack[:-1], block, clean_heading(text), place, opens=True)
            continue
        for part in _labelled_lines(block) or (text,):
            yield _line(stack, block, part, place)


def _labelled_lines(block: Block) -> tuple[str, ...]:
    """The parts of a paragraph that holds several labels ('Message: … Source: …'); () for any other."""
    if block.kind == "table-row" or not _has_role(block.normal):
        return ()
    parts = [""]
    for piece in _LABEL.split(block.normal):
        if _has_role(piece):
            parts.append(piece)
        else:
            parts[-1] = f"{parts[-1]} {piece}".strip()
    return tuple(part for part in parts if part) if len(parts) > 2 else ()


def _is_head(block: Block, heads: set[tuple[str, ...]]) -> bool:
    """Whether a table row is the row of headings of others."""
    return bool(block.cells) and not block.columns and any(set(head) <= set(block.cells) for head in heads)


def _has_role(text: str) -> bool:
    label, colon, rest = text.partition(":")
    return bool(colon and rest.strip() and role_of(label))


def clean_heading(text: str) -> str:
    """A heading without its number and colon: 'Pillar 2: Safe to own' is 'Safe to own'."""
    return _NUMBERED.sub("", text.strip()).strip(" :") or text.strip(" :")


def _heading_of(block: Block, text: str, stack: list[_Heading]) -> _Heading | None:
    if block.layer != "body":
        return None
    if block.kind == "heading":
        numbered = bool(_NUMBERED.match(text)) and _topic(stack) is not None
        topic = None if numbered and clean_heading(text) != text else topic_of(text)
        if numbered and topic is None and len(clean_heading(text).split()) <= 3:
            topic = topic_of(text) if not _names_something(text) else None
        return _Heading(block.level or 1, text, topic)
    words = text.rstrip(":").split()
    if block.kind == "paragraph" and len(words) <= _SHORT_HEADING and not text.endswith((".", "!", "?", '"', "”")):
        topic = topic_of(text)
        if topic is not None and (text.endswith(":") or role_of(text) is None or topic_of(text) is not None):
            return _Heading(90, text, topic)
    return None


def _names_something(text: str) -> bool:
    return clean_heading(text) != text.strip(" :")


def _topic(stack: list[_Heading]) -> Topic | None:
    return next((heading.topic for heading in reversed(stack) if heading.topic), None)


def _line(stack: list[_Heading], block: Block, text: str, place: str, *, opens: bool = False) -> Line:
    at = next((index for index in range(len(stack) - 1, -1, -1) if stack[index].topic), -1)
    under = tuple(clean_heading(heading.text) for heading in stack[at + 1 :]) if at >= 0 else ()
    if at > 0 and stack[at].level == 90:  # 'Proof points:' inside a pillar keeps the pillar
        above = [heading.text for heading in stack[:at] if heading.topic is None]
        under = (*(clean_heading(one) for one in above[-1:]), *under)
    return Line(
        text=text,
        topic=stack[at].topic if at >= 0 else None,
        under=under,
        heading=stack[-1].text if stack else "",
        place=place,
        item=block.kind == "list-item",
        level=block.level,
        cells=block.cells,
        columns=block.columns,
        opens=opens,
    )
