"""`definition-drift`: a defined term that is defined otherwise than the guide defines it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from msgcheck.checks.verdict import Judge, Verdict, plain
from msgcheck.checks.view import View
from msgcheck.guide.statements import Statement

_VERB = (
    r"(?:is|are|means?|refers? to|runs?|lasts?|begins?|starts?|ends?|covers?|counts? as|describes?|denotes?|stands? for"
    r"|we mean|has|have|comprises?|consists?|includes?|needs?|requires?|=|:|–|-)"
)
_LEAD = r"(?:a|an|the|each|every|our|any|in a|in an|by|for us,? a|we call|only|to us,? a)"
_CALLS = r"(?:call(?:ed|s)?|known as|count(?:s|ed)? as|qualif(?:y|ies) as|becomes?|is|are|as)"
_SETTLED = 0.5
_STRICT = 0.45                           # the same where the passage has the very form of a definition
_CHANGED = 0.7                           # chance of another meaning from which a definition is a drift


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
        if defined is not None and not defined.strict and verdict.outcome != "nothing":
            defined = None  # it says something of a message, and only mentions the term
        if defined is None:
            yield verdict
            continue
        text = plain(verdict.passage.normal)
        comparison = judge.comparer.compare([(plain(defined.statement.wording), text)])[0]
        same, part, drift, other = comparison.chances
        if same + part >= _SETTLED or (defined.strict and other < _SETTLED and drift < _STRICT):
            yield replace(
                verdict,
                outcome="on-message",
                statement=defined.statement,
                comparison=comparison,
                confidence=comparison.approved_chance,
                similarity=comparison.similarity,
                why=(f"Defines '{defined.statement.id}' as approved.", *comparison.reasons),
            )
        elif drift >= _CHANGED or defined.strict:
            confidence = max(drift, 0.7)
            yield replace(
                verdict,
                outcome="defined-otherwise",
                statement=defined.statement,
                comparison=comparison,
                confidence=confidence,
                similarity=comparison.similarity,
                why=(f"Defines '{defined.statement.id}' otherwise than the guide.", *comparison.reasons),
            )
        else:
            yield verdict


def _defines(view: View, verdict: Verdict, definitions: tuple[Statement, ...]) -> Defined | None:
    text = plain(verdict.passage.normal)
    if text.endswith("?"):
        return None
    block = view.document.blocks[verdict.passage.block]
    for statement in definitions:
        term = r"[\s-]".join(re.escape(word) for word in statement.id.split())
        strict = re.search(
            rf"^[\"']?(?:{_LEAD}\s+)?[\"']?{term}(?:s|es)?[\"']?(?:\s*\([^)]*\))?,?\s*"
            rf"(?:{_VERB}(?=\s|$)|when\b|if\b|as soon as\b|once\b)",
            text,
            re.I,
        ) or re.search(rf"\b{_CALLS}\s+(?:a|an)\s+[\"']?{term}\b", text, re.I)
        if strict:
            return Defined(statement, True)
        if re.search(rf"\b{term}(?:s|es)?\b", text, re.I):
            return Defined(statement, False)
        heading = block.heading.casefold().strip(" :.?")
        if heading.endswith(statement.id.casefold()) and len(heading) < len(statement.id) + 24:
            return Defined(statement, False)
    return None
