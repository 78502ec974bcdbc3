"""Words found, order kept, words invented: how near a text comes to the text that it should be."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from msgcheck.normalise import normalise

_WORD = re.compile(r"[^\W_]+(?:[.,:/'’-][^\W_]+)*")
_MARKDOWN = (
    (re.compile(r"<!--.*?-->", re.S), " "),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), " "),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\\([_*#\[\]<>|])"), r"\1"),
    (re.compile(r"&lt;"), "<"),
    (re.compile(r"&gt;"), ">"),
    (re.compile(r"&amp;"), "&"),
    (re.compile(r"^\s*\|?[\s:|-]+\|\s*$", re.M), " "),
)


class Score(NamedTuple):
    """Shares from 0 to 1. `found`: of the truth's words; `order`: of the words found, those that also stand in the
    truth's order (longest common subsequence); `invented`: of the text's words, those that the truth does not have.
    """

    found: float
    order: float
    invented: float
    words: int


def words_of(text: str, markdown: bool = False) -> list[str]:
    """The words of a text, without case and, for Markdown, without its signs."""
    if markdown:
        for pattern, by in _MARKDOWN:
            text = pattern.sub(by, text)
    flat = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹]+", " ", normalise(text).text.casefold())  # marks of notes are no words
    return [word.replace("-", "") for word in _WORD.findall(flat)]


def score(truth: list[str], text: list[str]) -> Score:
    shared = sum((Counter(truth) & Counter(text)).values())
    return Score(
        found=shared / len(truth) if truth else 1.0,
        order=common_subsequence(truth, text) / shared if shared else 1.0,
        invented=1 - shared / len(text) if text else 0.0,
        words=len(truth),
    )


def common_subsequence(one: list[str], two: list[str]) -> int:
    """The length of the longest common subsequence, by Hyyrö's bit-parallel recurrence (2004)."""
    places: dict[str, int] = {}
    for index, word in enumerate(one):
        places[word] = places.get(word, 0) | 1 << index
    full = (1 << len(one)) - 1
    state = full
    for word in two:
        hit = state & places.get(word, 0)
        state = ((state + hit) | (state - hit)) & full
    return len(one) - state.bit_count()


def together(scores: list[Score]) -> Score:
    """The mean over documents, each counting alike."""
    count = len(scores) or 1
    return Score(
        sum(one.found for one in scores) / count,
        sum(one.order for one in scores) / count,
        sum(one.invented for one in scores) / count,
        sum(one.words for one in scores),
    )
