"""What the guide refuses, said again: a prohibited statement, a retired message. Denials of them pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgcheck.checks.candidates import stands_in
from msgcheck.guide.statements import Statement
from msgcheck.matching.comparison import Comparer, Comparison
from msgcheck.matching.rows import FIGURES
from msgcheck.matching.violations import violation_judge
from msgcheck.normalise import fold

_RETIRED = 0.4  # chance that a retired message is said again; of labelled restatements 83% reach it, of others 0.8%
_RETIRED_SHORT, _SHORT = 0.75, 5         # the same for a wording of at most so many words, which many a text comes near
_RETIRED_NEAR, _RETIRED_PART = 0.33, 0.65  # cosines from which a passage may use a retired message, or a part of one
_PROHIBITED = 0.6  # chance that a prohibited statement is said again, where there is no pair model
_SILENT = 0.75  # chance that is enough where a sentence is about nothing that is approved
_IN_ITS_WORDS = 0.95  # confidence where a refused wording stands in the passage as it is
_CERTAIN = 0.9

_NOT = (
    r"(?:cannot|can't|could not|(?:do|does|did|will|would|must|should|may) not|(?:do|does|did|wo|would)n't|never|nor|"
    r"neither|no longer)"
)
_PROMISE = (
    r"(?:promise[sd]?|guarantee[sd]?|claim(?:ed|s)?|say|said|offer(?:ed|s)?|assure[sd]?|vouch|give|call(?:ed)?|"
    r"describe[sd]?|print|write|use[sd]?)"
)
_DENIAL = re.compile(
    rf"\b{_NOT} (?:\w+ ){{0,2}}?{_PROMISE}\b|\bno (?:guarantee|promise)\b|\b(?:is|are|was|makes?) no exception\b|"
    r"\bno \w+(?: \w+){0,3} (?:can|is|are|has|have) (?:ever )?(?:\w+ )?"
    r"(?:promise|guarantee|free|without|immune|safe)\b|"
    r"\bno (?:\w+ )?(?:foolproof|fail-?safe|infallible|flawless|perfect|absolute|unbreakable|bulletproof|such thing)\b|"
    r"\bwe (?:used to|once|formerly|no longer)\b|\bformerly\b|\bnot true\b|\bmyth\b|"
    r"\b(?:nobody|no one|none|nothing) (?:can|could|will|is) (?:ever )?(?:be )?"
    r"(?:sure|certain|promised?|guaranteed?|know|say|tell|rule out|foresee)\b|"
    r"\bno \w+(?: \w+){0,2} can be said to\b|\b(?:sorry|alas|regrettably|unfortunately)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Refused:
    """A refused wording that a passage says, with the chance that it does; `literal`: its words stand there; not
    `sure`: said only if the guide approves of nothing like it.
    """

    statement: Statement
    comparison: Comparison
    chance: float
    literal: bool = False
    sure: bool = True


def denial(text: str) -> bool:
    """Whether a passage denies, forbids or asks what it may seem to say: 'we cannot promise', 'never say', 'is it?'."""
    return text.rstrip("\"') ").endswith("?") or bool(_DENIAL.search(text))


def refusals(
    comparer: Comparer, text: str, entries: Sequence[Sequence[tuple[Statement, str]]]
) -> list[Refused]:
    """The refused wordings that `text` says; `entries` are the wordings of each that come near, each with its plain
    text.
    """
    return [] if denial(text) else [one for entry in entries for one in _said(comparer, text, entry)]


def likeliest(found: Iterable[Refused]) -> Refused | None:
    """The one with the greatest chance."""
    return max(found, key=lambda one: one.chance, default=None)


def _said(comparer: Comparer, text: str, entry: Sequence[tuple[Statement, str]]) -> list[Refused]:
    pairs = [(wording, text) for _, wording in entry]
    folded = f" {fold(text)} "
    prohibited = entry[0][0].section == "prohibited"
    odds = comparer.pair_model.violates(pairs) if comparer.pair_model and prohibited else None
    found: list[Refused] = []
    for k, ((statement, wording), comparison) in enumerate(zip(entry, comparer.compare(pairs), strict=True)):
        same, part, _, _ = comparison.chances
        chance = comparison.approved_chance
        words = fold(wording)
        if stands_in(words, folded):
            found.append(Refused(statement, comparison, _IN_ITS_WORDS, literal=True))
        elif odds is not None:
            violation = violation_judge().chance(comparison.chances, float(odds[k]), comparison.similarity)
            if violation >= _SILENT:
                found.append(Refused(statement, comparison, violation, sure=violation >= violation_judge().bar))
        elif chance >= (_PROHIBITED if prohibited else _RETIRED_SHORT if len(words.split()) <= _SHORT else _RETIRED):
            near = _RETIRED_NEAR if same > part else _RETIRED_PART  # a part of it is no use, unless in its very words
            if prohibited or (comparison.similarity >= near and not _other_figures(comparison)):
                found.append(Refused(statement, comparison, chance))
    return found


def _other_figures(comparison: Comparison) -> bool:
    """Whether a passage gives other figures than the refused wording: then it says something else."""
    return any(
        row.judgement == "differs" and row.kind in FIGURES and row.certainty >= _CERTAIN for row in comparison.facts
    )


def approved_rather(refusal: Refused, chance: float, similarity: float) -> bool:
    """Whether a passage that says something approved with that chance and cosine says it rather than the refused."""
    if refusal.literal or chance < 0.5:
        return False
    if refusal.statement.section == "retired" and chance > refusal.chance:
        return True
    return similarity > refusal.comparison.similarity
