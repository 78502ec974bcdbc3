"""Where found words and approved words differ, as spans that any report can mark."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from msgcheck.checks.pointing import because
from msgcheck.model import Change, Finding
from msgcheck.normalise import normalise

Span = tuple[int, int]

_WORD = re.compile(r"\S+")
_EDGE = re.compile(r"^[^\w%€$£¥]+|[^\w%€$£¥]+$")
_ABOUT_WORDS = frozenset({
    "message-drift", "message-wording", "boilerplate-drift", "tagline-drift", "definition-drift", "conflicting-claims",
})
_ALIKE = 0.5
"""Share of words in common below which marking every other word would mark nearly everything."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Spans of the found and of the approved text, each in order and apart; () where there is nothing to mark."""

    found: tuple[Span, ...] = ()
    approved: tuple[Span, ...] = ()


def marks(found: str, approved: str, changes: tuple[Change, ...] = ()) -> Marks:
    """What to mark in `found` and in `approved`: the words of the changes where they are named and stand there, else
    the words that differ, else, where the two are told in other words altogether, nothing.
    """
    named = Marks(
        _apart(_stands(change.found, found) for change in changes),
        _apart(_stands(change.approved, approved) for change in changes),
    )
    return named if named.found or named.approved else _by_words(found, approved)


def marks_of(finding: Finding) -> Marks:
    """What to mark in the words of a finding and in the approved ones: nothing where its rule is not about wording."""
    if finding.rule not in _ABOUT_WORDS and not finding.changes:
        return Marks()
    return marks(finding.text or "", wording_of(finding), finding.changes)


def wording_of(finding: Finding) -> str:
    """The guide's words that a finding is to be shown against, '' where there are none; `label_of` says what they are.
    """
    approved = finding.approved
    return (approved.wording or approved.statement or "") if approved else ""


def label_of(finding: Finding) -> str:
    """What to call the words of `wording_of`: 'approved', 'forbidden' or 'retired'."""
    return finding.approved.standing if finding.approved else "approved"


def reason_of(finding: Finding) -> str:
    """Why the guide's entry is so, in its own words, '' where it does not say."""
    return (finding.approved.reason or "") if finding.approved else ""


def with_reason(said: str, finding: Finding) -> str:
    """`said` and the guide's reason, for reports that have one text for a finding."""
    reason = reason_of(finding)
    return f"{said} Reason: {reason}" if reason else said


def why_of(finding: Finding) -> tuple[str, ...]:
    """The sentences of a finding's `why` but for the guide's reason, for reports that show that by itself."""
    told = because(reason_of(finding))
    return tuple(sentence for sentence in finding.why if sentence not in told)


def _stands(words: str, text: str) -> Span | None:
    """Where `words` stand in `text`, as a whole, whatever the case and the typesetting."""
    flat = normalise(text)
    wanted = normalise(words).text.casefold()
    if not wanted or len(flat.text.casefold()) != len(flat.text):
        return None
    match = re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", flat.text.casefold())
    return flat.quoted(*match.span()) if match else None


def _apart(spans: Iterable[Span | None]) -> tuple[Span, ...]:
    """Spans in order, those that touch or overlap joined."""
    out: list[Span] = []
    for start, end in sorted(span for span in spans if span):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def _by_words(found: str, approved: str) -> Marks:
    left = [match.span() for match in _WORD.finditer(found)]
    right = [match.span() for match in _WORD.finditer(approved)]
    words = [_key(found, span) for span in left], [_key(approved, span) for span in right]
    matcher = SequenceMatcher(None, *words, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return Marks()
    spans: tuple[list[Span], list[Span]] = ([], [])
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            spans[0].extend([_trimmed(found, left[a][0], left[b - 1][1])] if b > a else [])
            spans[1].extend([_trimmed(approved, right[c][0], right[d - 1][1])] if d > c else [])
    return Marks(tuple(spans[0]), tuple(spans[1]))


def _trimmed(text: str, start: int, end: int) -> Span:
    """The span without punctuation around it, where there is more in it than that."""
    words = text[start:end]
    inner = _EDGE.sub("", words)
    return (start + words.index(inner), start + words.index(inner) + len(inner)) if inner else (start, end)


def _key(text: str, span: Span) -> str:
    word = normalise(text[slice(*span)]).text.casefold()
    return _EDGE.sub("", word) or word
