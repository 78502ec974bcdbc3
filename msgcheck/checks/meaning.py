"""The rules of meaning, as projections of the passages' verdicts.

`message-drift`, `message-wording`, `prohibited-claim`, `retired-message`, `definition-drift`, `claim-expired`,
`wrong-audience`, `unapproved-claim`; fixed words that were altered come from `drift.py` and take their place among
them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from msgcheck.checks.definitions import definitions_in
from msgcheck.checks.drift import boilerplate_drift, tagline_drift
from msgcheck.checks.patterns import pattern_hits
from msgcheck.checks.pointing import because, point
from msgcheck.checks.presence import Present
from msgcheck.checks.uses import is_use, nearly_said, sure_uses
from msgcheck.checks.verbatim import verbatim_uses
from msgcheck.checks.verdict import Judge, Verdict
from msgcheck.checks.view import MEANING_LAYERS, View
from msgcheck.guide.model import Claim, Fact, Guide, Prohibited, Retired
from msgcheck.guide.statements import APPROVED, Statement, entries
from msgcheck.matching.comparison import Comparer
from msgcheck.model import Approved, Assertion, Carried, Change, Engine, Finding, Passage, Question
from msgcheck.revision import ENGINE_VERSION

if TYPE_CHECKING:
    from msgcheck.language.encoder import Encoder
    from msgcheck.matching.pair_model import PairModel
    from msgcheck.matching.second_opinion.dialogue import Content, Opinion

_CARRYING = {"verbatim": "on-message", "on-message": "on-message", "drift": "drifted"}
_LONG = 90
_CARRIED_NEAR = 0.4                      # cosine below which a document is not said to carry an entry


class Meaning:
    """Loads the guide's wordings once; `judge`, `findings`, `carried` and `assertions` are pure functions of a view.

    Chances in `band` are those of which a second opinion is wanted (None: of none), `opinions` what there is of it.
    """

    def __init__(
        self, guide: Guide, encoder: Encoder, pair_model: PairModel | None = None,
        band: tuple[float, float] | None = None, opinions: Mapping[Content, Opinion] | None = None,
    ) -> None:
        from msgcheck.matching.reading import SentenceReader

        self.guide = guide
        self._band, self._opinions = band, opinions
        self.engine = Engine(ENGINE_VERSION, encoder.name, encoder.sha256)
        if pair_model is not None:
            pair_model.cache = encoder.cache               # the model is shared by all runs of a process
        self.judge_of = Judge(guide, Comparer(
            SentenceReader(encoder, known_names(guide), product_names(guide)), pair_model, encoder.cache
        ))
        self._messages = dict(entries(guide, APPROVED))

    def judge(self, view: View) -> tuple[Verdict, ...]:
        """A verdict for each passage that rules of meaning read, in reading order."""
        fixed = [(use.block, *use.whole) for use in verbatim_uses(view)]
        passages = [
            p
            for p in view.passages
            if view.reads(view.document.blocks[p.block].layer, MEANING_LAYERS) and not _inside(view, p, fixed)
        ]
        verdicts = self.judge_of.judge(view, passages)
        return self._reconsidered(view, tuple(definitions_in(view, verdicts, self.judge_of)))

    def unsure(self, view: View, verdicts: tuple[Verdict, ...]) -> tuple[Question, ...]:
        """What to ask about the passages of which a second opinion is wanted."""
        from msgcheck.checks.doubts import questions

        return tuple(question for _, question in questions(view, verdicts, self._band)) if self._band else ()

    def _reconsidered(self, view: View, verdicts: tuple[Verdict, ...]) -> tuple[Verdict, ...]:
        """The verdicts after the opinions that there are."""
        if not self._band or not self._opinions:
            return verdicts
        from msgcheck.checks.doubts import reconsidered

        after = list(reconsidered(view, verdicts, self._opinions, self._band))
        cleared = [i for i, one in enumerate(after) if one.second and one.outcome == "nothing"]
        claims = self.judge_of.claims_among(view.document.blocks, [after[i] for i in cleared]) if cleared else []
        for i, claim in zip(cleared, claims, strict=True):
            after[i] = claim
        return tuple(after)

    def findings(self, view: View, verdicts: tuple[Verdict, ...]) -> Iterator[Finding]:
        """Every rule of meaning that applies; `finish` keeps the first by precedence and puts the rest in its
        `also`.
        """
        yield from boilerplate_drift(view)
        yield from tagline_drift(view)
        yield from self._patterns(view)
        for verdict in verdicts:
            for finding in self._of(view, verdict):
                yield replace(finding, why=(*finding.why, verdict.second)) if verdict.second else finding

    def carried(self, view: View, verdicts: tuple[Verdict, ...]) -> tuple[Carried, ...]:
        out = []
        for verdict in verdicts:
            statement = verdict.statement
            if (
                verdict.outcome not in _CARRYING
                or statement is None
                or statement.section not in APPROVED
            ):
                continue
            if verdict.outcome == "on-message" and (verdict.similarity or 0.0) < _CARRIED_NEAR:
                continue
            how = _CARRYING[verdict.outcome]
            if how == "on-message" and self._expired(view, statement):
                how = "expired"
            block = view.document.blocks[verdict.passage.block]
            text = verdict.passage.normal
            out.append(Carried(statement.section, statement.id, how, text, block.location, block.layer))
        return tuple(out)

    def presence(self, view: View, verdicts: tuple[Verdict, ...]) -> Present:
        """What is used so surely, or said so nearly, that it matters for what the document must carry."""
        return Present(sure_uses(verdicts), nearly_said(view, verdicts, self.judge_of, self._messages))

    def assertions(self, view: View, verdicts: tuple[Verdict, ...]) -> tuple[Assertion, ...]:
        from msgcheck.checks.assertions import assertions

        return assertions(view, verdicts, self.judge_of)

    # one verdict → findings

    def _of(self, view: View, verdict: Verdict) -> Iterator[Finding]:
        statement = verdict.statement
        if verdict.outcome == "claim":
            yield self._claim(view, verdict)
            return
        if statement is None:
            return
        if verdict.outcome in ("prohibited", "retired"):
            yield self._refused(view, verdict, statement)
        elif verdict.outcome == "defined-otherwise":
            yield self._drift(view, verdict, statement, "definition-drift")
        elif verdict.outcome == "drift":
            yield self._drift(view, verdict, statement, "message-drift")
            yield from self._beside(view, verdict, statement)
        elif verdict.outcome == "verbatim" or (verdict.outcome in ("on-message", "nothing") and is_use(verdict)):
            if statement.exact and verdict.outcome != "verbatim":
                yield self._wording(view, verdict, statement)
            yield from self._beside(view, verdict, statement)

    def _beside(self, view: View, verdict: Verdict, statement: Statement) -> Iterator[Finding]:
        """What is wrong with using the entry here, whatever its words."""
        entry = self._messages.get((statement.section, statement.id))
        if entry is None:
            return
        if self._expired(view, statement) and isinstance(entry, Claim | Fact) and entry.expires:
            yield self._point(
                view,
                verdict,
                "claim-expired",
                statement,
                f"Uses '{_short(statement.statement)}', approved until {entry.expires.isoformat()}.",
                why=(
                    f"The claim expired on {entry.expires.isoformat()}; the check is as of {view.as_of.isoformat()}.",
                    *because(entry.reason),
                ),
            )
        wanted = view.role.audiences
        if entry.audiences and wanted and not set(entry.audiences) & set(wanted):
            names = {audience.id: audience.name or audience.id for audience in self.guide.audiences}
            meant = ", ".join(names.get(one, one) for one in entry.audiences)
            here = ", ".join(names.get(one, one) for one in wanted)
            yield self._point(
                view,
                verdict,
                "wrong-audience",
                statement,
                f"'{_short(statement.statement)}' is approved for {meant}; this document is for {here}.",
                why=(
                    "The guide approves the message for some audiences only, and the document's are not among them.",
                    *because(entry.reason),
                ),
            )

    def _expired(self, view: View, statement: Statement) -> bool:
        entry = self._messages.get((statement.section, statement.id))
        return isinstance(entry, Claim | Fact) and entry.expires is not None and entry.expires < view.as_of

    def _drift(self, view: View, verdict: Verdict, statement: Statement, rule: str) -> Finding:
        changes = verdict.comparison.changes if verdict.comparison else ()
        return self._point(
            view,
            verdict,
            rule,
            statement,
            says(changes, statement),
            changes=changes,
            suggestion=statement.statement,
            why=(f"Read as a use of '{_short(statement.wording)}'.", *because(statement.reason), *verdict.why),
        )

    def _wording(self, view: View, verdict: Verdict, statement: Statement) -> Finding:
        return self._point(
            view,
            verdict,
            "message-wording",
            statement,
            f"Says in other words what may only be said verbatim: '{_short(statement.statement)}'.",
            suggestion=statement.statement,
            why=("The guide asks for this entry word for word.", *because(statement.reason), *verdict.why),
        )

    def _refused(self, view: View, verdict: Verdict, statement: Statement) -> Finding:
        if statement.section == "prohibited":
            return self._point(
                view,
                verdict,
                "prohibited-claim",
                statement,
                f"Says what may not be said: '{_short(statement.wording)}'.",
                why=(*because(statement.reason), *verdict.why),
            )
        old = next(e for e in self.guide.retired if e.id == statement.id)
        return self._point(
            view,
            verdict,
            "retired-message",
            statement,
            f"Uses a retired message: '{_short(statement.statement)}'.",
            suggestion=self._successor(old),
            why=(*because(statement.reason), *verdict.why),
        )

    def _claim(self, view: View, verdict: Verdict) -> Finding:
        return point(
            view,
            verdict.passage.block,
            *_normal_span(view, verdict.passage),
            rule="unapproved-claim",
            message="Makes a claim that nothing in the guide supports.",
            confidence=round(verdict.confidence, 3),
            why=(
                "It reads as a promise of a benefit, a performance or a result, and no approved statement says it.",
                *verdict.why,
            ),
        )

    def _patterns(self, view: View) -> Iterator[Finding]:
        for index, start, end, entry in pattern_hits(view):
            words = view.document.blocks[index].normal[start:end]
            span = next(
                (
                    (p_start, p_end)
                    for p in view.by_block.get(index, ())
                    for p_start, p_end in [_normal_span(view, p)]
                    if p_start <= start < p_end
                ),
                (start, end),
            )
            why = (f"Its words '{words}' match a pattern of '{entry.id}'.", *because(entry.reason))
            if isinstance(entry, Prohibited):
                yield point(
                    view,
                    index,
                    *span,
                    rule="prohibited-claim",
                    message=f"Says what may not be said: '{words}'.",
                    approved=Approved(
                        "prohibited", entry.id, next(iter(entry.statements), None), words, None, entry.owner,
                        entry.reason,
                    ),
                    why=why,
                )
            elif isinstance(entry, Retired):
                yield point(
                    view,
                    index,
                    *span,
                    rule="retired-message",
                    message=f"Uses a retired message: '{words}'.",
                    approved=Approved("retired", entry.id, entry.statement, words, None, entry.owner, entry.reason),
                    suggestion=self._successor(entry),
                    why=why,
                )

    def _successor(self, entry: Retired) -> str | None:
        return next(
            (e.statement for e in (*self.guide.messages, *self.guide.claims) if e.id == entry.replaced_by), None
        )

    def _point(
        self,
        view: View,
        verdict: Verdict,
        rule: str,
        statement: Statement,
        message: str,
        *,
        why: tuple[str, ...],
        changes: tuple[Change, ...] = (),
        suggestion: str | None = None,
    ) -> Finding:
        return point(
            view,
            verdict.passage.block,
            *_normal_span(view, verdict.passage),
            rule=rule,
            message=message,
            approved=Approved(
                statement.section,
                statement.id,
                statement.statement,
                statement.wording,
                statement.source,
                statement.owner,
                statement.reason,
            ),
            changes=changes,
            suggestion=suggestion,
            why=why,
            confidence=round(verdict.confidence, 3),
            similarity=round(verdict.similarity, 3) if verdict.similarity is not None else None,
        )


def known_names(guide: Guide) -> tuple[str, ...]:
    """The company's and products' own names: who speaks, not what is said."""
    owners = (*((guide.company,) if guide.company else ()), *guide.products)
    return tuple(dict.fromkeys(name for one in owners for name in (one.name, *one.aliases)))


def product_names(guide: Guide) -> tuple[tuple[str, str], ...]:
    """Each name of a product, earlier ones too, with the product's id."""
    return tuple(
        (name, product.id) for product in guide.products for name in (product.name, *product.aliases, *product.retired)
    )


