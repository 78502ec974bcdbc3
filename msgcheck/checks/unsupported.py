"""Promises on which the guide is silent.

A passage that says nothing of the guide's is a claim where it reads like one, and the surer, the more its very words
promise (`matching/promises.py`) and the less it comes near anything that is approved: a judge that was fitted in place
weighs these. A promise in words also speaks where the passage merely came near an approved statement that promises
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from msgcheck.checks.context import as_read
from msgcheck.guide.statements import APPROVED
from msgcheck.matching.claims import claim_odds
from msgcheck.matching.in_place import CLAIMED
from msgcheck.matching.promises import promise
from msgcheck.matching.together import together
from msgcheck.normalise import plain

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from msgcheck.checks.verdict import Verdict
    from msgcheck.matching.comparison import Comparer
    from msgcheck.model import Block

_BAR = 0.45  # chance in place from which a passage is reported as a claim
_BY_WORDS = 0.05  # the same where its words promise and nothing approved comes near
_CONFIDENCE = 0.75  # at least, there: so many of such passages on the labelled companies are claims
_FEWEST_WORDS = 5
_BESIDE = 0.7  # cosine below which a promise is no part of the approved statement that the passage came near
_WHY = {
    "superiority": "Its words say that it is better than others, or than all.",
    "gain": "Its words put a figure to a gain.",
}


def with_claims(comparer: Comparer, blocks: Sequence[Block], verdicts: Sequence[Verdict]) -> list[Verdict]:
    """`verdicts` on passages of `blocks`, those that promise something that the guide does not say as claims."""
    out = list(verdicts)
    judge = comparer.in_place.get("claim")
    if judge is None:
        return out
    seen = list(claim_rows(comparer, blocks, verdicts))
    chances = judge.chances(np.stack([row for _, row in seen])) if seen else ()
    for (i, row), found in zip(seen, chances, strict=True):
        said = next((kind for kind in _WHY if row[CLAIMED.index(kind)]), "")
        chance = float(found)
        if said and chance >= _BY_WORDS and not any(verdicts[i].beside):
            chance = max(chance, _CONFIDENCE)
        if chance >= _BAR:
            why = (_WHY[said],) if said else ()
            out[i] = replace(verdicts[i], outcome="claim", confidence=chance, why=why)
    return out


def claim_rows(
    comparer: Comparer, blocks: Sequence[Block], verdicts: Sequence[Verdict]
) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """The verdicts whose passages may promise something of their own, by index, and what is seen of each (`CLAIMED`).
    """
    texts = [as_read(blocks[one.passage.block], one.passage) for one in verdicts]
    promises = [promise(text) for text in texts]
    open_ = [
        i
        for i, verdict in enumerate(verdicts)
        if len(texts[i].split()) >= _FEWEST_WORDS
        and (verdict.outcome == "nothing" or (promises[i] and _beside(verdict)))
    ]
    if not open_:
        return
    chosen = [texts[i] for i in open_]
    within = [blocks[verdicts[i].passage.block] for i in open_]
    above = [plain(block.heading) for block in within]
    found = comparer.reader.facts(chosen)
    vectors = comparer.reader.encode(chosen)
    around = together(chosen, vectors, above, comparer.reader.encode(above))
    promising = [bool(promises[i]) for i in open_]
    odds = claim_odds(vectors, around, found, above, chosen, promising, comparer.pair_model)
    for i, text, block, odd in zip(open_, chosen, within, odds, strict=True):
        flags = promises[i] == "superiority", promises[i] == "gain", *(
            block.kind == kind for kind in ("heading", "list-item", "table-row")
        )
        yield i, np.array([odd, *flags, len(text.split()), *verdicts[i].beside[:3]], np.float32)


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
