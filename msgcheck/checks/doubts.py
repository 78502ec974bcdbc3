"""Where the engine is unsure, and what a second opinion makes of it.

An opinion takes the place of a verdict that the engine itself gives about even chances. It never takes the place of an
exact difference of figures, units, names or dates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from msgcheck.checks.verdict import Verdict
from msgcheck.checks.view import View
from msgcheck.guide.statements import APPROVED
from msgcheck.matching.comparison import Comparison
from msgcheck.matching.rows import Row
from msgcheck.matching.second_opinion.dialogue import Content, Opinion
from msgcheck.model import Block, Change, Passage, Question
from msgcheck.normalise import plain

_WEIGHT = 4.0
"""How many times likelier an opinion makes what it says, as if it were right four times out of five."""


def questions(view: View, verdicts: Sequence[Verdict], band: tuple[float, float]) -> Iterator[tuple[Verdict, Question]]:
    """Each verdict whose deciding chance lies in `band`, with what is to be asked about it.

    A drift that an exact difference shows is none: no answer could change it.
    """
    for verdict in verdicts:
        statement, comparison = verdict.statement, verdict.comparison
        if statement is None or comparison is None or statement.section not in APPROVED:
            continue
        doubt = _doubt(verdict.outcome, comparison, band)
        if doubt is None or (verdict.outcome == "drift" and exact(comparison)):
            continue
        block = view.document.blocks[verdict.passage.block]
        around = tuple(_context(block, verdict.passage))
        yield verdict, Question(plain(statement.wording), plain(verdict.passage.normal), around, round(doubt, 6))


def exact(comparison: Comparison) -> tuple[Row, ...]:
    """The differences that no opinion overrules."""
    return tuple(row for row in comparison.facts if row.exact)


def reconsidered(
    view: View, verdicts: Sequence[Verdict], opinions: Mapping[Content, Opinion], band: tuple[float, float]
) -> tuple[Verdict, ...]:
    """The verdicts, with those in doubt that there is an opinion on as it says. A pure function."""
    changed: dict[tuple[int, int], Verdict] = {}
    for verdict, question in questions(view, verdicts, band):
        opinion = opinions.get(question.content)
        if opinion is not None and verdict.comparison is not None:
            passage = verdict.passage
            changed[passage.block, passage.start] = _by(opinion, verdict, verdict.comparison)
    return tuple(changed.get((one.passage.block, one.passage.start), one) for one in verdicts)


def _doubt(outcome: str, comparison: Comparison, band: tuple[float, float]) -> float | None:
    """How far the chance that decided is from even; None where it lies outside of `band`."""
    on_message, drift = comparison.approved_chance, comparison.chances[2]
    deciding = {"on-message": (on_message,), "drift": (drift,), "nothing": (on_message, drift)}.get(outcome, ())
    return min((abs(chance - 0.5) for chance in deciding if band[0] <= chance <= band[1]), default=None)


def _context(block: Block, passage: Passage) -> Iterator[tuple[str, str]]:
    if block.heading and block.kind != "heading":
        yield "heading", plain(block.heading)
    if block.lead_in:
        yield "line that introduces the list", plain(block.lead_in)
    if block.cells and any(block.columns):
        pairs = zip(block.columns, block.cells, strict=False)
        yield "table row", plain("; ".join(f"{column}: {cell}" for column, cell in pairs))
    if passage.before and block.kind != "table-row" and passage.before != block.heading:
        yield "sentence before", plain(passage.before)


def _by(opinion: Opinion, verdict: Verdict, comparison: Comparison) -> Verdict:
    on_message, drift, other = comparison.approved_chance, comparison.chances[2], comparison.chances[3]
    rows = exact(comparison)
    asked = (
        f"The engine alone was unsure (approved {on_message:.2f}, changed {drift:.2f}), so the language model "
        f"'{opinion.model}' was asked for a second opinion:"
    )
    if opinion.relation in ("same", "part"):
        if rows:
            return replace(verdict, second=f"{asked} on message; an exact difference is not overruled by it.")
        says = "the same in other words" if opinion.relation == "same" else "a true part of what is approved"
        read = replace(comparison, relation=opinion.relation, changes=(), confidence=_raised(on_message))
        return replace(
            verdict, outcome="on-message", comparison=read, confidence=read.confidence, second=f"{asked} {says}."
        )
    if opinion.relation == "other":
        if rows and verdict.outcome == "drift":
            return replace(verdict, second=f"{asked} about something else; an exact difference is not overruled by it.")
        return replace(
            verdict, outcome="nothing", comparison=None, confidence=_raised(other),
            second=f"{asked} about something else.",
        )
    changes = tuple(Change(row.kind, row.approved, row.found) for row in rows[:1])
    if opinion.change and opinion.change.kind not in {change.kind for change in changes}:
        changes = (*changes, opinion.change)
    read = replace(comparison, relation="drift", changes=changes, confidence=_raised(drift))
    return replace(
        verdict, outcome="drift", comparison=read, confidence=read.confidence,
        second=f"{asked} it changes what is approved.",
    )


def _raised(chance: float) -> float:
    """The engine's chance of what an opinion says, after it."""
    return round(_WEIGHT * chance / (_WEIGHT * chance + 1.0 - chance), 3)