def says(changes: tuple[Change, ...], statement: Statement) -> str:
    """One sentence on the first change, for a marketer."""
    change = changes[0] if changes else None
    if change is None or change.approved.casefold() == change.found.casefold():
        return f"Says something else than '{_short(statement.statement)}'."
    if change.approved and change.found:
        return f"Says '{_short(change.found)}'; approved is '{_short(change.approved)}'."
    if change.approved:
        return f"Leaves out '{_short(change.approved)}' of '{_short(statement.statement)}'."
    return f"Adds '{_short(change.found)}' to '{_short(statement.statement)}'."


def _short(text: str) -> str:
    return text if len(text) <= _LONG else text[: _LONG - 1].rsplit(" ", 1)[0] + "…"


def _normal_span(view: View, passage: Passage) -> tuple[int, int]:
    """The passage's span in its block's normalised text."""
    normal = view.document.blocks[passage.block].normal
    before = view.by_block[passage.block]
    at = 0
    for other in before:
        at = normal.find(other.normal, at)
        if other is passage or (other.start, other.end) == (passage.start, passage.end):
            return at, at + len(passage.normal)
        at += len(other.normal)
    return 0, len(normal)


def _inside(view: View, passage: Passage, fixed: list[tuple[int, int, int]]) -> bool:
    """Whether most of a passage is a use of boilerplate or a tagline, approved or altered."""
    start, end = _normal_span(view, passage)
    covered = sum(
        min(end, e) - max(start, s) for block, s, e in fixed if block == passage.block and s < end and start < e
    )
    return covered >= 0.6 * (end - start)

