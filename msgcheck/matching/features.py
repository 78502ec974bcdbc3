"""What the judge sees of a pair: the rows of exact comparison, how far the words align, and the pair model's opinion.

`NAMES` fixes the order; `features` returns one float32 vector of that length. Every feature is a fact of the two texts
alone, so the same pair has the same features wherever it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from msgcheck.language.facts import Facts
from msgcheck.matching.conditions import clauses, lost_condition
from msgcheck.matching.differences import differences
from msgcheck.matching.leftover import Leftover, leftover
from msgcheck.matching.rows import Row
from msgcheck.matching.small_words import SMALL_WORDS, small_words
from msgcheck.model import CHANGE_KINDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

_GROUPS: dict[str, str] = {
    "duration": "time",
    "frequency": "time",
    "availability": "time",
    "ratio": "ratio",
    "count": "count",
    "factor": "factor",
    "comparator": "comparator",
    "statistic": "statistic",
    "kind of day": "rate",
    "rate": "rate",
    "date": "date",
    "identifier": "identifier",
    "edition": "identifier",
    "name": "name",
    "negated word": "negated",
    "negated noun": "negated noun",
    "firmness of verb": "firmness",
    "amount of noun": "amount",
    "negation": "negation",
    "strength": "strength",
    "scope": "scope",
    "only": "only",
    "condition": "condition",
    "exception": "exception",
    "exchanged name": "name",
    "place": "name",
    "unlike units": "rate",
    "unlike times": "time",
    "firmness": "firmness",
    "share": "amount",
    "restriction": "only",
    "denial": "negated",
    "denied thing": "negated noun",
    "exception lifted": "exception",
    "condition clause": "condition",
    "condition lifted": "condition",
    "opposite": "negated",
    "party": "negated",
}
GROUPS = (
    "time",
    "ratio",
    "count",
    "factor",
    "measure",
    "comparator",
    "statistic",
    "rate",
    "date",
    "identifier",
    "name",
    "negated",
    "negated noun",
    "firmness",
    "amount",
    "negation",
    "strength",
    "scope",
    "only",
    "condition",
    "exception",
)
_JUDGED = ("differs", "dropped", "added", "implied")
_FIGURES = ("time", "ratio", "count", "factor", "measure", "date")
PAIR_OUTPUTS = ("same", "part", "drift", "other", *CHANGE_KINDS)
"""What the pair model says of a pair, as logits, in this order."""

NAMES: tuple[str, ...] = (
    *(f"{group} {judged}" for group in GROUPS for judged in _JUDGED),
    *(f"{group} equal" for group in _FIGURES),
    "figures approved",
    "figures found",
    "figures equal",
    "figures unmatched",
    "strength approved",
    "strength found",
    "scope approved",
    "scope found",
    "words approved",
    "words found",
    "lemmas of approved kept",
    "lemmas of found known",
    "question",
    "cosine",
    "align approved mean",
    "align approved worst",
    "align approved second worst",
    "align approved lost",
    "align found mean",
    "align found worst",
    "align found second worst",
    "align found new",
    *(
        f"{side} {pos} {what}"
        for side in ("approved", "found")
        for pos in ("noun", "verb", "modifier")
        for what in ("unmatched", "worst")
    ),
    "figures in other company",
    "aligned negation turned",
    "longest run",
    "edit distance",
    "rows that decide",
    "words kept",
    "words known",
    "words left approved",
    "words left found",
    "clauses approved",
    "clauses found",
    "condition lost",
    "condition added",
    *(f"small words {name}" for name in SMALL_WORDS),
    *(f"pair {output}" for output in PAIR_OUTPUTS),
    "pair approved against drift",
)
_WORD_CLASSES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("noun", ("NOUN", "PROPN")),
    ("verb", ("VERB",)),
    ("modifier", ("ADJ", "ADV")),
)
OPINIONS = tuple(range(len(NAMES) - len(PAIR_OUTPUTS) - 1, len(NAMES)))
"""The features that the pair model fills (`with_margin`); `features` leaves them 0."""


def with_margin(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """[n, outputs] logits of the pair model → [n, len(OPINIONS)], the margin of approved over drifted beside them."""
    margin = np.logaddexp(logits[:, 0], logits[:, 1]) - logits[:, 2]
    return np.hstack([logits, margin[:, None]]).astype(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A text with its facts and its vectors: `vector` [d] of the whole, `matrix` [t, d] of its tokens (unit length),
    and `spans` [t] of the tokens' offsets.
    """

    facts: Facts
    vector: NDArray[np.float32]
    matrix: NDArray[np.float32]
    spans: tuple[tuple[int, int], ...]

    @property
    def text(self) -> str:
        return self.facts.text


