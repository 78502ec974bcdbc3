"""Promises on which the guide is silent.

A passage that nothing in the guide is about is a claim where it surely reads like one, or where its very words promise
(`matching/promises.py`). A promise in words also speaks where the passage merely came near an approved statement that
promises nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from msgcheck.guide.statements import APPROVED
from msgcheck.matching.claims import claim_chances
from msgcheck.matching.promises import promise
from msgcheck.matching.together import together

if TYPE_CHECKING:
    import numpy as np

    from msgcheck.checks.verdict import Verdict
    from msgcheck.matching.comparison import Comparer

_FIRST = 0.35  # chance of a claim from which the pair model is asked
_SURE = 0.98  # in collateral few passages are claims: where the words promise nothing, the chance has to be high
_HEADING = 0.99  # of a heading, which names a theme far more often than it promises
_WITH_WORDS = 0.3  # chance that is enough where the words promise
_CONFIDENCE = 0.75  # of those at least; of labelled passages whose words promise, four in five are claims
_FEWEST_WORDS = 5
_UNRELATED = 0.35  # chance of being about an entry from which the guide is not silent
_BESIDE = 0.7  # cosine below which a promise is no part of the approved statement that the passage came near
_WHY = {
    "superiority": "Its words say that it is better than others, or than all.",
    "gain": "Its words put a figure to a gain.",
}


def with_claims(
    comparer: Comparer, verdicts: Sequence[Verdict], texts: Sequence[str], vectors: np.ndarray,
    headings: Sequence[str], are_headings: Sequence[bool],
) -> list[Verdict]:
    """`verdicts`, those that promise something that the guide does not say as claims.

    `texts`, their `vectors` [n, d], the `headings` above them and whether each is a heading itself go with them.
    """
    promises = [promise(text) for text in texts]
    open_ = [
        i
        for i, verdict in enumerate(verdicts)
        if len(texts[i].split()) >= _FEWEST_WORDS and (_silent(verdict) or (promises[i] and _beside(verdict)))
    ]
    out = list(verdicts)
    if not open_:
        return out
    chosen, above = [texts[i] for i in open_], [headings[i] for i in open_]
    found = comparer.reader.facts(chosen)
    around = together(chosen, vectors[open_], above, comparer.reader.encode(above))
    chances = claim_chances(vectors[open_], around, found, above, chosen, comparer.pair_model, _FIRST)
    for i, chance in zip(open_, chances, strict=True):
        said = promises[i]
        if said and chance >= _WITH_WORDS:
            confidence = max(float(chance), _CONFIDENCE)
            out[i] = replace(verdicts[i], outcome="claim", confidence=confidence, why=(_WHY[said],))
        elif verdicts[i].outcome == "nothing" and chance >= (_HEADING if are_headings[i] else _SURE):
            out[i] = replace(verdicts[i], outcome="claim", confidence=float(chance))
    return out


def _silent(verdict: Verdict) -> bool:
    """Whether the guide is silent on what a passage says."""
    about = verdict.comparison.about_chance if verdict.comparison else 0.0
    return verdict.outcome == "nothing" and about < _UNRELATED


def _beside(verdict: Verdict) -> bool:
    """Whether a passage came near an approved statement that does not promise."""
    statement = verdict.statement
    return (
        verdict.outcome == "on-message"
        and statement is not None
        and statement.section in APPROVED
        and (verdict.similarity or 0.0) < _BESIDE
        and not promise(statement.wording)
    )
