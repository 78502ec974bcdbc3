"""Printed lines out of words: what stands on one baseline and is read in one go."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from msgcheck.model import Box
from msgcheck.readers.pdf_words import Style, Word
from msgcheck.readers.raised import SUPERSCRIPTS

T = TypeVar("T")
BULLETS = frozenset("•‣◦▪▫●○■□◆◇►▶➢➤✓✔✗·∙⁃‐–—-*»›")
_LEADER = re.compile(r"[.…·_\-–—=*~]{4,}")
"""Rules and dots made of characters."""


class PrintedLine:
    """Words on one baseline, left to right. Boxes are in the frame in which the line is upright."""

    __slots__ = (
        "base", "bold", "bottom", "bullet", "font", "italic", "left", "order", "right", "size", "style", "text", "top",
        "words",
    )

    def __init__(self, words: Sequence[Word], bullet: str = "") -> None:
        self.words = tuple(words)
        self.bullet = bullet             # what stood before it as a bullet, '•' for a drawn one; no part of `text`
        self.style = _main_style(self.words)
        self.size = self.style.size
        main = next(word for word in self.words if word.style.size == self.size)
        self.base = main.base
        self.left = min(word.left for word in self.words)
        self.right = max(word.right for word in self.words)
        self.top = main.top
        self.bottom = main.bottom
        self.order = min(word.order for word in self.words)
        styles = {word.style for word in self.words}
        self.bold = _one({style.bold for style in styles})       # of all its words, None where they differ
        self.italic = _one({style.italic for style in styles})
        self.font = _one({style.font for style in styles})
        self.text = _joined(self.words, self.size, self.base)

    @property
    def box(self) -> Box:
        return (self.left, self.top, self.right, self.bottom)

    def __repr__(self) -> str:
        return f"PrintedLine({self.text!r}, {self.left:.0f}-{self.right:.0f} at {self.base:.0f}, {self.size})"


def lines_of(words: Iterable[Word], down: Sequence[Box] = (), fills: Sequence[Box] = ()) -> list[PrintedLine]:
    """The lines of one page's words of one turn, in the order of the content stream.

    A wide gap ends a line where the run of text ends too, or where a vertical rule stands in it: so columns and the
    cells of a table are lines of their own. `down` are vertical rules, `fills` drawn boxes, of which small ones may be
    bullets.
    """
    runs = _runs(words, down)
    runs = [run for run in _abutting(runs) if not all(_LEADER.fullmatch(word.text) for word in run)]
    lines = [PrintedLine(_despaced(run)) for run in runs]
    return _bulleted(_drop_caps(lines), fills)


def merged(first: PrintedLine, second: PrintedLine) -> PrintedLine:
    """Two lines of one baseline as one."""
    words = sorted((*first.words, *second.words), key=lambda word: word.left)
    return PrintedLine(words, first.bullet or second.bullet)


def _runs(words: Iterable[Word], down: Sequence[Box]) -> list[list[Word]]:
    runs: list[list[Word]] = []
    for word in words:
        if runs and _continues(runs[-1], word, down):
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _continues(run: list[Word], word: Word, down: Sequence[Box]) -> bool:
    before = run[-1]
    if before.ends_line or before.style.turn != word.style.turn:
        return False
    size = max(before.style.size, word.style.size)
    smaller = min(before.style.size, word.style.size)
    apart = abs(word.base - before.base)
    if apart > (0.5 if smaller < 0.85 * size else 0.2) * size:
        return False
    if smaller < 0.5 * size and apart > 0.05 * size:
        return False                     # a drop cap and its text
    gap = word.left - before.right
    if gap < -0.6 * size:
        return False
    if gap > (3.0 if word.glued else 0.95) * size:
        return False
    return not (gap > 0.25 * size and _ruled(before.right, word.left, word.base - 0.3 * size, down))


def _ruled(left: float, right: float, at: float, down: Sequence[Box]) -> bool:
    return any(left - 1 <= rule[0] and rule[2] <= right + 1 and rule[1] <= at <= rule[3] for rule in down)


def _abutting(runs: list[list[Word]]) -> list[list[Word]]:
    """Runs that touch on one baseline joined: some producers write a line in pieces, and not from left to right."""
    rows: dict[int, list[list[Word]]] = {}
    for run in runs:
        rows.setdefault(round(run[0].base), []).append(run)
    gone: set[int] = set()
    for base, row in rows.items():
        near = sorted((*row, *rows.get(base + 1, ())), key=lambda run: run[0].left)
        held: list[Word] | None = None
        for run in near:
            if id(run) in gone:
                continue
            if held is not None and _abuts(held[-1], run[0]):
                held.extend(run)
                gone.add(id(run))
            else:
                held = run
    return [run for run in runs if id(run) not in gone]


def _abuts(before: Word, after: Word) -> bool:
    size = max(before.style.size, after.style.size)
    alike = min(before.style.size, after.style.size) > 0.5 * size
    gap = after.left - before.right
    return alike and abs(before.base - after.base) < 0.15 * size and -0.25 * size < gap < 0.38 * size \
        and not before.ends_line


def _despaced(run: list[Word]) -> list[Word]:
    """Letter-spaced words put together: four single letters or more in a row with gaps alike; a wider gap parts
    words.
    """
    if sum(1 for word in run if len(word.text) == 1) < 4:
        return run
    out: list[Word] = []
    index = 0
    while index < len(run):
        after = index
        while after < len(run) and len(run[after].text) <= (1 if after > index else 2):
            after += 1
        letters = run[index:after]
        if len(letters) >= 4 and sum(word.text.isalpha() for word in letters) >= 0.75 * len(letters):
            out.extend(_spelled(letters))
            index = after
        else:
            out.append(run[index])
            index += 1
    return out


def _spelled(letters: list[Word]) -> list[Word]:
    gaps = [after.left - before.right for before, after in itertools.pairwise(letters)]
    usual = sorted(gaps)[len(gaps) // 3]
    size = letters[0].style.size
    words: list[list[Word]] = [[letters[0]]]
    for gap, letter in zip(gaps, letters[1:], strict=True):
        if gap > max(1.6 * usual, usual + 0.2 * size):
            words.append([letter])
        else:
            words[-1].append(letter)
    return [
        word[0]._replace(text="".join(letter.text for letter in word), right=word[-1].right)
        for word in words
    ]


def _drop_caps(lines: list[PrintedLine]) -> list[PrintedLine]:
    """A large first letter joined to the line that begins beside its top."""
    caps = [line for line in lines if len(line.text) == 1 and line.text.isupper()]
    for cap in caps:
        beside = [
            line for line in lines
            if line is not cap and line.size < 0.6 * cap.size and cap.top - 0.7 * line.size <= line.top <= cap.base
            and -0.3 * line.size <= line.left - cap.right <= 1.2 * line.size
        ]
        if not beside:
            continue
        first = min(beside, key=lambda line: line.top)
        word = first.words[0]
        if not word.text[0].islower() and not (len(word.text) > 1 and word.text[1].isupper()):
            continue
        joined = PrintedLine((word._replace(text=cap.text + word.text), *first.words[1:]))
        lines = [joined if line is first else line for line in lines if line is not cap]
    return lines


def _bulleted(lines: list[PrintedLine], fills: Sequence[Box]) -> list[PrintedLine]:
    """Bullets taken off the lines that they introduce: glyphs on the line, glyphs of their own, and small drawings."""
    alone = [line for line in lines if line.text in BULLETS]
    rows: dict[int, list[PrintedLine]] = {}
    for line in lines:
        rows.setdefault(round(line.base / 4), []).append(line)
    dots = [box for box in fills if box[2] - box[0] <= 12 and box[3] - box[1] <= 12]
    marked: dict[int, str] = {}
    used: set[int] = set()
    for bullet in alone:
        key = round(bullet.base / 4)
        right = [
            line for near in (key - 1, key, key + 1) for line in rows.get(near, ())
            if line is not bullet and abs(line.base - bullet.base) < 0.4 * line.size
            and 0 <= line.left - bullet.right + 1 < 4 * line.size and line.text not in BULLETS
        ]
        if right:
            marked[id(min(right, key=lambda line: line.left))] = bullet.text
            used.add(id(bullet))
    out: list[PrintedLine] = []
    for line in lines:
        if id(line) in used:
            continue
        first = line.words[0]
        if len(line.words) > 1 and first.text in BULLETS and line.words[1].left - first.right > 0.1 * line.size:
            out.append(PrintedLine(line.words[1:], first.text))
        elif id(line) in marked:
            out.append(PrintedLine(line.words, marked[id(line)]))
        elif dots and any(_is_dot(box, line) for box in dots):
            out.append(PrintedLine(line.words, "•"))
        else:
            out.append(line)
    return out


def _is_dot(box: Box, line: PrintedLine) -> bool:
    middle = (box[1] + box[3]) / 2
    before = 0 < line.left - box[2] < 2.5 * line.size
    square = abs((box[3] - box[1]) - (box[2] - box[0])) < 2
    return before and square and line.top < middle < line.base and box[3] - box[1] < 1.1 * line.size


def _one(values: set[T]) -> T | None:
    return next(iter(values)) if len(values) == 1 else None


def _main_style(words: tuple[Word, ...]) -> Style:
    if len(words) == 1:
        return words[0].style
    weights: Counter[Style] = Counter()
    for word in words:
        weights[word.style] += len(word.text)
    return weights.most_common(1)[0][0]


def _joined(words: tuple[Word, ...], size: float, base: float) -> str:
    parts: list[str] = []
    before: Word | None = None
    for word in words:
        text = word.text
        raised = word.style.size <= 0.82 * size and base - word.base >= 0.15 * size
        tight = before is not None and word.left - before.right < 0.12 * size
        if raised and tight and text.isdigit() and len(text) <= 2:
            parts.append(text.translate(SUPERSCRIPTS))
        else:
            parts.append(text if before is None else f" {text}")
        before = word
    return "".join(parts)
