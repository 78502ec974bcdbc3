"""`definition-drift`: a defined term that is defined otherwise than the guide defines it.

A message may be told in part; a definition may not, for leaving out one of its conditions widens it. So a passage that
has the form of a definition is held against the guide's by what of it is lost, beside what the judge of pairs says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from msgcheck.checks.verdict import Judge, Verdict
from msgcheck.checks.view import View
from msgcheck.guide.statements import Statement
from msgcheck.matching.comparison import Comparison
from msgcheck.matching.features import align
from msgcheck.matching.rows import FIGURES
from msgcheck.normalise import plain

_LEAD = r"(?:a|an|the|each|every|our|any|in a|in an|by|by a|by an|by the|for us,? a|we call|only|to us,? a)"
_SAYS = (
    r"(?:means?|refers? to|counts? as|describes?|denotes?|stands? for|(?:, )?we (?:mean|understand)|is what|is when|"
    r"=|:|–|-|runs? from|begins? (?:on|with|in|at)|starts? (?:on|with|in|at)|lasts?)"
)
_IS = r"(?:is|are|would be|has to be|must be)"
_KIND = (
    r"(?:an?|any|anyone|anybody|anything|one|all|the|every|each|whoever|whatever|what|when|where|if|as soon as|once|\d)"
)
_WHEN = r"(?:when|whenever|if|as soon as|once|only|from the)"
_CALLS = r"(?:call(?:ed|s)?|known as|count(?:s|ed)? as|qualif(?:y|ies) as|becomes?|is|are|as)"
_OPENS = rf"^(?:[^,;:]{{3,30}}, )?[\"']?(?:{_LEAD}\s+)?[\"']?"
_ASIDE = r"[\"']?(?:\s*\([^)]*\))?(?:, [^,]{2,30},)?,?\s*"
_DENIES = re.compile(r"\b(?:not|never|no|neither|nor|cannot)\b|n't\b", re.I)
_CERTAIN = 0.9
_LOST = 0.45                             # cosine of two words below which one does not stand for the other
_MUCH, _SOME = 1 / 3, 1 / 8              # shares of the definition's content words that are lost
_SETTLED = 0.5
_DRIFTS = 0.9                            # chance of another meaning that tells even where little is lost
_VERY_NEAR = 0.8                         # cosine from which a passage is a message told wrongly, and defines nothing
_CHANGED, _NEAR = 0.75, 0.6              # chance and cosine from which a mention of the term is a definition gone wrong


@dataclass(frozen=True, slots=True)
class Defined:
    """A passage that says what a defined term is; `strict` when it has the very form of a definition."""

    statement: Statement
    strict: bool


def definitions_in(view: View, verdicts: tuple[Verdict, ...], judge: Judge) -> Iterator[Verdict]:
    """The verdicts, those of passages that define a term of the guide replaced by how the definition fares."""
    for verdict in verdicts:
        defined = (
            None if verdict.outcome in ("verbatim", "prohibited", "retired") else _defines(view, verdict, judge.defined)
        )
        if defined is not None and verdict.outcome != "nothing" and (not defined.strict or _exact(verdict)):
            defined = None  # it says something of a message, and only mentions the term
        yield verdict if defined is None else _fares(verdict, defined, judge)


def _exact(verdict: Verdict) -> bool:
    """Whether a passage differs exactly from a message, nearer to it than a mention of the term comes."""
    told = verdict.comparison
    return verdict.outcome == "drift" and told is not None and told.decided and told.similarity >= _VERY_NEAR


def _fares(verdict: Verdict, defined: Defined, judge: Judge) -> Verdict:
    """How the definition in a passage stands to the guide's."""
    text = plain(verdict.passage.normal)
    wording = plain(defined.statement.wording)
    comparison = judge.comparer.compare([(wording, text)])[0]
    same, part, drift, _ = comparison.chances
    if not defined.strict:
        if same + part >= _SETTLED and comparison.similarity >= _NEAR:
            return _agrees(verdict, defined, comparison)
        if drift >= _CHANGED and comparison.similarity >= _NEAR and not _DENIES.search(text):
            return _differs(verdict, defined, comparison, drift)
        return verdict
    if same >= _SETTLED:
        return _agrees(verdict, defined, comparison)
    if _DENIES.search(text) and not _DENIES.search(wording):
        return verdict                   # told by what it is not: the judge of pairs cannot turn that round
    rows = [row for row in comparison.facts if row.judgement == "differs" and row.certainty >= _CERTAIN]
    if any(row.kind in FIGURES for row in rows):
        return _differs(verdict, defined, comparison, max(drift, 0.9))
    lost = _lost(judge, wording, text, defined.statement.id)
    if lost >= _MUCH or (lost >= _SOME and drift >= _DRIFTS):
        return _differs(verdict, defined, comparison, max(drift, 0.75))
    return _agrees(verdict, defined, comparison)


