"""One verdict per passage: what it is about, how it stands to that, and whether it is a claim.

The rules of meaning are projections of these verdicts (`meaning.py`) and so cannot disagree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from msgcheck.checks.wording import sentences
from msgcheck.guide.model import Guide
from msgcheck.guide.statements import Section, Statement, statements
from msgcheck.matching.comparison import Comparer, Comparison
from msgcheck.model import Block, Passage
from msgcheck.normalise import fold

if TYPE_CHECKING:
    import numpy as np

    from msgcheck.checks.view import View

Outcome = Literal["verbatim", "on-message", "drift", "prohibited", "retired", "defined-otherwise", "claim", "nothing"]

CANDIDATES = 3
"""At most so many entries of the guide are compared with a passage."""
_NEAR = 0.30                             # cosine below which a passage is not compared with an entry at all
_WORDINGS = 2                            # wordings of an entry that are compared
_DRIFT = 0.5
_PROHIBITED = 0.6
_CLAIM = 0.8
_FEWEST_WORDS = 3

_MARKS = re.compile(r"[®™℠¹²³⁴⁵⁶⁷⁸⁹*†‡]|\((?:R|TM|SM)\)")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`statement` is the nearest wording of the entry that the passage is about; `also` the second one that fits."""

    passage: Passage
    outcome: Outcome
    confidence: float
    statement: Statement | None = None
    comparison: Comparison | None = None
    similarity: float | None = None
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rival:
    """An entry that a passage may be about, with the comparison that speaks best for it."""

    statement: Statement
    best: Comparison
    own: Comparison
    similarity: float


def plain(text: str) -> str:
    """`text` without marks and note signs, which are no part of what is said."""
    return _SPACE.sub(" ", _MARKS.sub("", text)).strip()


def in_context(block: Block, passage: Passage) -> tuple[str, ...]:
    """The passage read with what stands around it: column headings, the line that leads in, heading, sentence before."""
    text = plain(passage.normal)
    out: list[str] = []
    if block.cells and block.columns:
        named = [f"{column}: {cell}" if column else cell for column, cell in zip(block.columns, block.cells, strict=False)]
        out.append(plain("; ".join(part for part in named if part)))
    if block.lead_in:
        out.append(plain(f"{block.lead_in} {text}"))
    elif block.heading and block.kind != "heading":
        out.append(plain(f"{block.heading}: {text}"))
    if passage.before and block.kind != "table-row":
        out.append(plain(f"{passage.before} {text}"))
    return tuple(dict.fromkeys(variant for variant in out if variant != text and len(variant) < 600))


