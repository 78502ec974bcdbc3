"""What two places may not say differently, and that it is told the same whatever comes first."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable

import pytest
from case_files import Case, cases, hold

from msgcheck.checks.assertions import assertions
from msgcheck.checks.conflicts import conflicting
from msgcheck.checks.spoken import guide_says
from msgcheck.checks.verdict import Verdict
from msgcheck.checks.view import View
from msgcheck.guide.model import Guide
from msgcheck.language.passages import passages
from msgcheck.model import Assertion, Block, Document, DocumentResult, Location, Role
from msgcheck.normalise import normalise
from msgcheck.serial import dump, load

CASES = cases("conflicting-claims")


def result(view: View) -> DocumentResult:
    """As the analysis would leave it where no passage is about anything in the guide."""
    verdicts = tuple(Verdict(passage, "nothing", 1.0) for passage in view.passages)
    return DocumentResult(view.document, view.role, assertions=assertions(view, verdicts))


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(case: Case) -> None:
    hold(case, conflicting(tuple(result(view) for view in case.views), case.views[0].guide, guide_says))


GUIDE = Guide.model_validate(
    {
        "msgcheck": "1",
        "company": {"name": "Alderfen Boats"},
        "messages": [{"id": "main", "statement": "Alderfen boats do not leak."}],
    }
)


def view(name: str, *texts: str) -> View:
    blocks = tuple(
        Block(text, normalise(text).text, "paragraph", "body", Location("paragraph", at, f"paragraph {at}"))
        for at, text in enumerate(texts, 1)
    )
    document = Document(name, "markdown", "0" * 64, "read", (), blocks, language="en")
    return View(document, Role(), passages(document, "en"), GUIDE, datetime.date(2026, 11, 21))


def told(results: Iterable[DocumentResult]) -> list[tuple[str, str | None, str, tuple[str, ...]]]:
    return [
        (f.document, f.text, f.message, tuple(r.document for r in f.related))
        for f in conflicting(tuple(results), GUIDE, guide_says)
    ]


BROCHURE = view("a/brochure.md", "Alderfen Boats was founded in 1990.", "A sea trial takes half a day.")
DECK = view("b/deck.md", "Founded in 1994", "The sea trial takes two full days.", "Lunch is at one.")
PAGE = view("c/page.md", "Nobody knows how long a sea trial is.", "We have been in business since 1990.")


def test_each_place_names_the_other_and_its_words() -> None:
    assert told([result(BROCHURE), result(DECK), result(PAGE)]) == [
        (
            "a/brochure.md",
            "Alderfen Boats was founded in 1990.",
            "Says '1990'; b/deck.md, paragraph 1 says '1994'.",
            ("b/deck.md",),
        ),
        (
            "a/brochure.md",
            "A sea trial takes half a day.",
            "Says 'half a day'; b/deck.md, paragraph 2 says 'two full days'.",
            ("b/deck.md",),
        ),
        (
            "b/deck.md",
            "Founded in 1994",
            "Says '1994'; a/brochure.md, paragraph 1 says '1990'.",
            ("a/brochure.md", "c/page.md"),
        ),
        (
            "b/deck.md",
            "The sea trial takes two full days.",
            "Says 'two full days'; a/brochure.md, paragraph 2 says 'half a day'.",
            ("a/brochure.md",),
        ),
        (
            "c/page.md",
            "We have been in business since 1990.",
            "Says '1990'; b/deck.md, paragraph 1 says '1994'.",
            ("b/deck.md",),
        ),
    ]


def test_the_order_of_documents_changes_nothing() -> None:
    results = [result(one) for one in (BROCHURE, DECK, PAGE)]
    first = told(results)
    assert all(told(order) == first for order in itertools.permutations(results))


def test_a_document_without_assertions_changes_nothing() -> None:
    results = [result(one) for one in (BROCHURE, DECK, PAGE)]
    assert told([*results, DocumentResult(PAGE.document, Role())]) == told(results)


def test_only_what_the_guide_is_silent_on_is_stated() -> None:
    verdicts = tuple(Verdict(passage, "drift", 1.0) for passage in BROCHURE.passages)
    assert assertions(BROCHURE, verdicts) == ()


def test_assertions_come_back_from_the_cache_as_they_were() -> None:
    kept = result(BROCHURE)
    assert kept.assertions and load(DocumentResult, dump(kept)) == kept


def test_a_hundred_copies_of_a_fact_do_not_hide_that_one_differs() -> None:
    copies = [view(f"copies/{number:03}.md", "The sea trial takes two days.") for number in range(100)]
    odd = view("odd.md", "The sea trial takes five days.")
    found = told([*(result(one) for one in copies), result(odd)])
    assert len(found) == 101
    assert found[-1][:3] == (
        "odd.md",
        "The sea trial takes five days.",
        "Says 'five days'; copies/000.md, paragraph 1 says 'two days'.",
    )


def test_a_document_may_not_contradict_itself_plainly() -> None:
    found = told([result(view("one.md", "A sea trial takes half a day.", "A sea trial takes two full days."))])
    assert [text for _, text, _, _ in found] == ["A sea trial takes half a day.", "A sea trial takes two full days."]


def test_no_pair_is_held_against_each_other_under_a_word_of_a_crowd(monkeypatch: pytest.MonkeyPatch) -> None:
    from msgcheck.checks import conflicts

    seen: list[tuple[Assertion, Assertion]] = []
    own = conflicts.likeness

    def likeness(a: Assertion, b: Assertion, rarity: conflicts.Rarity) -> float:
        seen.append((a, b))
        return own(a, b, rarity)

    monkeypatch.setattr(conflicts, "likeness", likeness)
    many = [
        view(
            f"{number}.md",
            f"Berth {chr(65 + number % 26)}{chr(97 + number // 26)}q is dredged every {number + 2} weeks.",
        )
        for number in range(400)
    ]
    told(result(one) for one in many)
    assert len(seen) < 4_000


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The last day for Christmas orders is 7 December.", "Christmas orders close on 4 December."),
        ("The Whitby office will open in March 2027.", "The Whitby office opens in May."),
        ("Next user day: 14 May 2027, Leeds", "Our user day is held in Leeds on 21 May 2027."),
        ("April 2027: slipway in Whitby opens", "The slipway in Whitby will open in February 2027."),
        ("The depot in Whitby opens in February 2027.", "The depot in Whitby takes up its work in April 2027."),
        ("The help desk answers from seven to seven.", "The help desk is staffed from nine to five."),
    ],
)
def test_two_dates_or_hours_of_one_thing_contradict(one: str, other: str) -> None:
    assert len(told([result(view("a.md", one)), result(view("b.md", other))])) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Whitby office will open in May 2027.", "The Whitby office opens in May."),
        ("The depot in Whitby opens in February 2027.", "The depot in Hull opens in April."),
        ("Seats for children from nine to five kilos.", "Seats for adults from seven to eleven stone."),
        ("Christmas orders close on 4 December.", "The Whitby office closes on 24 December."),
    ],
)
def test_dates_or_hours_of_other_things_do_not(one: str, other: str) -> None:
    assert told([result(view("a.md", one)), result(view("b.md", other))]) == []
