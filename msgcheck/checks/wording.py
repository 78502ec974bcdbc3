"""Approved words as tokens: what counts as the same words, and where they stand verbatim in a text.

Case, punctuation, white space and marks (® ™ ℠) never count; neither does the sign of a footnote. Figures, %
and currency signs do, and so does © (or the word in its place, before a year).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from msgcheck.checks.wordforms import is_function_word
from msgcheck.normalise import normalise

_TOKEN = re.compile(
    r"""
      (?P<copyright>(?:\bcopyright\s+)?(?:©|\(c\)(?=\s*\d{4})) | \bcopyright(?=\s+\d{4}))
    | \{(?:year|date|any)\}
    | [^\W_]+(?:[.,:/'][^\W_]+)*[%°]?
    | [€$£¥%&+]
    """,
    re.IGNORECASE | re.VERBOSE,
)
_RAISED = re.compile(r"[¹²³⁰⁴-⁹]+")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_HOLES = ("{year}", "{date}", "{any}")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_HOLE_PATTERNS = {
    "{year}": r"\d{4}(?: (?:\d{4}|\d{2}))?|\d{4}/\d{2,4}",
    "{date}": rf"(?:{_DAY} )?{_MONTH}(?: {_DAY})?(?: \d{{4}})?|\d{{4}} \d{{2}} \d{{2}}"
              r"|\d{1,2}[./]\d{1,2}[./]\d{2,4}|q[1-4] \d{4}|\d{4}",
    "{any}": r"[^ ]+(?: [^ ]+){0,11}",
}
_ABBREVIATIONS = re.compile(
    r"\b(?:ltd|inc|co|corp|no|nos|vs|st|dr|mr|mrs|ms|prof|approx|incl|excl|e\.g|i\.e|cf|fig|vol|[a-z])\.$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?][\"')\]]*\s+(?=[\"'(\[]*[^\W_a-z])")
STOP_WEIGHT = 0.3
"""Function words carry three tenths of the weight of the others."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, figure or sign as it is compared, and its span in the normalised text."""

    text: str
    start: int
    end: int

    @property
    def hole(self) -> bool:
        return self.text in _HOLES

    @property
    def weight(self) -> float:
        """How much of an attempt at fixed words this one word shows."""
        if self.hole:
            return 0.0
        return STOP_WEIGHT if is_function_word(self.text) else 1.0


@lru_cache(maxsize=2048)
def tokens(normal: str) -> tuple[Token, ...]:
    """The tokens of a normalised text, in order."""
    out: list[Token] = []
    for match in _TOKEN.finditer(normal):
        text, start, end = match.group().casefold(), match.start(), match.end()
        if match.lastgroup == "copyright":
            text = "©"
        raised = _RAISED.search(text)
        if raised is not None:
            if raised.start() == 0:      # ¹ or ¹words: the sign of a footnote before the words
                start += raised.end()
                text = text[raised.end():]
            else:
                end = start + raised.start()
                text = text[: raised.start()]
            if not text:
                continue
        out.append(Token(text.translate(_LOWERED), start, end))
    return tuple(out)


def joined(found: tuple[Token, ...]) -> str:
    """Tokens as one string in which every token stands between two spaces."""
    return " " + " ".join(token.text for token in found) + " "


@lru_cache(maxsize=4096)
def pattern(wording: str) -> re.Pattern[str]:
    """The verbatim pattern of a wording over `joined` tokens; holes match a year, a date or up to 12 words."""
    parts = [
        f"(?:{_HOLE_PATTERNS[token.text]})" if token.hole else re.escape(token.text)
        for token in tokens(normalise(wording).text)
    ]
    return re.compile(r"(?<= )" + " ".join(parts) + r"(?= )") if parts else re.compile(r"(?!)")


@lru_cache(maxsize=4096)
def _opening(wording: str) -> str:
    """What must stand in `joined` tokens for `wording` to stand there: its first word, between spaces."""
    first = next((token for token in tokens(normalise(wording).text) if not token.hole), None)
    return f" {first.text} " if first else " "


def find(wordings: Iterable[str], found: tuple[Token, ...]) -> Iterator[tuple[str, int, int]]:
    """The runs of tokens that are one of `wordings` verbatim, as (wording, first, past the last)."""
    text = joined(found)
    for wording in wordings:
        if _opening(wording) not in text:
            continue
        for match in pattern(wording).finditer(text):
            first = text.count(" ", 0, match.start()) - 1
            yield wording, first, first + match.group().count(" ") + 1


@lru_cache(maxsize=4096)
def sentences(wording: str) -> tuple[str, ...]:
    """The sentences of an approved wording; each is approved alone."""
    text = normalise(wording).text
    out: list[str] = []
    begin = 0
    for match in _SENTENCE_END.finditer(text):
        if _ABBREVIATIONS.search(text[begin:match.start() + 1]):
            continue
        out.append(text[begin:match.end()].strip())
        begin = match.end()
    out.append(text[begin:].strip())
    return tuple(sentence for sentence in out if sentence)


def fills_hole(hole: str, word: str) -> bool:
    """Whether a single token may stand in a hole; a date's parts are judged one by one."""
    if hole == "{any}":
        return True
    if hole == "{year}":
        return re.fullmatch(r"\d{4}|\d{4}/\d{2,4}", word) is not None
    return re.fullmatch(rf"{_MONTH}|{_DAY}|\d{{4}}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}|q[1-4]", word) is not None


def filled(wording: str, year: int) -> str:
    """An approved wording with {year} filled in, to be suggested; the other holes stay for a person to fill."""
    return wording.replace("{year}", str(year))