class Judge:
    """Gives the verdicts of a document's passages. `comparer` holds the models; the guide's wordings are read once."""

    def __init__(self, guide: Guide, comparer: Comparer) -> None:
        self.guide = guide
        self.comparer = comparer
        self.approved = _wordings(guide, ("messages", "claims", "facts"))
        self.denied = _wordings(guide, ("prohibited", "retired"))
        self.defined = _wordings(guide, ("definitions",))
        encode = comparer.reader.encode
        self._approved_vectors = encode([plain(s.wording) for s in self.approved])
        self._denied_vectors = encode([plain(s.wording) for s in self.denied])
        self._folded = tuple((fold(s.wording), s) for s in self.approved)

    def judge(self, view: View, passages: Sequence[Passage]) -> tuple[Verdict, ...]:
        blocks = view.document.blocks
        kind = view.role.kind
        texts = [plain(p.normal) for p in passages]
        contexts = [in_context(blocks[p.block], p) for p in passages]
        vectors = self.comparer.reader.encode(texts)
        near = self._candidates(vectors, self._approved_vectors, self.approved, kind, contexts)
        denied = self._candidates(vectors, self._denied_vectors, self.denied, kind, contexts)
        pairs = [
            (plain(s.wording), text)
            for i, text in enumerate(texts) if self._worth(text)
            for group, width in ((near[i], 1 + len(contexts[i])), (denied[i], 1))
            for entry in group for s in entry
            for text in (texts[i], *contexts[i])[:width]
        ]
        self.comparer.compare(pairs)
        return tuple(
            self._verdict(p, texts[i], contexts[i], near[i], denied[i]) if self._worth(texts[i]) else Verdict(p, "nothing", 1.0, why=("Too few words to say anything.",))
            for i, p in enumerate(passages)
        )

    def _worth(self, text: str) -> bool:
        return len(text.split()) >= _FEWEST_WORDS

    def _candidates(self, vectors: np.ndarray, wordings: np.ndarray, items: tuple[Statement, ...], kind: str | None,
                    contexts: Sequence[tuple[str, ...]]) -> list[list[list[Statement]]]:
        """For each passage the nearest entries, each as its nearest wordings, nearest first."""
        if not items:
            return [[] for _ in vectors]
        cosines = vectors @ wordings.T
        flat = list(dict.fromkeys(c for group in contexts for c in group))
        if flat:
            around = dict(zip(flat, self.comparer.reader.encode(flat) @ wordings.T, strict=True))
            for i, group in enumerate(contexts):
                for context in group:
                    cosines[i] = _maximum(cosines[i], around[context] - 0.05)
        applies = [self._applies(s, kind) for s in items]
        out: list[list[list[Statement]]] = []
        for row in cosines:
            grouped: dict[tuple[str, str], list[tuple[float, int]]] = {}
            for j in sorted(range(len(items)), key=lambda j: (-float(row[j]), j)):
                if float(row[j]) < _NEAR:
                    break
                if applies[j]:
                    key = items[j].section, items[j].id
                    if key in grouped or len(grouped) < CANDIDATES:
                        grouped.setdefault(key, []).append((float(row[j]), j))
            out.append([[items[j] for _, j in members[:_WORDINGS]] for members in grouped.values()])
        return out

    def _applies(self, statement: Statement, kind: str | None) -> bool:
        return self.entry_applies.get((statement.section, statement.id), lambda _k: True)(kind)

    @property
    def entry_applies(self):  # type: ignore[no-untyped-def]
        if not hasattr(self, "_applying"):
            guide = self.guide
            self._applying = {
                **{("messages", e.id): e.applies for e in guide.messages}, **{("claims", e.id): e.applies for e in guide.claims},
                **{("facts", e.statement): e.applies for e in guide.facts}, **{("prohibited", e.id): e.applies for e in guide.prohibited},
                **{("retired", e.id): e.applies for e in guide.retired},
            }
        return self._applying

    def _verdict(self, passage: Passage, text: str, contexts: tuple[str, ...], near: list[list[Statement]], denied: list[list[Statement]]) -> Verdict:
        verbatim = self._verbatim(text)
        if verbatim is not None:
            return Verdict(passage, "verbatim", 1.0, verbatim, None, 1.0, ("An approved wording, word for word.",))
        rivals = [self._rival(entry, text, contexts) for entry in near]
        rivals.sort(key=lambda r: -_weight(r))
        approved = self._on_message(rivals)
        refused = self._refused(text, denied, approved)
        if refused is not None:
            statement, comparison = refused
            outcome: Outcome = "prohibited" if statement.section == "prohibited" else "retired"
            return Verdict(passage, outcome, comparison.approved_chance, statement, comparison, comparison.similarity, comparison.reasons)
        if approved is not None:
            return Verdict(passage, "on-message", approved.best.approved_chance, approved.statement, approved.best, approved.similarity, approved.best.reasons)
        for rival in rivals[:2]:
            if rival.own.chances[2] >= _DRIFT and rival.own.relation == "drift":
                return Verdict(passage, "drift", rival.own.chances[2], rival.statement, rival.own, rival.similarity, rival.own.reasons)
        return Verdict(passage, "nothing", 1.0 - max((r.own.about_chance for r in rivals), default=0.0),
                       rivals[0].statement if rivals else None, rivals[0].own if rivals else None, rivals[0].similarity if rivals else None)

    def _verbatim(self, text: str) -> Statement | None:
        folded = fold(text)
        padded = f" {folded} "
        whole = [s for words, s in self._folded if words == folded]
        if whole:
            return whole[0]
        inside = [(len(words), s) for words, s in self._folded if len(words.split()) >= 4 and f" {words} " in padded and len(words) >= 0.7 * len(folded)]
        return max(inside, key=lambda pair: pair[0])[1] if inside else None

    def _rival(self, entry: list[Statement], text: str, contexts: tuple[str, ...]) -> Rival:
        own = self.comparer.compare([(plain(s.wording), text) for s in entry])
        at = max(range(len(entry)), key=lambda i: (own[i].approved_chance - own[i].chances[2] * 0.01, own[i].about_chance))
        widest = [own[at]]
        if contexts:
            widest += self.comparer.compare([(plain(entry[at].wording), context) for context in contexts])
        best = max(widest, key=lambda c: c.approved_chance)
        mine = own[at]
        if mine.relation == "other":
            around = max(widest, key=lambda c: c.chances[2])
            mine = around if around.chances[2] > 0.7 and mine.about_chance > 0.3 else mine
        return Rival(entry[at], best, mine, max(c.similarity for c in own))

    def _on_message(self, rivals: list[Rival]) -> Rival | None:
        fitting = [r for r in rivals if r.best.approved_chance >= 0.5 and r.own.about_chance >= 0.3]
        return max(fitting, key=lambda r: (r.own.approved_chance, r.best.approved_chance)) if fitting else None

    def _refused(self, text: str, denied: list[list[Statement]], approved: Rival | None) -> tuple[Statement, Comparison] | None:
        chosen: tuple[Statement, Comparison] | None = None
        for entry in denied:
            for statement, comparison in zip(entry, self.comparer.compare([(plain(s.wording), text) for s in entry]), strict=True):
                if comparison.approved_chance >= _PROHIBITED and (chosen is None or comparison.approved_chance > chosen[1].approved_chance):
                    chosen = statement, comparison
        if chosen and approved and approved.own.approved_chance >= chosen[1].approved_chance:
            return None
        return chosen


def _weight(rival: Rival) -> float:
    return rival.own.about_chance * (0.5 + 0.5 * rival.similarity)


def _maximum(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    import numpy as np

    larger: np.ndarray = np.maximum(a, b)
    return larger


def _wordings(guide: Guide, sections: tuple[Section, ...]) -> tuple[Statement, ...]:
    """The wordings of `sections`; of one of several sentences each sentence beside it, for each is approved alone."""
    from dataclasses import replace

    out: list[Statement] = []
    for statement in statements(guide, sections):
        out.append(statement)
        parts = sentences(statement.wording)
        if len(parts) > 1 and statement.section != "definitions":
            out += [replace(statement, wording=part) for part in parts if len(part.split()) >= _FEWEST_WORDS]
    return tuple(out)
