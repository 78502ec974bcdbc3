"""Two texts in, a verdict with reasons out: the seam of the engine.

The facts of both sides are compared exactly (`differences.py`); a judge, fitted on labelled pairs of other industries,
weighs them with how far the words align and what the pair model says; an exact difference of figures, units, names or
dates is never overruled by either.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from msgcheck.matching import linear
from msgcheck.matching.decisive import but_for
from msgcheck.matching.differences import differences
from msgcheck.matching.features import NAMES, OPINIONS, Sentence, align, features, with_margin
from msgcheck.matching.forest import Forest, load
from msgcheck.matching.in_place import in_place
from msgcheck.matching.reading import SentenceReader
from msgcheck.matching.reasons import reasons
from msgcheck.matching.remembered import KeptComparisons
from msgcheck.matching.rows import Row
from msgcheck.model import CHANGE_KINDS, Change, ChangeKind, Relation
from msgcheck.normalise import fold
from msgcheck.recent import Recent

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from msgcheck.cache import Cache
    from msgcheck.matching.pair_model import PairModel

RELATIONS: tuple[Relation, ...] = ("same", "part", "drift", "other")
_PART_NEAR, _PART_SURE = 0.5, 0.75       # cosines; below the first, half of the labelled pairs called a part are none
_ELSEWHERE, _ALIKE, _SURE = 0.4, 0.6, 0.8
"""An exact difference decides unless the judge thinks, with this chance, of another subject; the last is the confidence
that such a drift has at least."""
_FAR = 0.9  # chance of being about something else from which the pair model is not asked
_ASKED_AGAIN = 0.5
"""Chance of drift from which the pair model is asked once more, the texts in the other order: what drifts from a text,
that drifts from it too, and the model errs in other places there. The less suspicious opinion is believed.
"""
_SUSPECTED = 0.71  # suspicion from which another meaning is reported (in_place.py prints what share of each reaches it)
_LEAST = 1e-6
_TELLING = 0.9  # certainty from which a row that does not decide names the words that changed
_REMEMBERED, _OF_EARLIER = 20_000, 2_000  # comparisons, some 10 kB each: at most, and when a document begins


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a found text stands to an approved one. `chances` are the judge's for `RELATIONS`; `facts` every row
    compared; `suspicion` the chance that a passage of collateral which stands so to a wording has drifted from it.
    """

    relation: Relation
    changes: tuple[Change, ...]
    confidence: float
    reasons: tuple[str, ...]
    facts: tuple[Row, ...]
    chances: tuple[float, float, float, float]
    similarity: float
    suspicion: float = 0.0

    @property
    def approved_chance(self) -> float:
        return self.chances[0] + self.chances[1]

    @property
    def decided(self) -> bool:
        """Whether an exact difference makes it a drift, however likely the judge thinks that."""
        return self.relation == "drift" and any(row.exact for row in self.facts)

    @property
    def drifts(self) -> bool:
        """Whether the meaning surely changed, so that a check reports it."""
        return self.decided or self.suspicion >= _SUSPECTED

    @property
    def about_chance(self) -> float:
        """That the found text restates the approved one at all, rightly or wrongly."""
        return 1.0 - self.chances[3]


@dataclass(frozen=True, slots=True, eq=False)
class _Weighed:
    """Of n pairs: their texts as read, the rows that were compared, the features [n, f] with the opinion that is
    believed, the judge's chances [n, 4], the indices of those that the pair model was asked about, and the evidence.
    """

    lefts: Sequence[Sentence]
    rights: Sequence[Sentence]
    rows: Sequence[tuple[Row, ...]]
    matrix: NDArray[np.float32]
    chances: NDArray[np.float64]
    asked: tuple[int, ...]
    evidence: NDArray[np.float32]