@dataclass(frozen=True, slots=True)
class Alignment:
    """For each content word of a text, its lemma, offsets, and the nearest word of the other text with the cosine."""

    words: tuple[tuple[str, int, int], ...]
    nearest: tuple[tuple[str, float], ...]


def group_of(row: Row) -> str:
    return _GROUPS.get(row.what, "measure")


def features(approved: Sentence, found: Sentence, rows: tuple[Row, ...] | None = None) -> NDArray[np.float32]:
    rows = differences(approved.facts, found.facts) if rows is None else rows
    values: dict[str, float] = dict.fromkeys(NAMES, 0.0)
    equal = unmatched = 0.0
    for row in rows:
        group = group_of(row)
        if row.judgement == "equal":
            if group in _FIGURES:
                values[f"{group} equal"] += 1
                equal += 1
            continue
        key = f"{group} {row.judgement}"
        values[key] = max(values[key], row.certainty)
        if group in _FIGURES:
            unmatched += 1
    a, b = approved.facts, found.facts
    values["figures approved"] = len(a.quantities) + len(a.moments)
    values["figures found"] = len(b.quantities) + len(b.moments)
    values["figures equal"], values["figures unmatched"] = equal, unmatched
    for kind in ("strength", "scope"):
        values[f"{kind} approved"] = min((c.level for c in a.of(kind)), default=2.5)
        values[f"{kind} found"] = min((c.level for c in b.of(kind)), default=2.5)
    left, right = {w.lemma for w in a.words}, {w.lemma for w in b.words}
    values["words approved"], values["words found"] = len(a.words), len(b.words)
    values["lemmas of approved kept"] = len(left & right) / max(1, len(left))
    values["lemmas of found known"] = len(left & right) / max(1, len(right))
    values["question"] = float(b.question)
    values["cosine"] = float(approved.vector @ found.vector)
    forth, back = align(approved, found), align(found, approved)
    for side, alignment, fourth in (("approved", forth, "lost"), ("found", back, "new")):
        near = sorted(score for _, score in alignment.nearest) or [1.0]
        values[f"align {side} mean"] = sum(near) / len(near)
        values[f"align {side} worst"] = near[0]
        values[f"align {side} second worst"] = near[min(1, len(near) - 1)]
        values[f"align {side} {fourth}"] = sum(score < 0.45 for score in near)
    for side, alignment, mine, others in (("approved", forth, a, right), ("found", back, b, left)):
        tags = {(w.lemma, w.start): w.pos for w in mine.words}
        for pos, classes in _WORD_CLASSES:
            scores = [
                score
                for (lemma, start, _), (_, score) in zip(alignment.words, alignment.nearest, strict=True)
                if lemma not in others and tags.get((lemma, start), "") in classes
            ]
            values[f"{side} {pos} unmatched"] = len(scores)
            values[f"{side} {pos} worst"] = min(scores, default=1.0)
    values["figures in other company"] = _swapped(a, b)
    values["aligned negation turned"] = float(
        sum(
            (lemma in a.negated) != (other in b.negated)
            for (lemma, _, _), (other, score) in zip(forth.words, forth.nearest, strict=True)
            if score > 0.6
        )
    )
    first, second = a.text.casefold().split(), b.text.casefold().split()
    values["longest run"] = _longest_run(first, second) / max(1, len(first))
    values["edit distance"] = _edits(first, second) / max(1, len(first), len(second))
    _left_over(values, a, b)
    values["rows that decide"] = sum(row.exact for row in rows)
    return np.array([values[name] for name in NAMES], dtype=np.float32)


