"""One verdict per passage: what it is about, how it stands to that, and whether it is a claim.

The rules of meaning are projections of these verdicts (`meaning.py`) and so cannot disagree.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from msgcheck.checks.refusals import approved_rather, refused
from msgcheck.checks.unsupported import with_claims
from msgcheck.checks.wording import sentences
from msgcheck.guide.model import Entry, Guide
from msgcheck.guide.statements import APPROVED, Section, Statement, statements
from msgcheck.language.cues import cues
from msgcheck.matching.comparison import Comparer, Comparison
from msgcheck.matching.together import together
from msgcheck.model import Block, Passage
from msgcheck.normalise import fold

if TYPE_CHECKING:
    import numpy as np

    from msgcheck.checks.view import View

Outcome = Literal["verbatim", "on-message", "drift", "prohibited", "retired", "defined-otherwise", "claim", "nothing"]

CANDIDATES = 2
"""At most so many entries of the guide are compared with a passage."""
_NEAR = 0.38  # cosine below which a passage is not compared with an entry at all
_WORTH_COMPARING = 0.5  # the same for a passage that may say a message which seems to be missing
_WORDINGS = 2  # wordings of an entry that are compared
_ABOUT = 0.7                             # chance of being about an entry from which it counts as said
_FEWEST_WORDS = 3

_MARKS = re.compile(r"[®™℠¹²³⁴⁵⁶⁷⁸⁹*†‡]|\((?:R|TM|SM)\)")
_SELF_CONTAINED = 14                     # words of a sentence that needs no context
_POINTS_BACK = re.compile(
    r"[\"'(]*(?:it|its|they|them|their|this|that|these|those|there|then|the same|so|such|both|each|yes|no|yours|"
    r"ours|here|after that|from then|in that|in this|likewise|instead|otherwise|should that|if so|if not)\b",
    re.I,
)
_SPACE = re.compile(r"\s+")
_DIGIT = re.compile(r"\d")                # a figure or a standard that stands beside an approved wording adds to it


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


def plain(text: str) -> str:
    """`text` without marks and note signs, which are no part of what is said."""
    return _SPACE.sub(" ", _MARKS.sub("", text)).strip()


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage read with what stands `around` it."""

    text: str
    around: str


def in_context(block: Block, passage: Passage) -> tuple[Reading, ...]:
    """The passage read with what stands around it: column headings, the line that leads in, heading, sentence
    before. A full sentence that points at nothing before it says what it says alone.
    """
    text = plain(passage.normal)
    if block.kind == "paragraph" and len(text.split()) > _SELF_CONTAINED and not _POINTS_BACK.match(text):
        return ()
    out: list[Reading] = []
    if block.cells and block.columns:
        named = [
            f"{column}: {cell}" if column else cell for column, cell in zip(block.columns, block.cells, strict=False)
        ]
        whole = "; ".join(part for part in named if part)
        out.append(Reading(plain(whole), plain("; ".join(filter(None, block.columns)))))
    if block.lead_in:
        out.append(Reading(plain(f"{block.lead_in} {text}"), plain(block.lead_in)))
    elif block.heading and block.kind != "heading":
        out.append(Reading(plain(f"{block.heading}: {text}"), plain(block.heading)))
    if passage.before and block.kind != "table-row":
        out.append(Reading(plain(f"{passage.before} {text}"), plain(passage.before)))
    return tuple({one.text: one for one in out if one.text != text and len(one.text) < 600}.values())


def said_together(block: Block) -> bool:
    """Whether a block and its context are what is said: a table row with its headings, a bullet with its lead-in."""
    return bool(block.cells or block.lead_in)


