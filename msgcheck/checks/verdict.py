"""One verdict per passage: what it is about, how it stands to that, and whether it is a claim.

The rules of meaning are projections of these verdicts (`meaning.py`) and so cannot disagree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from msgcheck.checks.candidates import FEWEST_WORDS, Near, Wordings
from msgcheck.checks.context import InContext, as_read, heads_table, in_context, said_together
from msgcheck.checks.refusals import Refused, approved_rather, likeliest, refusals
from msgcheck.checks.unsupported import with_claims
from msgcheck.guide.model import Guide
from msgcheck.guide.statements import APPROVED, Statement, statements
from msgcheck.matching.comparison import Comparer, Comparison
from msgcheck.matching.rows import FIGURES
from msgcheck.matching.together import together
from msgcheck.model import Block, Passage
from msgcheck.normalise import plain

if TYPE_CHECKING:
    import numpy as np

    from msgcheck.checks.view import View

Outcome = Literal["verbatim", "on-message", "drift", "prohibited", "retired", "defined-otherwise", "claim", "nothing"]

_ROW_DOUBT = 0.25                        # chance that a row says what is approved from which no doubt of it is reported
_NEARER = 0.05                           # cosine by which the wording that a passage was made of is nearer than others
_ABOUT = 0.7                             # chance of being about an entry from which it counts as said


@dataclass(frozen=True, slots=True)
class Verdict:
    """`statement` is the nearest wording of the entry that the passage is about."""

    passage: Passage
    outcome: Outcome
    confidence: float
    statement: Statement | None = None
    comparison: Comparison | None = None
    similarity: float | None = None
    why: tuple[str, ...] = ()
    second: str = ""                     # what a second opinion made of it, in a sentence


@dataclass(frozen=True, slots=True)
class Rival:
    """An entry that a passage may be about, with the comparison that speaks best for it."""

    statement: Statement
    best: Comparison
    own: Comparison
    similarity: float


class Judge:
    """Gives the verdicts of a document's passages. `comparer` holds the models; the guide's wordings are read once."""

    def __init__(self, guide: Guide, comparer: Comparer) -> None:
        self.guide = guide
        self.comparer = comparer
        self.approved = Wordings(guide, APPROVED, comparer.reader)
        self.denied = Wordings(guide, ("prohibited", "retired"), comparer.reader)
        self.defined = statements(guide, ("definitions",))

    def judge(self, view: View, passages: Sequence[Passage]) -> tuple[Verdict, ...]:
        blocks = view.document.blocks
        self.comparer.begin()
        kind = view.role.kind
        texts = [as_read(blocks[p.block], p) for p in passages]
        contexts = [in_context(blocks[p.block], p) for p in passages]
        vectors = self.comparer.reader.encode(texts)
        read = self._together(texts, vectors, contexts)
        near = self.approved.near(vectors, kind, read, texts)
        denied = [
            [*self.denied.standing_in(text, kind), *near_it]
            for text, near_it in zip(texts, self.denied.near(vectors, kind, read), strict=True)
        ]
        self.comparer.compare(
            [
                (plain(s.wording), text)
                for i, text in enumerate(texts)
                if self._worth(text)
                for entry in (*near[i], *denied[i])
                for s in entry
            ]
        )
        self.comparer.compare(
            [
                (plain(entry[at].wording), context.text)
                for i, text in enumerate(texts)
                if self._worth(text) and contexts[i]
                for entry in near[i]
                for at, own in [self._own(entry, text)]
                if _leans(own)
                for context in contexts[i]
            ]
        )
        verdicts = [
            self._verdict(blocks, p, texts[i], tuple(one.text for one in contexts[i]), near[i], denied[i])
            if self._worth(texts[i])
            else Verdict(p, "nothing", 1.0, why=("Too few words to say anything.",))
            for i, p in enumerate(passages)
        ]
        return tuple(self._with_claims(blocks, verdicts, texts, vectors))

    def claims_among(self, blocks: Sequence[Block], verdicts: Sequence[Verdict]) -> list[Verdict]:
        """`verdicts`, those that say nothing of the guide's but promise something as claims."""
        texts = [plain(verdict.passage.normal) for verdict in verdicts]
        return self._with_claims(blocks, list(verdicts), texts, self.comparer.reader.encode(texts))

    def _with_claims(
        self, blocks: Sequence[Block], verdicts: list[Verdict], texts: list[str], vectors: np.ndarray
    ) -> list[Verdict]:
        """The verdicts, passages that promise what the guide does not say among them as claims."""
        within = [blocks[verdict.passage.block] for verdict in verdicts]
        headings, are = [plain(block.heading) for block in within], [block.kind == "heading" for block in within]
        return with_claims(self.comparer, verdicts, texts, vectors, headings, are)

    def _worth(self, text: str) -> bool:
        return len(text.split()) >= FEWEST_WORDS

    def _together(
        self, texts: Sequence[str], vectors: np.ndarray, contexts: Sequence[tuple[InContext, ...]]
    ) -> list[np.ndarray]:
        """For each text one row a reading."""
        import numpy as np

        at = [i for i, group in enumerate(contexts) for _ in group]
        around = [one.around for group in contexts for one in group]
        if not at:
            return [vectors[:0]] * len(texts)
        rows = together([texts[i] for i in at], vectors[at], around, self.comparer.reader.encode(around))
        return np.split(rows, np.cumsum([len(group) for group in contexts])[:-1])

    def _verdict(
        self,
        blocks: Sequence[Block],
        passage: Passage,
        text: str,
        contexts: tuple[str, ...],
        near: Near,
        denied: Near,
    ) -> Verdict:
        verbatim = self.approved.verbatim(text)
        if verbatim is not None:
            return Verdict(passage, "verbatim", 1.0, verbatim, None, 1.0, ("An approved wording, word for word.",))
        rivals = [self._rival(entry, text, contexts) for entry in near]
        rivals.sort(key=lambda r: -_weight(r))
        approved = self._on_message(rivals, text, said_together(blocks[passage.block]))
        said = refusals(self.comparer, text, [[(s, plain(s.wording)) for s in entry] for entry in denied])
        refusal = likeliest(one for one in said if one.sure)
        if refusal and approved and approved_rather(refusal, approved.own.approved_chance, approved.similarity):
            refusal = None
        if refusal and any(_nearer(rival, refusal, text) for rival in rivals):
            refusal = None
        if refusal is not None:
            return _refusal(passage, refusal)
        if approved is not None:
            return Verdict(
                passage,
                "on-message",
                approved.best.approved_chance,
                approved.statement,
                approved.best,
                approved.similarity,
                approved.best.reasons,
            )
        names_columns = heads_table(blocks, passage.block) and not any(char.isdigit() for char in text)
        for rival in [] if names_columns else rivals[:2]:  # a head without a figure states nothing
            row = blocks[passage.block].cells and not rival.own.decided
            if row and rival.best.approved_chance >= _ROW_DOUBT:
                continue                 # read with its column heads it may well be meant as approved
            if rival.own.relation == "drift" and rival.own.drifts and _stands_in(rival.own, text):
                return Verdict(
                    passage,
                    "drift",
                    rival.own.chances[2],
                    rival.statement,
                    rival.own,
                    rival.similarity,
                    rival.own.reasons,
                )
        silent = likeliest(said)
        if silent is not None and blocks[passage.block].kind != "heading":
            return _refusal(passage, silent)
        return Verdict(
            passage,
            "nothing",
            1.0 - max((r.own.about_chance for r in rivals), default=0.0),
            rivals[0].statement if rivals else None,
            rivals[0].own if rivals else None,
            rivals[0].similarity if rivals else None,
        )

    def _own(self, entry: list[Statement], text: str) -> tuple[int, Comparison]:
        """The wording of an entry that the passage alone comes nearest to, and how it stands to it."""
        own = self.comparer.compare([(plain(s.wording), text) for s in entry])
        at = max(range(len(entry)), key=lambda i: (own[i].approved_chance, own[i].about_chance))
        if own[at].approved_chance < 0.5:
            at = max(range(len(entry)), key=lambda i: own[i].about_chance * (1 + own[i].similarity))
        nearest = max(range(len(entry)), key=lambda i: own[i].similarity)
        if own[nearest].similarity > own[at].similarity + _NEARER and _says_else(own[nearest]):
            at = nearest                 # another wording, which says less, does not excuse what this one contradicts
        return at, own[at]

    def _rival(self, entry: list[Statement], text: str, contexts: tuple[str, ...]) -> Rival:
        at, own = self._own(entry, text)
        widest = [own]
        if contexts and _leans(own):
            widest += self.comparer.compare([(plain(entry[at].wording), context) for context in contexts])
        best = max(widest, key=lambda c: c.approved_chance)
        if own.relation == "other":
            around = max(widest, key=lambda c: c.chances[2])
            own = around if around.chances[2] > 0.7 else own
        return Rival(entry[at], best, own, widest[0].similarity)

    def _on_message(self, rivals: list[Rival], text: str, together: bool) -> Rival | None:
        """The entry that a passage restates; a doubt whether the meaning changed is settled in its favour, unless it
        differs exactly from another entry. What stands around a passage speaks for it where the two are said
        `together`, or where the passage alone is about nothing.
        """
        differs = any(r.own.decided and _stands_in(r.own, text) for r in rivals)
        fitting = [
            r
            for r in rivals
            if r.own.approved_chance >= 0.5
            or (not differs and r.own.about_chance >= _ABOUT and not r.own.drifts)
            or (not differs and (together or r.own.relation == "other") and r.best.approved_chance >= 0.5)
        ]
        return max(
            fitting, key=lambda r: (_same_figures(r.own), r.own.approved_chance, r.best.approved_chance), default=None
        )