def _left_over(values: dict[str, float], a: Facts, b: Facts) -> None:
    """What only one side has: content words, conditions, and small words by class (found less approved)."""
    left = leftover(a, b)
    values["words kept"], values["words known"] = left.kept, left.known
    values["words left approved"], values["words left found"] = len(left.approved), len(left.found)
    values["clauses approved"], values["clauses found"] = len(clauses(a.text)), len(clauses(b.text))
    values["condition lost"] = lost_condition(a, b, left)
    values["condition added"] = lost_condition(b, a, Leftover(left.found, left.approved, left.known, left.kept))
    ours, theirs = small_words(a.text), small_words(b.text)
    for name in SMALL_WORDS:
        values[f"small words {name}"] = len(theirs.get(name, ())) - len(ours.get(name, ()))


def align(one: Sentence, other: Sentence) -> Alignment:
    words, vectors = _word_vectors(one)
    others, other_vectors = _word_vectors(other)
    if not words or not others:
        return Alignment(tuple(words), tuple(("", 0.0) for _ in words))
    cosines = vectors @ other_vectors.T
    best = cosines.argmax(axis=1)
    return Alignment(tuple(words), tuple((others[j][0], float(cosines[i, j])) for i, j in enumerate(best)))


@lru_cache(maxsize=512)
def _word_vectors(sentence: Sentence) -> tuple[list[tuple[str, int, int]], NDArray[np.float32]]:
    """The content words of a sentence with the mean vector of their tokens, [n, d] of unit length."""
    words: list[tuple[str, int, int]] = []
    rows: list[NDArray[np.float32]] = []
    for word in sentence.facts.words:
        inside = [i for i, (s, e) in enumerate(sentence.spans) if s < word.end and word.start < e]
        if inside:
            mean = sentence.matrix[inside].mean(axis=0)
            words.append((word.lemma, word.start, word.end))
            rows.append(mean / max(1e-9, float(np.linalg.norm(mean))))
    return words, np.stack(rows) if rows else np.zeros(
        (0, sentence.matrix.shape[1] if sentence.matrix.size else 1), np.float32
    )


def _swapped(a: Facts, b: Facts) -> float:
    """The least share of shared words around a figure that stands in both texts: low where two figures changed
    places.
    """
    least = 1.0
    if len(a.quantities) < 2:
        return least
    for one in a.quantities:
        twin = next(
            (
                other
                for other in b.quantities
                if other.dimension == one.dimension and other.low == one.low and other.high == one.high
            ),
            None,
        )
        if twin is not None:
            mine, theirs = _around(a, one.start, one.end), _around(b, twin.start, twin.end)
            if mine and theirs:
                least = min(least, len(mine & theirs) / min(len(mine), len(theirs)))
    return least


def _around(found: Facts, start: int, end: int) -> set[str]:
    near = sorted(found.words, key=lambda w: min(abs(w.start - end), abs(start - w.end)))[:3]
    return {w.lemma for w in near}


def _longest_run(one: list[str], other: list[str]) -> int:
    best, previous = 0, [0] * (len(other) + 1)
    for word in one:
        current = [0] * (len(other) + 1)
        for j, theirs in enumerate(other, 1):
            if word == theirs:
                current[j] = previous[j - 1] + 1
                best = max(best, current[j])
        previous = current
    return best


def _edits(one: list[str], other: list[str]) -> int:
    previous = list(range(len(other) + 1))
    for i, word in enumerate(one, 1):
        current = [i]
        for j, theirs in enumerate(other):
            if word == theirs:
                cost = previous[j]
            else:
                cost = previous[j] if previous[j] < previous[j + 1] else previous[j + 1]
                cost = (cost if cost < current[-1] else current[-1]) + 1
            current.append(cost)
        previous = current
    return previous[-1]