class Comparer:
    """Compares pairs of normalised texts; the same pair gives the same Comparison whatever it is compared with.

    A pair that is in the `cache` is not even read.
    """

    def __init__(
        self, reader: SentenceReader, pair_model: PairModel | None = None, cache: Cache | None = None
    ) -> None:
        self.reader = reader
        self.pair_model = pair_model
        forests = _forests()
        self._near, self._relation, self._kind = forests["near"], forests["relation"], forests["kind"]
        self._linear = _linear()
        self.in_place = in_place()
        self._kept = Recent[tuple[str, str], Comparison](_REMEMBERED)
        self._seen = Recent[tuple[str, str], "NDArray[np.float32]"](_REMEMBERED)
        reading = (*reader.revision, "pair model" if pair_model else "")
        self._lasting = KeptComparisons(cache, Comparison, reading) if cache else None

    def compare(self, pairs: Sequence[tuple[str, str]]) -> list[Comparison]:
        def made(missing: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Comparison]:
            return dict(zip(missing, self._compare(missing), strict=True))

        return self._kept.values(pairs, made, self._lasting)

    def evidence(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """[n, len(EVIDENCE)]: what the judges in place see of each pair."""
        return np.stack(self._seen.values(pairs, self._weighed))

    def _weighed(self, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], NDArray[np.float32]]:
        return dict(zip(pairs, self._weigh(pairs).evidence, strict=True))

    def ask_refused(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Ask the pair model at once about all pairs of a refused wording and a passage, for what is asked later."""
        if self.pair_model is not None and pairs:
            self.pair_model.opinions(list(dict.fromkeys(pairs)))

    def _compare(self, pairs: Sequence[tuple[str, str]]) -> list[Comparison]:
        found = self._weigh(pairs)
        self._seen.keep(dict(zip(pairs, found.evidence, strict=True)))
        suspicions = self.in_place["drift"].chances(found.evidence) if self.in_place else np.zeros(len(pairs))
        kinds = _softmax(self._kind.scores(found.matrix))
        told: dict[int, tuple[str, str]] = {}
        if self.pair_model is not None and found.asked:
            told = dict(zip(found.asked, self.pair_model.changed([pairs[i] for i in found.asked]), strict=True))
        asked = frozenset(found.asked)
        return [
            _comparison(
                found.lefts[i], found.rights[i], found.rows[i], tuple(float(x) for x in found.chances[i]),
                float(suspicions[i]) if i in asked else 0.0, kinds[i], told.get(i),
            )
            for i in range(len(pairs))
        ]

    def _weigh(self, pairs: Sequence[tuple[str, str]]) -> _Weighed:
        """All that is known of pairs before anything is concluded."""
        lefts = self.reader.read([a for a, _ in pairs])
        rights = self.reader.read([b for _, b in pairs])
        rows = [differences(a.facts, b.facts) for a, b in zip(lefts, rights, strict=True)]
        matrix = np.stack([features(a, b, r) for a, b, r in zip(lefts, rights, rows, strict=True)])
        chances = _softmax(self._near.scores(matrix))
        first = matrix
        asked = [int(i) for i in np.flatnonzero(chances[:, 3] < _FAR)]
        if self.pair_model is not None and asked:
            matrix[asked], chances[asked] = self._judged(self.pair_model, matrix[asked], [pairs[i] for i in asked])
            first = matrix.copy()
            again = [i for i in asked if chances[i, 2] > _ASKED_AGAIN and not any(row.exact for row in rows[i])]
            if again:
                turned = [(found, approved) for approved, found in (pairs[i] for i in again)]
                seen, said = self._judged(self.pair_model, matrix[again], turned)
                for i, row, own in zip(again, seen, said, strict=True):
                    if own[2] < chances[i, 2]:
                        matrix[i], chances[i] = row, own
        evidence = np.hstack([first, chances.astype(np.float32)])
        return _Weighed(lefts, rights, rows, matrix, chances, tuple(asked), evidence)

    def _judged(
        self, model: PairModel, matrix: NDArray[np.float32], pairs: Sequence[tuple[str, str]]
    ) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
        """The rows of `matrix` with the model's opinion of `pairs`, and the judge's chances for them."""
        said = matrix.copy()
        said[:, list(OPINIONS)] = with_margin(model.score(pairs))
        # trees and a line, each with half a say: they err in different places (judge.py)
        return said, _softmax((self._relation.scores(said) + self._linear.scores(said)) / 2)

    def begin(self) -> None:
        """Called at the start of a document: of what was read and compared in those before, what was used last stays,
        so that memory does not grow with their number.
        """
        self._kept.forget(_OF_EARLIER)
        self._seen.forget(_OF_EARLIER)
        self.reader.begin()
        if self.pair_model:
            self.pair_model.begin()


def _softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: NDArray[np.float64] = shifted / shifted.sum(axis=1, keepdims=True)
    return chances


@lru_cache(maxsize=1)
def _forests() -> dict[str, Forest]:
    forests = load("judge.npz")
    if int(forests["relation"].feature.max()) >= len(NAMES):
        raise AssertionError("the judge was fitted on other features: run benchmarks/training/judge.py")
    return forests


@lru_cache(maxsize=1)
def _linear() -> linear.Linear:
    found = linear.load("judge_linear.npz")
    if len(found.mean) != len(NAMES):
        raise AssertionError("the judge was fitted on other features: run benchmarks/training/judge.py")
    return found


def _comparison(
    approved: Sentence, found: Sentence, rows: tuple[Row, ...], chances: tuple[float, ...], suspicion: float,
    kinds: NDArray[np.float64], told: tuple[str, str] | None,
) -> Comparison:
    if fold(approved.text) == fold(found.text) and approved.facts.question == found.facts.question:
        return Comparison("same", (), 1.0, ("The words are the same.",), rows, (1.0, 0.0, 0.0, 0.0), 1.0)
    same, part, drift, other = chances
    similarity = float(approved.vector @ found.vector)
    if part > same and _says_more(approved, found, similarity):
        part, other = 0.0, other + part
    exact = any(row.exact for row in rows)
    shared = {word.lemma for word in approved.facts.words} & {word.lemma for word in found.facts.words}
    exchanged = any(row.exact and but_for(row, approved.text, found.text) for row in rows)
    if exchanged or _names_the_subject(rows, similarity):
        other = min(other, 1 - _SURE)
    if exact and other < _ELSEWHERE and (shared or similarity >= _ALIKE):
        # an exact difference is never overruled: what was said for the other relations now speaks for drift
        drift, same, part, other = max(drift, 1 - other, _SURE), 0.0, 0.0, 0.0
        same = (1 - drift) / 2
        part, other = same / 2, same / 2
    elif suspicion >= _SUSPECTED:
        rest = (1 - suspicion) / max(1 - drift, _LEAST)
        same, part, drift, other = same * rest, part * rest, suspicion, other * rest
    relation: Relation = "same" if same >= part else "part"
    if max(drift, other) > same + part:
        relation = "drift" if drift >= other else "other"
    changes = _changes(approved, found, rows, kinds, told) if relation == "drift" else ()
    confidence = {"same": same + part, "part": same + part, "drift": drift, "other": other}[relation]
    return Comparison(
        relation,
        changes,
        round(float(confidence), 3),
        reasons(relation, rows, changes),
        rows,
        (same, part, drift, other),
        similarity,
        suspicion,
    )


def _names_the_subject(rows: tuple[Row, ...], similarity: float) -> bool:
    """Whether what differs says itself that both texts speak of one thing: another edition of the same standard,
    another code of a series beside a code that both have, or what one has and the other has not.
    """
    same = any(row.what == "identifier" and row.judgement == "equal" and row.certainty == 1.0 for row in rows)
    return any(
        row.exact
        and (
            row.what == "edition"
            or (same and row.what == "identifier")
            or (row.what == "denied thing" and similarity >= _ALIKE)
        )
        for row in rows
    )


def _says_more(approved: Sentence, found: Sentence, similarity: float) -> bool:
    """Whether a text cannot be a part of the approved one: what is a part of it shares its words."""
    words = {word.lemma for word in found.facts.words}
    known = len(words & {word.lemma for word in approved.facts.words}) / max(1, len(words))
    return similarity < _PART_NEAR or (known < 0.25 and similarity < _PART_SURE)


def _changes(
    approved: Sentence, found: Sentence, rows: tuple[Row, ...], kinds: NDArray[np.float64],
    told: tuple[str, str] | None,
) -> tuple[Change, ...]:
    """The likeliest kind first, with the words of its row where one is sure, else those that were `told`, else the
    words of a row that is a hint, else those that align worst.
    """
    weights = {kind: float(kinds[i]) for i, kind in enumerate(CHANGE_KINDS)}
    telling = [row for row in rows if row.judgement in ("differs", "dropped", "added") and row.certainty >= 0.35]
    for row in telling:
        if row.exact:
            weights[row.kind] += 1.0
    first: ChangeKind = max(CHANGE_KINDS, key=lambda kind: weights[kind])
    out: list[Change] = []
    own = sorted(
        (row for row in telling if row.kind == first),
        key=lambda row: (not row.exact, row.judgement != "differs", -row.certainty),
    )
    if own and (own[0].exact or own[0].certainty >= _TELLING or not told):
        out.append(Change(first, own[0].approved, own[0].found))
    else:
        out.append(Change(first, *(told or _words(approved, found))))
    for row in telling:
        if (
            row.kind != first
            and (row.exact or (row.judgement == "differs" and row.certainty >= 0.75))
            and not any(change.kind == row.kind for change in out)
        ):
            out.append(Change(row.kind, row.approved, row.found))
    return tuple(out)


def _words(approved: Sentence, found: Sentence) -> tuple[str, str]:
    """What was exchanged for what: the differing words where the texts are nearly alike, else the worst aligned
    ones.
    """
    left, right = re.findall(r"\S+", approved.text), re.findall(r"\S+", found.text)
    matcher = difflib.SequenceMatcher(
        None, [w.casefold().strip(".,;:") for w in left], [w.casefold().strip(".,;:") for w in right], autojunk=False
    )
    if matcher.ratio() > 0.5:
        edits = [
            (" ".join(left[i:j]), " ".join(right[k:m])) for tag, i, j, k, m in matcher.get_opcodes() if tag != "equal"
        ]
        if edits:
            return max(edits, key=lambda edit: (bool(edit[0]) and bool(edit[1]), len(edit[0]) + len(edit[1])))
    return _worst(approved, found), _worst(found, approved)


def _worst(one: Sentence, other: Sentence) -> str:
    alignment = align(one, other)
    if not alignment.words:
        return one.text
    (_, start, end), _ = min(zip(alignment.words, alignment.nearest, strict=True), key=lambda pair: pair[1][1])
    return one.text[start:end]


@lru_cache(maxsize=1)
def default_comparer() -> Comparer:
    """A Comparer with the bundled models and no guide."""
    from msgcheck.language.encoder import load_encoder
    from msgcheck.matching.pair_model import load_pair_model

    return Comparer(SentenceReader(load_encoder()), load_pair_model())


def compare(approved: str, found: str) -> Comparison:
    """How `found` stands to `approved`; both are normalised first."""
    from msgcheck.normalise import normalise

    return default_comparer().compare([(normalise(approved).text, normalise(found).text)])[0]