def _nearer(rival: Rival, refusal: Refused, text: str) -> bool:
    """Whether a passage speaks of an approved entry rather than of a refused one: it comes nearer to that, and differs
    from it exactly, or the refused one is but retired.
    """
    if refusal.literal or rival.similarity <= refusal.comparison.similarity:
        return False
    if rival.own.decided and _stands_in(rival.own, text):
        return True
    return refusal.statement.section == "retired" and rival.own.about_chance >= _ABOUT


def _refusal(passage: Passage, refusal: Refused) -> Verdict:
    outcome: Outcome = "prohibited" if refusal.statement.section == "prohibited" else "retired"
    told = refusal.comparison
    why = ("Its very words stand here.",) if refusal.literal else told.reasons
    return Verdict(passage, outcome, refusal.chance, refusal.statement, told, told.similarity, why)


def _leans(own: Comparison) -> bool:
    """Whether a passage that is about the entry may need what stands around it to say it."""
    return own.about_chance >= 0.3 and own.approved_chance < 0.5


def _same_figures(own: Comparison) -> bool:
    """Whether a passage that gives figures gives those of the wording, if that has any."""
    figures = [row for row in own.facts if row.kind in FIGURES and row.what not in ("comparator", "rate")]
    added = any(row.judgement == "added" for row in figures)
    return not added or all(row.judgement not in ("dropped", "differs") for row in figures)


def _says_else(own: Comparison) -> bool:
    """Whether a passage surely exchanges something of a wording for something else, or adds to it."""
    return own.decided and any(row.exact and row.judgement != "dropped" for row in own.facts)


def _stands_in(comparison: Comparison, text: str) -> bool:
    """Whether the words that changed stand in the passage itself, not only in what stands around it."""
    found = comparison.changes[0].found.casefold() if comparison.changes else ""
    said = text.casefold()
    return found in said or all(word in said for word in found.split())


def _weight(rival: Rival) -> float:
    return rival.own.about_chance * (0.5 + 0.5 * rival.similarity)
