"""What a guide says against itself by meaning, with the engine that holds collateral against it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from msgcheck.authoring.lint import Remark
from msgcheck.guide.model import Guide, Message
from msgcheck.guide.statements import APPROVED, Key, Statement, entries, statements
from msgcheck.normalise import normalise

if TYPE_CHECKING:
    from msgcheck.matching.comparison import Comparison

_NEAR = 0.6
"""Statements whose embeddings are less alike are taken to speak of different things."""
_SURE = 0.75
_LIKELY = 0.65
_ALIKE = 0.8
"""What is prohibited and what is approved often speak of one thing; only nearly the same words are worth a remark."""
_AGAINST = frozenset(
    {"number", "timeframe", "unit", "negation", "contradiction", "qualifier", "scope", "strength", "condition"}
)


def drifting_variants(guide: Guide) -> Iterator[Remark]:
    """Variants that do not say what their own statement says."""
    pairs = [(entry, variant) for entry in _entries(guide) for variant in entry.variants]
    found = _compared([(entry.statement, variant) for entry, variant in pairs])
    for (entry, variant), comparison in zip(pairs, found, strict=True):
        if _drifts(comparison):
            yield Remark(
                "warning",
                f"The variant '{variant}' of `{_id(entry)}` drifts from its statement: {_changes(comparison)}.",
                entry.place,
                "Approve it as a message of its own, or bring it in line with the statement.",
            )


def contradictions(guide: Guide) -> Iterator[Remark]:
    """Pairs of approved statements that say different things of the same, whichever is held against the other."""
    main = [one for one in statements(guide, APPROVED) if one.index == 0]
    near = _near_pairs([one.wording for one in main])
    found = _compared([(main[left].wording, main[right].wording) for left, right in near])
    suspects = [(pair, comparison) for pair, comparison in zip(near, found, strict=True) if _drifts(comparison)]
    turned = _compared([(main[right].wording, main[left].wording) for (left, right), _ in suspects])
    places = _places(guide)
    for ((left, right), comparison), other_way in zip(suspects, turned, strict=True):
        kinds = {change.kind for change in comparison.changes}
        if _drifts(other_way) and kinds & _AGAINST and "entity" not in kinds:
            one, other = main[left], main[right]
            yield Remark(
                "warning",
                f"{_said(one)} and {_said(other)} may contradict each other: {_changes(comparison)}.",
                places.get((one.section, one.id), ""),
                "Say in both of what they hold, or correct one.",
            )


def forbidden_meanings(guide: Guide) -> Iterator[Remark]:
    """Approved statements that mean what another entry prohibits or has retired."""
    approved = [one for one in statements(guide, APPROVED) if one.index == 0]
    banned = statements(guide, ("prohibited", "retired"))
    texts = [one.wording for one in approved] + [one.wording for one in banned]
    near = [(left, right - len(approved)) for left, right in _near_pairs(texts) if left < len(approved) <= right]
    found = _compared([(banned[right].wording, approved[left].wording) for left, right in near])
    places = _places(guide)
    for (left, right), comparison in zip(near, found, strict=True):
        if comparison.relation == "same" and comparison.confidence >= _LIKELY and comparison.similarity >= _ALIKE:
            one, other = approved[left], banned[right]
            what = "prohibits" if other.section == "prohibited" else "has retired"
            yield Remark(
                "warning",
                f"{_said(one)} means what `{other.id}` {what}: '{other.wording}'.",
                places.get((one.section, one.id), ""),
                "Correct one of the two.",
            )


def _drifts(comparison: Comparison) -> bool:
    return comparison.relation == "drift" and comparison.confidence >= _SURE


def _entries(guide: Guide) -> tuple[Message, ...]:
    return (*guide.messages, *guide.claims, *guide.facts)


def _places(guide: Guide) -> dict[Key, str]:
    return {key: entry.place for key, entry in entries(guide, APPROVED)}


def _id(entry: Message) -> str:
    return entry.id or entry.statement


def _said(one: Statement) -> str:
    return f"{one.section} `{one.id}`"


def _changes(comparison: Comparison) -> str:
    shown = [f"{change.kind} ('{change.approved}' / '{change.found}')" for change in comparison.changes[:3]]
    return ", ".join(shown) or "the meaning differs"


def _compared(pairs: list[tuple[str, str]]) -> list[Comparison]:
    if not pairs:
        return []
    from msgcheck.matching.comparison import default_comparer

    return default_comparer().compare([(normalise(one).text, normalise(other).text) for one, other in pairs])


def _near_pairs(texts: list[str]) -> list[tuple[int, int]]:
    """The pairs of texts (by index, the smaller first) that may speak of the same thing."""
    if len(texts) < 2:
        return []
    from msgcheck.language.encoder import load_encoder

    vectors = load_encoder().encode([normalise(text).text for text in texts])
    alike = vectors @ vectors.T
    return [(left, right) for left, right in combinations(range(len(texts)), 2) if alike[left, right] >= _NEAR]
