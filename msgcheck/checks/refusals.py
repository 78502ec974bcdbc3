"""What the guide refuses, said again: a prohibited statement, a retired message. Denials of them pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from msgcheck.checks.candidates import stands_in
from msgcheck.guide.statements import Statement
from msgcheck.matching.comparison import Comparer, Comparison
from msgcheck.matching.in_place import Question
from msgcheck.matching.rows import FIGURES
from msgcheck.normalise import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BARS: Mapping[Question, float] = {"prohibited": 0.45, "retired": 0.6}
"""Chances from which a passage says what the guide refuses."""
_ABOUT = 0.1  # chance of being about a retired message from which it may be one
_SHORT, _PLAINLY = 5, 0.75  # words of a short one, and the chance of saying it that it needs
_CERTAIN = 0.9
_IN_ITS_WORDS = 0.95  # confidence where a refused wording stands in the passage as it is

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
    r"^never (?:that|tell|promise|claim|call|write|offer|let)\b|"
    r"\b(?:promise|guarantee|claim|say)s? nothing\b|\bnothing of the (?:kind|sort)\b|"
    r"\bno \w+(?: \w+){0,2} can be said to\b|\b(?:sorry|alas|regrettably|unfortunately)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Refused:
    """A refused wording that a passage says, with the chance that it does; `literal`: its words stand there."""

    statement: Statement
    comparison: Comparison
    chance: float
    literal: bool = False


def denial(text: str) -> bool:
    """Whether a passage denies, forbids or asks what it may seem to say: 'we cannot promise', 'never say', 'is it?'."""
    return text.rstrip("\"') ").endswith("?") or bool(_DENIAL.search(text))


def refusals(
    comparer: Comparer, text: str, entries: Sequence[Sequence[tuple[Statement, str]]], beside: Sequence[float]
) -> list[Refused]:
    """The refused wordings that `text` says; `entries` are the wordings of each that come near, each with its plain
    text, `beside` says how the text stands to the approved entries that it comes near (`BESIDE`).
    """
    near = [] if denial(text) else [pair for entry in entries for pair in entry]
    compared = comparer.compare([(wording, text) for _, wording in near]) if near else []
    folded = f" {fold(text)} "
    found: list[Refused] = []
    open_: list[int] = []
    for k, ((statement, wording), comparison) in enumerate(zip(near, compared, strict=True)):
        if stands_in(fold(wording), folded):
            found.append(Refused(statement, comparison, _IN_ITS_WORDS, literal=True))
        elif statement.section in comparer.in_place and worth_judging(statement, comparison):
            open_.append(k)
    if open_:
        rows = refusal_rows(comparer, [(near[k][1], text) for k in open_], beside)
        for section, bar in _BARS.items():
            of_it = [n for n, k in enumerate(open_) if near[k][0].section == section]
            chances = comparer.in_place[section].chances(rows[of_it]) if of_it else ()
            for n, chance in zip(of_it, chances, strict=True):
                if chance >= bar:
                    found.append(Refused(near[open_[n]][0], compared[open_[n]], float(chance)))
    return found


def worth_judging(statement: Statement, comparison: Comparison) -> bool:
    """Whether a passage may say a refused wording at all; a retired one is told much as it was, with its own figures,
    and a short one, which many a text comes near, plainly.
    """
    if statement.section == "prohibited":
        return True
    short = len(statement.wording.split()) <= _SHORT
    said = comparison.approved_chance >= _PLAINLY if short else comparison.about_chance >= _ABOUT
    return said and not _other_figures(comparison)


def _other_figures(comparison: Comparison) -> bool:
    """Whether a passage gives other figures than the refused wording: then it says something else."""
    return any(
        row.judgement == "differs" and row.kind in FIGURES and row.certainty >= _CERTAIN for row in comparison.facts
    )


def refusal_rows(
    comparer: Comparer, pairs: Sequence[tuple[str, str]], beside: Sequence[float]
) -> NDArray[np.float32]:
    """[n, len(REFUSED)]: what the judges in place see of pairs of a refused wording and one and the same passage."""
    odds = comparer.pair_model.violates(pairs) if comparer.pair_model else np.zeros(len(pairs), np.float32)
    return np.hstack(
        [comparer.evidence(pairs), odds[:, None], np.tile(np.array(beside, np.float32), (len(pairs), 1))]
    )


def likeliest(found: Iterable[Refused]) -> Refused | None:
    """The one with the greatest chance."""
    return max(found, key=lambda one: one.chance, default=None)
