"""A document's passages: what a finding of meaning points at."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from msgcheck.language.sentences import boundaries
from msgcheck.model import Block, Document, Layer, Passage
from msgcheck.normalise import Normalised, normalise

RUNNING_TEXT = ("paragraph", "note", "caption")
"""The kinds of block that are read sentence by sentence. A list item is, where each of its sentences is a whole one."""

_FEWEST_WORDS = 4                        # of a sentence that makes running text of a list item


def passages(document: Document, language: str = "en") -> tuple[Passage, ...]:
    """The passages of all layers but code, in reading order: one a sentence of a paragraph, note or caption, the
    whole of a heading or table row, and a list item's sentences where it holds several full ones.

    `language` is the guide's (ISO 639-1); the parser helps with doubtful full stops in English only.
    """
    found: list[Passage] = []
    before: dict[Layer, str] = {}
    for index, block in enumerate(document.blocks):
        if block.layer == "code":
            continue
        flat = normalise(block.text)
        for start, end in spans(flat.text, block, language):
            first, last = _quoted(flat, block.text, start, end)
            normal = flat.text[start:end]
            found.append(Passage(index, first, last, block.text[first:last], normal, before.get(block.layer, "")))
            before[block.layer] = normal
    return tuple(found)


def spans(normal: str, block: Block, language: str = "en") -> tuple[tuple[int, int], ...]:
    """The passages of a block's normalised text, as spans of it; none where it has no letter or figure."""
    if not any(char.isalnum() for char in normal):
        return ()
    whole = ((0, len(normal)),)
    if block.kind in RUNNING_TEXT:
        return sentences(normal, language)
    if block.kind == "list-item":
        parts = sentences(normal, language)
        if len(parts) > 1 and all(_full(normal[start:end]) for start, end in parts):
            return parts
    return whole


def sentences(normal: str, language: str = "en") -> tuple[tuple[int, int], ...]:
    """The sentences of a normalised text, as spans of it that leave out the white space between."""
    cuts = boundaries(normal)
    doubtful = [after for _, after, certain in cuts if not certain]
    sure = _parser_agrees(normal, doubtful) if doubtful and language == "en" else frozenset[int]()
    return tuple(_between(normal, [(end, after) for end, after, certain in cuts if certain or after in sure]))


def _between(normal: str, cuts: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start = 0
    for end, after in cuts:
        if any(char.isalnum() for char in normal[start:end]):
            yield start, end
            start = after
    if start < len(normal):
        yield start, len(normal)


def _parser_agrees(normal: str, places: list[int]) -> frozenset[int]:
    from msgcheck.language.nlp import parse

    (doc,) = parse([normal])
    starts = {sentence.start_char for sentence in doc.sents}
    return frozenset(place for place in places if place in starts)


def _full(sentence: str) -> bool:
    return sentence.rstrip("\"')]”’").endswith((".", "!", "?", "…")) and len(sentence.split()) >= _FEWEST_WORDS


def _quoted(flat: Normalised, text: str, start: int, end: int) -> tuple[int, int]:
    first, last = flat.quoted(start, end)
    while last < len(text) and unicodedata.combining(text[last]):      # an accent typed after its letter
        last += 1
    return first, last
