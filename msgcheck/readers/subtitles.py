"""Subtitles (SubRip .srt, WebVTT .vtt): cues joined to the sentences that a viewer reads, each with its time."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from msgcheck.model import Block, Document, Layer, Location
from msgcheck.readers.blocks import build_document, make_block
from msgcheck.readers.decoding import decode
from msgcheck.readers.options import ReadOptions

_TIMES = re.compile(
    r"\s*((?:\d{1,3}:)?\d{1,2}:\d{2})[.,]\d{1,3}\s*-->\s*((?:\d{1,3}:)?\d{1,2}:\d{2})[.,]\d{1,3}"
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|</?\d[\d:.]*>|\{\\[^{}]{0,100}\}")
_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_SPEAKER = re.compile(r"^[-–—]\s*(?=\S)")
_LONGEST_PAUSE = 3
"""Seconds after which what is said next is taken for another sentence, whether or not the last one ended."""
_MOST_CUES = 12


@dataclass(frozen=True, slots=True)
class _Cue:
    line: int
    start: str                           # as written, without fractions
    seconds: int
    end: int
    text: str
    layer: Layer = "body"


def read(data: bytes, name: str, options: ReadOptions) -> Document:
    """The subtitles `data`; notes in them are hidden, styles and regions are left out."""
    found = decode(data)
    blocks = _blocks(list(_cues(found.text.split("\n"))))
    return build_document(name, "subtitles", data, blocks, reasons=found.reasons)


def _cues(lines: list[str]) -> Iterator[_Cue]:
    index = 0
    while index < len(lines):
        line = lines[index]
        times = _TIMES.match(line)
        if times is not None:
            end = index + 1
            while end < len(lines) and lines[end].strip() and not _TIMES.match(lines[end]):
                end += 1
            if end < len(lines) and _TIMES.match(lines[end]) and lines[end - 1].strip().isdigit():
                end -= 1                     # the next cue's number, with no empty line before it
            text = _plain(lines[index + 1 : end])
            if text:
                start, stop = times.group(1), times.group(2)
                yield _Cue(index + 2, start, _seconds(start), _seconds(stop), text)
            index = end
        elif line.startswith("NOTE"):
            end = index
            while end < len(lines) and lines[end].strip():
                end += 1
            text = "\n".join([line.removeprefix("NOTE").strip(), *lines[index + 1 : end]]).strip()
            if text:
                yield _Cue(index + 1, "", 0, 0, text, "hidden")
            index = max(end, index + 1)
        else:
            index += 1


def _plain(lines: list[str]) -> str:
    """A cue's words: no tags, no characters written as entities."""
    texts = (html.unescape(_TAG.sub("", line)).strip() for line in lines)
    return "\n".join(text for text in texts if text)


def _seconds(time: str) -> int:
    total = 0
    for part in time.split(":"):
        total = total * 60 + int(part)
    return total


def _blocks(cues: list[_Cue]) -> Iterator[Block | None]:
    gathered: list[_Cue] = []
    for cue in cues:
        if cue.layer == "hidden":
            yield make_block(cue.text, "note", "hidden", Location("line", cue.line, f"line {cue.line}, note"))
            continue
        if gathered and (
            cue.seconds - gathered[-1].end >= _LONGEST_PAUSE or len(gathered) >= _MOST_CUES or _SPEAKER.match(cue.text)
        ):
            yield _block(gathered)
            gathered = []
        for one in _turns(cue):
            gathered.append(one)
            if _END.search(one.text):
                yield _block(gathered)
                gathered = []
    if gathered:
        yield _block(gathered)


def _turns(cue: _Cue) -> Iterator[_Cue]:
    """A cue in which two people speak, each line begun with a dash, is two."""
    lines = cue.text.split("\n")
    if len(lines) > 1 and all(_SPEAKER.match(line) for line in lines):
        for offset, line in enumerate(lines):
            text = _SPEAKER.sub("", line)
            yield _Cue(cue.line + offset, cue.start, cue.seconds, cue.end, text)
    else:
        yield cue


def _block(cues: list[_Cue]) -> Block | None:
    first = cues[0]
    text = "\n".join(cue.text for cue in cues)
    return make_block(text, "paragraph", "body", Location("line", first.line, f"line {first.line}, at {first.start}"))