def _agrees(verdict: Verdict, defined: Defined, comparison: Comparison) -> Verdict:
    return replace(
        verdict,
        outcome="on-message",
        statement=defined.statement,
        comparison=comparison,
        confidence=comparison.approved_chance,
        similarity=comparison.similarity,
        why=(f"Defines '{defined.statement.id}' as approved.", *comparison.reasons),
    )


def _differs(verdict: Verdict, defined: Defined, comparison: Comparison, confidence: float) -> Verdict:
    return replace(
        verdict,
        outcome="defined-otherwise",
        statement=defined.statement,
        comparison=comparison,
        confidence=confidence,
        similarity=comparison.similarity,
        why=(f"Defines '{defined.statement.id}' otherwise than the guide.", *comparison.reasons),
    )


def _lost(judge: Judge, wording: str, text: str, term: str) -> float:
    """The share of the definition's content words, the term aside, that nothing in the passage stands for."""
    approved, found = judge.comparer.reader.read([wording, text])
    alignment = align(approved, found)
    own = set(term.casefold().split())
    scores = [
        score
        for (lemma, start, end), (_, score) in zip(alignment.words, alignment.nearest, strict=True)
        if lemma not in own and wording[start:end].casefold() not in own
    ]
    return sum(score < _LOST for score in scores) / len(scores) if scores else 0.0


def _defines(view: View, verdict: Verdict, definitions: tuple[Statement, ...]) -> Defined | None:
    text = plain(verdict.passage.normal)
    if text.endswith("?"):
        return None
    block = view.document.blocks[verdict.passage.block]
    longest_first = [(statement, _term(statement)) for statement in sorted(definitions, key=lambda one: -len(one.id))]
    for statement, term in longest_first:
        if _strict(text, term, statement):
            return Defined(statement, True)
    for statement, term in longest_first:
        if re.search(rf"\b{term}(?:s|es)?\b", text, re.I):
            return Defined(statement, False)
        heading = block.heading.casefold().strip(" :.?")
        if heading.endswith(statement.id.casefold()) and len(heading) < len(statement.id) + 24:
            return Defined(statement, False)
    return None


def _term(statement: Statement) -> str:
    return r"[\s-]".join(re.escape(word) for word in statement.id.split())


def _strict(text: str, term: str, statement: Statement) -> bool:
    """Whether a text has the form of a definition of the term: 'a T is one that', 'we call it a T', 'N is A when'."""
    named = rf"{_OPENS}{term}(?:s|es)?{_ASIDE}"
    its = re.search(rf"{term}\s+(\w+)", statement.wording, re.I)
    verb = re.escape(its[1]) if its and its[1].casefold() not in ("is", "are") else "means?"
    if (
        re.search(rf"{named}(?:{_SAYS}(?=\s|$)|{verb}\b|{_IS} {_KIND}\b|{_IS} \w+ {_WHEN}\b|{_WHEN}\b)", text, re.I)
        or re.search(rf"\b{_CALLS}\s+(?:a|an)\s+[\"']?{term}\b", text, re.I)
        or re.search(rf"\b{_CALLS}(?: \w+){{1,3}} (?:a|an)\s+[\"']?{term}\b", text, re.I)
    ):
        return True
    first, _, last = statement.id.rpartition(" ")
    if not first:
        return False                     # 'a parcel is bulky when', of a bulky parcel
    turned = rf"{_OPENS}{re.escape(last)}(?:s|es)? (?:{_IS}|counts? as|becomes?) {re.escape(first)} {_WHEN}\b"
    return bool(re.search(turned, text, re.I))