class Judge:
    """Gives the verdicts of a document's passages. `comparer` holds the models; the guide's wordings are read once."""

    def __init__(self, guide: Guide, comparer: Comparer) -> None:
        self.guide = guide
        self.comparer = comparer
        self.approved = _wordings(guide, APPROVED)
        self.denied = _wordings(guide, ("prohibited", "retired"))
        self.defined = _wordings(guide, ("definitions",))
        encode = comparer.reader.encode
        self._approved_vectors = encode([plain(s.wording) for s in self.approved])
        self._denied_vectors = encode([plain(s.wording) for s in self.denied])
        self._entries: dict[tuple[str, str], Entry] = {
            **{("messages", e.id): e for e in guide.messages},
            **{("claims", e.id): e for e in guide.claims},
            **{("facts", e.statement): e for e in guide.facts},
            **{("prohibited", e.id): e for e in guide.prohibited},
            **{("retired", e.id): e for e in guide.retired},
        }
        self._folded = tuple((fold(s.wording), s) for s in self.approved)
        self._denied_folded = tuple((fold(s.wording), s) for s in self.denied)

    def judge(self, view: View, passages: Sequence[Passage]) -> tuple[Verdict, ...]:
        blocks = view.document.blocks
        self.comparer.begin()
        kind = view.role.kind
        texts = [plain(p.normal) for p in passages]
        contexts = [in_context(blocks[p.block], p) for p in passages]
        vectors = self.comparer.reader.encode(texts)
        read = self._together(texts, vectors, contexts)
        near = self._candidates(vectors, self._approved_vectors, self.approved, kind, read)
        denied = self._candidates(vectors, self._denied_vectors, self.denied, kind, read)
        denied = [[*self._denied_literally(text, kind), *near_it] for text, near_it in zip(texts, denied, strict=True)]
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

    def near(self, texts: Sequence[str], entries: Collection[tuple[str, str]]) -> list[tuple[Statement, str]]:
        """Each approved wording of `entries` (section, id) with each text that comes near it."""
        chosen = [j for j, s in enumerate(self.approved) if (s.section, s.id) in entries]
        if not chosen or not texts:
            return []
        cosines = self.comparer.reader.encode(texts) @ self._approved_vectors[chosen].T
        return [
            (self.approved[j], text)
            for i, text in enumerate(texts)
            for k, j in enumerate(chosen)
            if float(cosines[i, k]) >= _WORTH_COMPARING
        ]

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
        return len(text.split()) >= _FEWEST_WORDS

    def _together(
        self, texts: Sequence[str], vectors: np.ndarray, contexts: Sequence[tuple[Reading, ...]]
    ) -> list[np.ndarray]:
        """For each text one row a reading."""
        import numpy as np

        at = [i for i, group in enumerate(contexts) for _ in group]
        around = [one.around for group in contexts for one in group]
        if not at:
            return [vectors[:0]] * len(texts)
        rows = together([texts[i] for i in at], vectors[at], around, self.comparer.reader.encode(around))
        return np.split(rows, np.cumsum([len(group) for group in contexts])[:-1])

    def _candidates(
        self,
        vectors: np.ndarray,
        wordings: np.ndarray,
        items: tuple[Statement, ...],
        kind: str | None,
        contexts: Sequence[np.ndarray],
    ) -> list[list[list[Statement]]]:
        """For each passage the nearest entries, each as its nearest wordings, nearest first."""
        if not items:
            return [[] for _ in vectors]
        cosines = vectors @ wordings.T
        for i, group in enumerate(contexts):
            for context in group:
                cosines[i] = _maximum(cosines[i], context @ wordings.T - 0.05)
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

    def _denied_literally(self, text: str, kind: str | None) -> list[list[Statement]]:
        """The refused wordings that stand in a text word for word, however far it is from them in meaning."""
        padded = f" {fold(text)} "
        return [
            [one] for words, one in self._denied_folded
            if len(words.split()) >= _FEWEST_WORDS and f" {words} " in padded and self._applies(one, kind)
        ]

    def _applies(self, statement: Statement, kind: str | None) -> bool:
        entry = self._entries.get((statement.section, statement.id))
        return entry is None or entry.applies(kind)

    def _verdict(
        self,
        blocks: Sequence[Block],
        passage: Passage,
        text: str,
        contexts: tuple[str, ...],
        near: list[list[Statement]],
        denied: list[list[Statement]],
    ) -> Verdict:
        verbatim = self._verbatim(text)
        if verbatim is not None:
            return Verdict(passage, "verbatim", 1.0, verbatim, None, 1.0, ("An approved wording, word for word.",))
        rivals = [self._rival(entry, text, contexts) for entry in near]
        rivals.sort(key=lambda r: -_weight(r))
        approved = self._on_message(rivals, text, said_together(blocks[passage.block]))
        refusal = refused(self.comparer, text, [[(s, plain(s.wording)) for s in entry] for entry in denied])
        if refusal and approved and approved_rather(refusal, approved.own.approved_chance, approved.similarity):
            refusal = None
        if refusal is not None:
            outcome: Outcome = "prohibited" if refusal.statement.section == "prohibited" else "retired"
            told = refusal.comparison
            why = ("Its very words stand here.",) if refusal.literal else told.reasons
            return Verdict(passage, outcome, refusal.chance, refusal.statement, told, told.similarity, why)
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
        for rival in rivals[:2]:
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
        )

    def _verbatim(self, text: str) -> Statement | None:
        folded = fold(text)
        padded = f" {folded} "
        asked = text.endswith("?")
        whole = [s for words, s in self._folded if words == folded and plain(s.wording).endswith("?") == asked]
        if whole or asked:
            return next(iter(whole), None)
        inside = [
            (len(words), s)
            for words, s in self._folded
            if len(words.split()) >= 4 and f" {words} " in padded and len(words) >= 0.7 * len(folded)
            and not _changes_what_it_says(padded.replace(f" {words} ", " ", 1))
        ]
        return max(inside, key=lambda pair: pair[0])[1] if inside else None

    def _own(self, entry: list[Statement], text: str) -> tuple[int, Comparison]:
        """The wording of an entry that the passage alone comes nearest to, and how it stands to it."""
        own = self.comparer.compare([(plain(s.wording), text) for s in entry])
        at = max(range(len(entry)), key=lambda i: (own[i].approved_chance, own[i].about_chance))
        if own[at].approved_chance < 0.5:
            at = max(range(len(entry)), key=lambda i: own[i].about_chance * (1 + own[i].similarity))
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
        return max(fitting, key=lambda r: (r.own.approved_chance, r.best.approved_chance)) if fitting else None


