"""What the judge sees of a pair: the rows of exact comparison, how far the words align, and the pair model's opinion.

`NAMES` fixes the order; `features` returns one float32 vector of that length. Every feature is a fact of the two texts
alone, so the same pair has the same features wherever it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from msgcheck.language.facts import Facts
from msgcheck.matching.differences import Row, differences
from msgcheck.model import CHANGE_KINDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

_GROUPS: dict[str, str] = {
    "duration": "time", "frequency": "time", "availability": "time", "ratio": "ratio", "count": "count", "factor": "factor",
    "comparator": "comparator", "statistic": "statistic", "kind of day": "rate", "rate": "rate", "date": "date", "identifier": "identifier",
    "name": "name", "negated word": "negated", "negation": "negation", "strength": "strength", "scope": "scope", "only": "only",
    "condition": "condition", "exception": "exception",
}
GROUPS = ("time", "ratio", "count", "factor", "measure", "comparator", "statistic", "rate", "date", "identifier", "name", "negated",
          "negation", "strength", "scope", "only", "condition", "exception")
_JUDGED = ("differs", "dropped", "added", "implied")
_FIGURES = ("time", "ratio", "count", "factor", "measure", "date")
PAIR_OUTPUTS = ("same", "part", "drift", "other", *CHANGE_KINDS)
"""What the pair model says of a pair, as logits, in this order."""

NO_OPINION = (0.0,) * len(PAIR_OUTPUTS)

NAMES: tuple[str, ...] = (
    *(f"{group} {judged}" for group in GROUPS for judged in _JUDGED),
    *(f"{group} equal" for group in _FIGURES),
    "figures approved", "figures found", "figures equal", "figures unmatched",
    "strength approved", "strength found", "scope approved", "scope found",
    "words approved", "words found", "lemmas of approved kept", "lemmas of found known", "question",
    "cosine", "align approved mean", "align approved worst", "align approved second worst", "align approved lost", "align found mean",
    "align found worst", "align found second worst", "align found new", "aligned negation turned", "longest run", "edit distance",
    "pair same", "pair part", "pair drift", "pair other", "pair approved against drift",
    *(f"pair {kind}" for kind in CHANGE_KINDS),
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text with its facts and its vectors: `vector` [d] of the whole, `matrix` [t, d] of its tokens (unit length), and
    `spans` [t] of the tokens' offsets.
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


def features(approved: Sentence, found: Sentence, rows: tuple[Row, ...] | None = None, pair: Sequence[float] = NO_OPINION) -> NDArray[np.float32]:
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
    values["aligned negation turned"] = float(sum(
        (lemma in a.negated) != (other in b.negated) for (lemma, _, _), (other, score) in zip(forth.words, forth.nearest, strict=True) if score > 0.6))
    first, second = a.text.casefold().split(), b.text.casefold().split()
    values["longest run"] = _longest_run(first, second) / max(1, len(first))
    values["edit distance"] = _edits(first, second) / max(1, len(first), len(second))
    for name, score in zip(PAIR_OUTPUTS, pair, strict=True):
        values[f"pair {name}"] = float(score)
    values["pair approved against drift"] = float(np.logaddexp(pair[0], pair[1]) - pair[2])
    return np.array([values[name] for name in NAMES], dtype=np.float32)


def align(one: Sentence, other: Sentence) -> Alignment:
    words, vectors = _word_vectors(one)
    others, other_vectors = _word_vectors(other)
    if not words or not others:
        return Alignment(tuple(words), tuple(("", 0.0) for _ in words))
    cosines = vectors @ other_vectors.T
    best = cosines.argmax(axis=1)
    return Alignment(tuple(words), tuple((others[j][0], float(cosines[i, j])) for i, j in enumerate(best)))


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
    return words, np.stack(rows) if rows else np.zeros((0, sentence.matrix.shape[1] if sentence.matrix.size else 1), np.float32)


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
        for j, theirs in enumerate(other, 1):
            current.append(min(previous[j] + 1, current[-1] + 1, previous[j - 1] + (word != theirs)))
        previous = current
    return previous[-1]
