"""Whether a passage, or a document, uses an entry of the guide so surely that it has consequences."""

from __future__ import annotations

from collections.abc import Sequence

from msgcheck.checks.verdict import Judge, Verdict
from msgcheck.checks.view import PRESENCE_LAYERS, View
from msgcheck.guide.model import Message
from msgcheck.guide.statements import Key
from msgcheck.matching.rows import FIGURES
from msgcheck.normalise import plain

_USED, _USED_NEAR = 0.6, 0.5
"""Chance of being about an entry, and cosine, from which a passage uses it, whatever it makes of it: of labelled
passages about another statement one in a thousand has both."""
_SAID_NEARLY = 0.5  # chance of saying a whole message, rightly or wrongly, so that it is not missing


def is_use(verdict: Verdict) -> bool:
    """Whether a passage surely uses the entry of its verdict, well or badly told: a question never does."""
    about = verdict.comparison.about_chance if verdict.comparison else 0.0
    if verdict.outcome != "nothing":
        about = max(about, verdict.confidence)
    return about >= _USED and (verdict.similarity or 0.0) >= _USED_NEAR and not _asks(verdict)


def sure_uses(verdicts: Sequence[Verdict]) -> frozenset[Key]:
    """The entries that are surely used, with their own figures: what a disclaimer hangs on."""
    return frozenset(
        (one.statement.section, one.statement.id)
        for one in verdicts
        if one.statement is not None
        and (one.outcome == "verbatim" or (one.outcome == "on-message" and is_use(one) and _figures_stand(one)))
    )


def nearly_said(view: View, verdicts: Sequence[Verdict], judge: Judge, messages: dict[Key, Message]) -> frozenset[Key]:
    """Those `messages` that the document must carry and that some passage says, whatever else it is about."""
    kind = view.role.kind
    wanted = {key for key, entry in messages.items() if kind in entry.required_in and entry.applies(kind)}
    if not wanted:
        return frozenset()
    blocks = view.document.blocks
    texts = [
        plain(one.passage.normal)
        for one in verdicts
        if blocks[one.passage.block].layer in PRESENCE_LAYERS and not _asks(one)
    ]
    pairs = judge.approved.worth_comparing(texts, wanted)
    compared = judge.comparer.compare([(plain(statement.wording), text) for statement, text in pairs])
    return frozenset(
        (statement.section, statement.id)
        for (statement, _), comparison in zip(pairs, compared, strict=True)
        if comparison.chances[0] + comparison.chances[2] >= _SAID_NEARLY and comparison.similarity >= _USED_NEAR
    )


def _asks(verdict: Verdict) -> bool:
    return verdict.passage.normal.rstrip("\"' ").endswith("?")


def _figures_stand(verdict: Verdict) -> bool:
    """Whether a passage gives the entry's own figures: without them it needs no footnote."""
    if verdict.comparison is None:
        return True
    rows = verdict.comparison.facts
    if any(row.kind in FIGURES and row.judgement == "differs" for row in rows):
        return False
    if any(row.what == "comparator" and row.judgement in ("differs", "dropped") for row in rows):
        return False
    wording = verdict.statement.wording if verdict.statement else ""
    equal = any(row.kind in FIGURES and row.judgement in ("equal", "implied") for row in rows)
    return equal or not any(character.isdigit() for character in wording)
