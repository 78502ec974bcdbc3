"""Conditions lost, added or lifted: a clause with "if", "provided that", "subject to" … that only one side has.

A clause counts as lost where nothing of it stands on the other side although nearly all the rest does: what tells the
same in other words keeps some of its words, what is a part of it leaves out more than the condition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from msgcheck.language.facts import Facts, Word
from msgcheck.matching.leftover import Leftover
from msgcheck.matching.rows import Row
from msgcheck.normalise import fold

_CLOCK_WORDS = (
    "noon", "midday", "midnight",
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:in the|at night|o'clock)",
    r"\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.|in the |at night|o'clock)",
)
_OPENERS = (
    r"only (?:if|when|where|after|once|with|for|on|under)|if|unless|provid(?:ed|ing)(?: that)?|(?:as|so) long as|"
    r"(?:up)?on condition(?: that)?|subject to|when|once|in case|assuming(?: that)?|where there (?:is|are)|"
    r"wherever|"
    r"depending on|conditional on|for (?:those|anyone|customers|members|buyers|firms|companies|businesses|employers|"
    r"organi[sz]ations|households|families|patients|users|teams|schools|people|orders|purchases|contracts|bookings) "
    r"(?:who|that|with|over|above|under|below|of (?:more|less|fewer|at) )|"
    r"with an?(?= [^,;.]{0,30}(?:contract|subscription|plan|licen[cs]e|membership|agreement|approval|prescription|"
    r"cover)\b)|"
    r"on an?(?= [^,;.]{0,20}(?:contract|subscription|plan|licen[cs]e|term|agreement)\b)|"
    rf"until(?! (?:{'|'.join(_CLOCK_WORDS)}))|"
    r"on request|by (?:prior )?(?:appointment|arrangement)"
)
_CLAUSE = re.compile(
    rf"(?:(?<=^)|(?<=[\s(]))(?<!even )(?<!regardless )(?P<opener>{_OPENERS})(?![\w-])(?P<rest>[^,;:.!?()–]*)", re.I
)
_ANY_CONDITION = re.compile(
    rf"(?<![\w-])(?:{_OPENERS}|should|on condition|conditions?|prerequisites?|requir(?:e[sd]?|ements?|ing)|needs?|"
    rf"must|only|"
    r"given|with|after|upon|until|depends?|terms|then|to qualify|eligible|by|needed|in order)(?![\w-])",
    re.I,
)
_LIFTED = re.compile(
    r"\b(?:whoever|whatever|whichever|however|wherever you|whenever you|even (?:if|when|where|without)|with or without|"
    r"regardless|irrespective|no matter|or not|unconditional(?:ly)?|without (?:any )?conditions?|in any case)\b",
    re.I,
)
_SURELY_LIFTED = re.compile(
    r"\b(?:whether or not|whether [^,;.]{3,40} or not|with or without|even without|no matter (?:whether|if)|"
    r"regardless of whether|unconditional(?:ly)?|without (?:any )?conditions?)\b", re.I
)
"""What lifts a condition in quite other words, too: the labelled pairs with a condition on the approved side alone all
drift.
"""
_ABOUT_IT = 0.4                          # share of the approved words
_POLITE = re.compile(
    r"^(?:if|when|where|once|should|as)(?:ever)?\W+(?:you|one|they|people)?\W*(?:wish|like|want|prefer|choose|need|"
    r"please|desired|"
    r"needed|required|possible|necessary|applicable)",
    re.I,
)


_IF_ASKED = re.compile(
    r"^(?:if|when|where|should)(?:ever)?\W+(?:\w+\W+){0,2}(?:asks?|asked|wonders?|wondering|press(?:es)?|objects?|insists?|"
    r"says?|raises?|mentions?|want(?:s)? to know|bring(?:s)? (?:it|this|that) up)\b", re.I
)
"""What a speaker is told to do: no condition of what is said."""

_ONCE = re.compile(r"^once(?:$| (?:an?|per|every|in an?|in \w+ \w+s)\b)", re.I)

_IF_NOT = re.compile(r"^if not (?:more|less|longer|better|higher)\b", re.I)
"""What bounds a figure: "for an hour, if not longer"."""

Words = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition as it stands: its words and its offsets."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=8192)
def clauses(text: str) -> tuple[Clause, ...]:
    """The explicit conditions of normalised `text`, up to the next comma or stop; no polite ones ("if you like")."""
    out: list[Clause] = []
    for match in _CLAUSE.finditer(text):
        words = match.group().rstrip()
        if any(pattern.match(words) for pattern in (_ONCE, _POLITE, _IF_ASKED, _IF_NOT)):
            continue
        out.append(Clause(words, match.start(), match.start() + len(words)))
    return tuple(out)


def conditions(approved: Facts, found: Facts, left: Leftover) -> Iterator[Row]:
    """Rows of the conditions that one side has alone; sure ones only where the rest is nearly all there."""
    if approved.question or found.question:
        return
    ours = clauses(approved.text)
    if not ours and not clauses(found.text):
        return
    lifting = _LIFTED if left.kept >= 0.8 else _SURELY_LIFTED
    lifted = lifting.search(found.text) if ours and left.kept >= _ABOUT_IT else None
    if lifted and not _LIFTED.search(approved.text):
        yield Row("condition", "condition lifted", ours[0].text, lifted.group(), "differs", 0.95)
        return
    dropped = _certainty(approved, found, left.approved, left.found)
    if dropped:
        yield Row("condition", "condition clause", dropped[0].text, "", "dropped", dropped[1])
    added = _certainty(found, approved, left.found, left.approved)
    if added:
        yield Row("condition", "condition clause", "", added[0].text, "added", added[1])


def _certainty(mine: Facts, other: Facts, lost: Words, gained: Words) -> tuple[Clause, float] | None:
    """The first clause of `mine` that the other side lacks, and how surely; None without one. `lost` and `gained` are
    the words of each side that the other does not have.
    """
    for clause in clauses(mine.text):
        if fold(mine.text[: clause.start] + mine.text[clause.end :]) == fold(other.text):
            return clause, 0.95
        beside = [word for word in lost if not _inside(word, clause)]
        new = len(lost) - len(beside)
        if new >= 2 and not beside and not gained and not clauses(other.text):
            return clause, 0.95          # all is said on both sides but these words of a condition
        if _share_lost(clause, mine, lost) < 0.75:
            continue
        if _told_in_figures(clause, mine, other):
            continue
        spots = [q.start for q in mine.quantities] + [m.start for m in mine.moments]
        figures = sum(not clause.start <= spot < clause.end for spot in spots)
        if figures > len(other.quantities) + len(other.moments):
            continue                     # more than the condition is left out: a part
        outside = sum(not _inside(word, clause) for word in mine.words)
        fragment = not other.text.endswith((".", "!", ".\""))      # a headline or a row leaves out verbs
        missed = sum(not fragment or word.pos != "VERB" for word in beside)
        near = outside >= 3 and len(gained) <= 1 and 1 - missed / outside >= 0.8
        return clause, 0.95 if near and not _ANY_CONDITION.search(other.text) else 0.5
    return None


def _told_in_figures(clause: Clause, mine: Facts, other: Facts) -> bool:
    """Whether a clause has figures and the other side has them all: "if you order five", "from five on"."""
    inside = [q for q in mine.quantities if clause.start <= q.start < clause.end]
    known = {(q.dimension, q.low, q.high) for q in other.quantities}
    return bool(inside) and all((q.dimension, q.low, q.high) in known for q in inside)


def _inside(word: Word, clause: Clause) -> bool:
    return clause.start <= word.start < clause.end


def lost_condition(approved: Facts, found: Facts, left: Leftover) -> float:
    """0 to 1: how much of the approved condition that is missed most has no twin in the found text; 0 without one."""
    return max((_share_lost(clause, approved, left.approved) for clause in clauses(approved.text)), default=0.0)


def _share_lost(clause: Clause, mine: Facts, lost: Words) -> float:
    """The share of a clause's content words that are among `lost`; 0 where it has none."""
    inside = [word for word in mine.words if _inside(word, clause)]
    if not inside:
        return 0.0
    gone = set(lost)
    return sum(word in gone for word in inside) / len(inside)
