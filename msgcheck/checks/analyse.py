"""One document against the guide: `Analyser.analyse(document, role) → DocumentResult`, a pure function.

The verdicts of the passages come first; the rules of meaning are projections of them, what a document must carry is
held against what it does carry, and names and words are looked at beside. Nothing of another document is known here.
"""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from msgcheck.checks import DOCUMENT_CHECKS
from msgcheck.checks.presence import check_presence
from msgcheck.checks.view import View
from msgcheck.guide.model import Guide
from msgcheck.language.passages import passages
from msgcheck.model import Document, DocumentResult, Engine, Finding, Reason, Role
from msgcheck.revision import ENGINE_VERSION

if TYPE_CHECKING:
    from msgcheck.checks.meaning import Meaning
    from msgcheck.checks.verdict import Verdict


@dataclass(frozen=True)
class Analyser:
    """All that the analysis of a document depends on, beside the document. `meaning` is loaded with its models."""

    guide: Guide
    as_of: datetime.date
    meaning: Meaning | None = None
    include_hidden: bool = False
    keep_blocks: bool = False

    def analyse(self, document: Document, role: Role) -> DocumentResult:
        """The findings of `document`, as checks leave them, and the facts for rules that compare documents."""
        if document.status == "unread":
            return _bare(document, role)
        if role.skip:
            return _skipped(document, role, "collateral", "The guide's collateral section skips it.")
        if document.language and document.language != self.guide.language:
            text = f"It is in '{document.language}', and the guide speaks '{self.guide.language}'."
            return _skipped(document, role, "language", text)
        view = self.view(document, role)
        verdicts = self.meaning.judge(view) if self.meaning else ()
        carried = self.meaning.carried(view, verdicts) if self.meaning else ()
        found: list[Finding] = []
        if self.meaning:
            found.extend(self.meaning.findings(view, verdicts))
        for check in DOCUMENT_CHECKS:
            found.extend(check(view))
        found.extend(check_presence(view, carried, self.meaning.presence(view, verdicts) if self.meaning else None))
        return DocumentResult(
            document=document if self.keep_blocks else replace(document, blocks=(), looks=()),
            role=role,
            passages=len(view.passages),
            blocks=len(document.blocks),
            layers=tuple(sorted(Counter(block.layer for block in document.blocks).items())),
            findings=tuple(found),
            assertions=self.meaning.assertions(view, verdicts) if self.meaning else (),
            carried=carried,
            unsure=self.meaning.unsure(view, verdicts) if self.meaning else (),
        )

    @property
    def engine(self) -> Engine:
        """What did the comparing."""
        return self.meaning.engine if self.meaning else Engine(ENGINE_VERSION, "", None)

    def remarks(self, view: View) -> dict[tuple[int, int], tuple[str, ...]]:
        """What each passage was found to be about and why, by its block and start; for a person who asks."""
        if not self.meaning:
            return {}
        verdicts = self.meaning.judge(view)
        return {(one.passage.block, one.passage.start): (_about(one), *_doubt(one), *one.why) for one in verdicts}

    def view(self, document: Document, role: Role) -> View:
        """`document` as the checks see it."""
        found = passages(document, self.guide.language)
        return View(document, role, found, self.guide, self.as_of, self.include_hidden)


_OUTCOMES = {
    "verbatim": "Approved words",
    "on-message": "On message",
    "drift": "Drifts",
    "prohibited": "May never be said",
    "retired": "Retired",
    "defined-otherwise": "Defined otherwise",
    "claim": "A claim that nothing in the guide supports",
    "nothing": "No claim, and not about anything in the guide",
}
_ENTRIES = {
    "messages": "message", "claims": "claim", "facts": "fact", "prohibited": "prohibited claim",
    "retired": "retired message", "definitions": "definition of", "boilerplate": "boilerplate", "taglines": "tagline",
}
_DOUBT = 0.3
"""Chance of being about an entry after all from which it is told."""


def _about(verdict: Verdict) -> str:
    """What a passage is about, in a line: the outcome, the entry, and how sure that is."""
    entry = verdict.statement
    before = "; nearest is the" if verdict.outcome in ("nothing", "claim") else ": the"
    name = f" {entry.id}," if entry and entry.section != "facts" else ""
    about = f"{before} {_ENTRIES[entry.section]}{name} '{entry.wording}'" if entry else ""
    outcome = _OUTCOMES[verdict.outcome]
    if verdict.outcome == "on-message" and verdict.comparison and verdict.comparison.relation == "drift":
        outcome = "Perhaps drifts, too unsure to be reported"
    return f"{outcome}{about} (confidence {verdict.confidence:.2f})"


def _doubt(verdict: Verdict) -> tuple[str, ...]:
    """Why a passage that may be about an entry after all was let pass."""
    compared = verdict.comparison
    if verdict.outcome != "nothing" or compared is None or compared.about_chance < _DOUBT:
        return ()
    approved, drift = compared.approved_chance, compared.chances[2]
    chances = f"It may agree with it (chance {approved:.2f}) or drift from it ({drift:.2f})"
    return (f"{chances}; neither is likely enough to say.", *compared.reasons)


def _bare(document: Document, role: Role) -> DocumentResult:
    return DocumentResult(replace(document, blocks=()), role)


def _skipped(document: Document, role: Role, code: str, text: str) -> DocumentResult:
    return _bare(replace(document, status="skipped", reasons=(Reason(code, "", text),)), role)
