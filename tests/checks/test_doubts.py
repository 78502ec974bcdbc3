"""Which verdicts are in doubt, and what an opinion makes of them."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from msgcheck.checks.doubts import questions, reconsidered
from msgcheck.checks.verdict import Outcome, Verdict
from msgcheck.checks.view import View
from msgcheck.guide import load
from msgcheck.guide.statements import Statement
from msgcheck.matching.comparison import Comparison
from msgcheck.matching.rows import Row
from msgcheck.matching.second_opinion.dialogue import Opinion
from msgcheck.matching.second_opinion.endpoint import BAND
from msgcheck.model import Block, Change, Document, Location, Passage, Relation, Role

WORDING = "Our mill grinds nine tonnes of rye a day."
TEXT = "Rye leaves our mill by the tonne®."
BLOCK = Block(TEXT, TEXT, "paragraph", "body", Location("line", 3), heading="Rye")
PASSAGE = Passage(0, 0, len(TEXT), TEXT, TEXT, before="We like bread.")
EXACT = Row("number", "mass", "nine tonnes", "ten tonnes", "differs", 0.95, exact=True)
HINT = replace(EXACT, certainty=0.5, exact=False)
CHANGE = Change("number", "nine tonnes", "the tonne")


@pytest.fixture
def view(tmp_path: Path) -> View:
    guide = tmp_path / "guide.yaml"
    guide.write_text("msgcheck: 1\ncompany: {name: Quern Mills}\n")
    document = Document("a.md", "markdown", "", "read", blocks=(BLOCK,))
    return View(document, Role(), (PASSAGE,), load(guide), datetime.date(2026, 11, 21))


def verdict(
    outcome: Outcome, same: float, drift: float, rows: tuple[Row, ...] = (), section: str = "claims"
) -> Verdict:
    statement = Statement(section, "rye", WORDING, WORDING, None, None, False, 0)  # type: ignore[arg-type]
    relation: Relation = {"on-message": "same", "drift": "drift"}.get(outcome, "other")  # type: ignore[assignment]
    chances = (same, 0.0, drift, 1.0 - same - drift)
    return Verdict(PASSAGE, outcome, 0.5, statement, Comparison(relation, (), 0.5, (), rows, chances, 0.6), 0.6)


@pytest.mark.parametrize(
    ("given", "doubt"),
    [
        (verdict("on-message", 0.55, 0.4), 0.05),
        (verdict("on-message", 0.70, 0.3), None),
        (verdict("drift", 0.3, 0.6), 0.1),
        (verdict("drift", 0.1, 0.9), None),
        (verdict("drift", 0.4, 0.6, (EXACT,)), None),
        (verdict("drift", 0.4, 0.6, (HINT,)), 0.1),
        (verdict("nothing", 0.36, 0.45), 0.05),
        (verdict("nothing", 0.45, 0.2, (EXACT,)), 0.05),
        (verdict("nothing", 0.2, 0.2), None),
        (verdict("claim", 0.4, 0.4), None),
        (verdict("prohibited", 0.5, 0.5), None),
        (verdict("on-message", 0.55, 0.4, section="definitions"), None),
        (Verdict(PASSAGE, "nothing", 1.0), None),
    ],
)
def test_what_is_in_doubt(view: View, given: Verdict, doubt: float | None) -> None:
    found = [question for _, question in questions(view, [given], BAND)]
    if doubt is None:
        assert found == []
        return
    (question,) = found
    assert question.doubt == pytest.approx(doubt)
    assert (question.statement, question.passage) == (WORDING, "Rye leaves our mill by the tonne.")
    assert dict(question.context) == {"heading": "Rye", "sentence before": "We like bread."}


def after(view: View, given: Verdict, relation: Relation, change: Change | None = None) -> Verdict:
    ((_, question),) = questions(view, [given], BAND)
    (out,) = reconsidered(view, [given], {question.content: Opinion("tern", relation, change)}, BAND)
    assert "'tern'" in out.second
    return out


def test_an_opinion_decides_what_is_in_doubt(view: View) -> None:
    unsure = verdict("drift", 0.4, 0.5)
    for relation in ("same", "part"):
        out = after(view, unsure, relation)
        assert out.comparison is not None
        assert (out.outcome, out.comparison.relation) == ("on-message", relation)
        assert out.confidence == pytest.approx(0.727, abs=0.001)          # odds of 0.4, four times as high
    assert after(view, unsure, "other").outcome == "nothing"
    out = after(view, verdict("on-message", 0.5, 0.4), "drift", CHANGE)
    assert out.comparison is not None
    assert (out.outcome, out.comparison.changes) == ("drift", (CHANGE,))
    assert after(view, verdict("nothing", 0.3, 0.45), "drift", CHANGE).outcome == "drift"


def test_an_exact_difference_is_not_overruled(view: View) -> None:
    unsure = verdict("nothing", 0.45, 0.3, (EXACT,))
    for relation in ("same", "part"):
        out = after(view, unsure, relation)
        assert (out.outcome, out.comparison) == ("nothing", unsure.comparison)
        assert "not overruled" in out.second
    out = after(view, unsure, "drift", Change("scope", "a day", "by"))
    assert out.comparison is not None
    assert [change.kind for change in out.comparison.changes] == ["number", "scope"]    # the exact one first
    sure = verdict("drift", 0.4, 0.6, (EXACT,))
    ((_, question),) = questions(view, [verdict("drift", 0.4, 0.6)], BAND)
    assert reconsidered(view, [sure], {question.content: Opinion("tern", "same")}, BAND) == (sure,)


def test_without_an_opinion_nothing_changes(view: View) -> None:
    unsure = verdict("drift", 0.4, 0.5)
    assert reconsidered(view, [unsure], {}, BAND) == (unsure,)