def _changes_what_it_says(beside: str) -> bool:
    """Whether the words `beside` an approved wording may change what it says: a figure, a denial, a condition."""
    return _DIGIT.search(beside) is not None or bool(cues(beside))


def _leans(own: Comparison) -> bool:
    """Whether a passage that is about the entry may need what stands around it to say it."""
    return own.about_chance >= 0.3 and own.approved_chance < 0.5


def _stands_in(comparison: Comparison, text: str) -> bool:
    """Whether the words that changed stand in the passage itself, not only in what stands around it."""
    found = comparison.changes[0].found.casefold() if comparison.changes else ""
    said = text.casefold()
    return found in said or all(word in said for word in found.split())


def _weight(rival: Rival) -> float:
    return rival.own.about_chance * (0.5 + 0.5 * rival.similarity)


def _maximum(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    import numpy as np

    larger: np.ndarray = np.maximum(a, b)
    return larger


def _wordings(guide: Guide, sections: tuple[Section, ...]) -> tuple[Statement, ...]:
    """The wordings of `sections`; of one of several sentences each sentence beside it, for each is approved alone."""
    out: list[Statement] = []
    for statement in statements(guide, sections):
        out.append(statement)
        parts = sentences(statement.wording)
        if len(parts) > 1 and statement.section != "definitions":
            out += [replace(statement, wording=part) for part in parts if len(part.split()) >= _FEWEST_WORDS]
    return tuple(out)
