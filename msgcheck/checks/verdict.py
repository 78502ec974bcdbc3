"""One verdict per passage: what it is about, how it stands to that, and whether it is a claim.

The rules of meaning are projections of these verdicts (`meaning.py`) and so cannot disagree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from msgcheck.checks.candidates import FEWEST_WORDS, Near, Wordings
from msgcheck.checks.context import InContext, as_read, heads_table, in_context, said_together
from msgcheck.checks.refusals import Refused, likeliest, refusals
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

Beside = tuple[float, float, float, float]
"""How a passage stands to the approved entries that it comes near: the values of `in_place.BESIDE`."""
Outcome = Literal["verbatim", "on-message", "drift", "prohibited", "retired", "defined-otherwise", "claim", "nothing"]

_ROW_DOUBT = 0.25                        # chance that a row says what is approved from which no doubt of it is reported
_NEARER = 0.05                           # cosine by which the wording that a passage was made of is nearer than others
_AROUND = 0.7                            # chance of drift from which what stands around is read with the passage
_ABOUT = 0.7                             # chance of being about an entry from which it counts as said


@dataclass(frozen=True, slots=True)
class Verdict:
    """`statement` is the nearest wording of the entry that the passage is about; `beside` says how the passage stands
    to all that is approved.
    """

    passage: Passage
    outcome: Outcome
    confidence: float
    statement: Statement | None = None
    comparison: Comparison | None = None
    similarity: float | None = None
    why: tuple[str, ...] = ()
    second: str = ""                     # what a second opinion made of it, in a sentence
    beside: Beside = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Rival:
    """An entry that a passage may be about: the passage's `own` comparison with a wording of it, and the `best` one of
    those with what stands around. `text` is what `own` compares with the wording.
    """

    statement: Statement
    text: str
    best: Comparison
    own: Comparison
    similarity: float


@dataclass(frozen=True, slots=True)
class Asked:
    """A passage with its text as it is read, how it reads with what stands around it, and the entries of the guide,
    approved and refused, that it comes near.
    """

    passage: Passage
    text: str
    contexts: tuple[str, ...]
    near: Near
    denied: Near


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
        asked = self._asked(view, passages)
        verdicts = [
            self._verdict(blocks, one) if self._worth(one.text)
            else Verdict(one.passage, "nothing", 1.0, why=("Too few words to say anything.",))
            for one in asked
        ]
        return tuple(with_claims(self.comparer, blocks, verdicts))

    def held_against(self, view: View, passages: Sequence[Passage]) -> tuple[list[Asked], list[list[Rival]]]:
        """What each passage is held against, and the approved entries that it may be about, the likeliest first; none
        of one that has too few words.
        """
        asked = self._asked(view, passages)
        return asked, [self._rivals(one) if self._worth(one.text) else [] for one in asked]

    def _asked(self, view: View, passages: Sequence[Passage]) -> list[Asked]:
        """What each passage is held against; all comparisons are made at once."""
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
        self.comparer.ask_refused(
            [
                (plain(statement.wording), text)
                for text, entries in zip(texts, denied, strict=True)
                if self._worth(text)
                for entry in entries
                for statement in entry
            ]
        )
        return [
            Asked(p, texts[i], tuple(one.text for one in contexts[i]), near[i], denied[i])
            for i, p in enumerate(passages)
        ]

    def claims_among(self, blocks: Sequence[Block], verdicts: Sequence[Verdict]) -> list[Verdict]:
        """`verdicts`, those that say nothing of the guide's but promise something as claims."""
        return with_claims(self.comparer, blocks, verdicts)

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

    def _rivals(self, asked: Asked) -> list[Rival]:
        return sorted(
            (self._rival(entry, asked.text, asked.contexts) for entry in asked.near), key=lambda r: -_weight(r)
        )

    def _verdict(self, blocks: Sequence[Block], asked: Asked) -> Verdict:
        passage, text, denied = asked.passage, asked.text, asked.denied
        verbatim = self.approved.verbatim(text)
        if verbatim is not None:
            return Verdict(passage, "verbatim", 1.0, verbatim, None, 1.0, ("An approved wording, word for word.",))
        rivals = self._rivals(asked)
        approved = self._on_message(rivals, text, said_together(blocks[passage.block]))
        stands = beside(rivals)
        wordings = [[(s, plain(s.wording)) for s in entry] for entry in denied]
        refusal = likeliest(refusals(self.comparer, text, wordings, stands))
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
                beside=stands,
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
        return Verdict(
            passage,
            "nothing",
            1.0 - max((r.own.about_chance for r in rivals), default=0.0),
            rivals[0].statement if rivals else None,
            rivals[0].own if rivals else None,
            rivals[0].similarity if rivals else None,
            beside=stands,
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
            around = max(range(len(widest)), key=lambda i: widest[i].chances[2])
            if widest[around].chances[2] > _AROUND:
                own, text = widest[around], (text, *contexts)[around]
        return Rival(entry[at], text, best, own, widest[0].similarity)

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


def beside(rivals: Sequence[Rival]) -> Beside:
    """How a passage stands to the approved entries that it comes near, as `BESIDE` has it."""
    return (
        max((r.own.about_chance for r in rivals), default=0.0),
        max((r.similarity for r in rivals), default=0.0),
        max((r.best.approved_chance for r in rivals), default=0.0),
        float(any(r.own.decided for r in rivals)),
    )


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
