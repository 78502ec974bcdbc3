"""Sides held against each other: stances, score, disagreements, words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from msgcheck.align import UNNAMED, align, told_otherwise
from msgcheck.errors import UsageError
from msgcheck.model import (
    Approved,
    Assertion,
    Block,
    Carried,
    Change,
    Document,
    DocumentResult,
    Entry,
    Finding,
    Location,
    Related,
    Role,
)

SPEED = Entry("messages", "speed", "The crossing takes no more than 40 minutes.")
CARS = Entry("messages", "cars", "Drive on, drive off.")
TIME = Entry("claims", "on-time", "Nine in ten crossings leave on time.")
ENTRIES = (SPEED, CARS, TIME)


def place(number: int = 1) -> Location:
    return Location("page", number, f"page {number}")


def result(
    name: str, *carried: tuple[str, str], findings: tuple[Finding, ...] = (), role: Role | None = None, text: str = ""
) -> DocumentResult:
    sections = {entry.id: entry.section for entry in ENTRIES}
    blocks = (Block(text, text, "paragraph", "body", place()),) if text else ()
    return DocumentResult(
        Document(name, "pdf", "ab" * 32, "read", blocks=blocks),
        role or Role("folder", name.partition("/")[0]),
        findings=findings,
        carried=tuple(
            Carried(sections[identifier], identifier, how, f"{identifier} {how}", place(at))
            for at, (identifier, how) in enumerate(carried, 1)
        ),
    )


def conflict(document: str, text: str, other: str, other_text: str) -> Finding:
    return Finding(
        "conflicting-claims",
        "Differs.",
        document,
        "body",
        place(),
        text,
        text,
        0,
        len(text),
        related=(Related(other, place(2), other_text),),
    )


def test_each_side_has_its_stance_and_its_wordings() -> None:
    found = align(
        [
            result("marketing/a.pdf", ("speed", "on-message"), ("cars", "on-message")),
            result("sales/b.pdf", ("speed", "on-message"), ("speed", "drifted")),
            result("sales/c.pdf", ("speed", "drifted"), ("on-time", "expired")),
        ],
        ENTRIES,
    )
    assert found.sides == (("marketing", 1), ("sales", 2))
    assert [[stance.how for stance in line.stances] for line in found.lines] == [
        ["on-message", "mixed"],
        ["on-message", "absent"],
        ["absent", "expired"],
    ]
    assert [line.told for line in found.lines] == ["apart", "one side", "one side"]
    assert [(use.document, use.place, use.how) for use in found.lines[0].stances[1].uses] == [
        ("sales/b.pdf", "page 1", "on-message"),
        ("sales/b.pdf", "page 2", "drifted"),
        ("sales/c.pdf", "page 1", "drifted"),
    ]


def test_the_score_is_how_often_both_say_what_is_approved() -> None:
    one = result("marketing/a.pdf", ("speed", "on-message"), ("cars", "on-message"), ("cars", "drifted"))
    other = result("sales/b.pdf", ("speed", "on-message"), ("cars", "on-message"))
    found = align([one, other], ENTRIES)
    assert [line.agreement for line in found.lines] == [1.0, 0.5, None]
    assert found.score == 75
    assert "2 approved messages carried by more than one side, 1 of them on message everywhere." in found.reasons


def test_a_disagreement_counts_once_and_lowers_the_score() -> None:
    one = result(
        "marketing/a.pdf",
        ("speed", "on-message"),
        findings=(conflict("marketing/a.pdf", "Founded in 1990.", "sales/b.pdf", "Founded in 1992."),),
    )
    other = result(
        "sales/b.pdf",
        ("speed", "on-message"),
        findings=(conflict("sales/b.pdf", "Founded in 1992.", "marketing/a.pdf", "Founded in 1990."),),
    )
    found = align([one, other], ENTRIES)
    assert len(found.disagreements) == 1
    assert [(name, use.text) for name, use in found.disagreements[0].uses] == [
        ("marketing", "Founded in 1990."),
        ("sales", "Founded in 1992."),
    ]
    assert found.score == 50


def test_a_conflict_within_one_side_is_none_between_sides() -> None:
    one = result("sales/a.pdf", findings=(conflict("sales/a.pdf", "In 1990.", "sales/b.pdf", "In 1992."),))
    assert align([one, result("sales/b.pdf"), result("marketing/c.pdf")], ENTRIES).disagreements == ()


def test_other_figures_are_told_from_other_drift() -> None:
    drift = Finding(
        "message-drift",
        "",
        "sales/b.pdf",
        "body",
        place(),
        approved=Approved("messages", "speed"),
        changes=(Change("timeframe", "40 minutes", "30 minutes"),),
    )
    found = align(
        [
            result("marketing/a.pdf", ("speed", "on-message")),
            result("sales/b.pdf", ("speed", "drifted"), findings=(drift,)),
        ],
        ENTRIES,
    )
    assert [line.figures for line in found.lines] == [True, False, False]


def test_a_drifted_place_says_how_it_differs() -> None:
    change = Change("timeframe", "40 minutes", "30 minutes")
    drift = Finding(
        "message-drift", "", "sales/b.pdf", "body", place(), text="speed\ndrifted",
        approved=Approved("messages", "speed"),
        changes=(change,),
    )
    other = replace(drift, text="something else", changes=(Change("number", "1", "2"),))
    [line, *_] = align([result("sales/b.pdf", ("speed", "drifted"), findings=(other, drift))], ENTRIES).lines
    assert line.stances[0].uses[0].changes == (change,)


@pytest.mark.parametrize(("change", "words"), [
    (Change("timeframe", "ten years", "fifteen years"), "“fifteen years” instead of “ten years”"),
    (Change("entity", "", "ISO 9001"), "adds “ISO 9001”"),
    (Change("qualifier", "up to", ""), "leaves out “up to”"),
    (Change("contradiction", "", ""), "the opposite of what is approved"),
])
def test_a_change_in_words(change: Change, words: str) -> None:
    assert told_otherwise(change) == words


def test_a_disagreement_says_which_value_each_side_gives() -> None:
    def said(document: str, text: str, *values: str) -> tuple[Assertion, ...]:
        return tuple(
            Assertion(document, "body", place(), text, text, 0, len(text), "mass", 1.0, 1.0, "=", value)
            for value in values
        )

    ours, theirs = "Three boats of 40 tonnes.", "Each weighs 48 tonnes."
    finding = replace(
        conflict("marketing/a.pdf", ours, "sales/b.pdf", theirs),
        message="Says '40 tonnes'; sales/b.pdf, page 2 says '48 tonnes'.",
    )
    one = replace(
        result("marketing/a.pdf", findings=(finding,)),
        assertions=said("marketing/a.pdf", ours, "Three", "40 tonnes"),
    )
    other = replace(result("sales/b.pdf"), assertions=said("sales/b.pdf", theirs, "48 tonnes"))
    [found] = align([one, other], ENTRIES).disagreements
    assert [(name, use.said) for name, use in found.uses] == [("marketing", "40 tonnes"), ("sales", "48 tonnes")]


def test_claims_of_one_side_and_the_words_of_each() -> None:
    claim = Finding(
        "unapproved-claim", "", "sales/b.pdf", "body", place(), "We are the fastest.", "We are the fastest.", 0, 19
    )
    term = Finding(
        "term", "", "sales/b.pdf", "body", place(), "a boat", "boat", 2, 6, Approved("terms", "ship", wording="ship")
    )
    found = align(
        [
            result("marketing/a.pdf", text="The ship, ships and shipping."),
            result("sales/b.pdf", findings=(claim, term, replace(claim, status="accepted"))),
        ],
        ENTRIES,
    )
    assert [(one.side, one.use.text) for one in found.alone] == [("sales", "We are the fastest.")]
    assert [(one.use, one.counts) for one in found.preferences] == [("ship", ((("ship", 2),), (("boat", 1),)))]


@pytest.mark.parametrize(
    ("by", "sides"),
    [
        ("owner", ["ops", UNNAMED]),
        ("kind", ["deck", "folder"]),
        ("audience", ["buyers", "drivers", UNNAMED]),
        ("folder", ["all/marketing", "all/sales"]),
    ],
)
def test_sides_are_owners_kinds_audiences_or_folders(by: str, sides: list[str]) -> None:
    results = [
        result("all/sales/a.pdf", role=Role("deck", "ops", ("buyers", "drivers"))),
        result("all/marketing/b.pdf", role=Role("folder", None)),
    ]
    assert [name for name, _ in align(results, ENTRIES, by).sides] == sides  # type: ignore[arg-type]


def test_only_some_sides_and_none_of_that_name() -> None:
    results = [result("sales/a.pdf"), result("marketing/b.pdf"), result("hr/c.pdf")]
    assert align(results, ENTRIES, only=("sales", "marketing")).sides == (("marketing", 1), ("sales", 1))
    with pytest.raises(UsageError) as error:
        align(results, ENTRIES, only=("sale",))
    assert "sales" in error.value.mend


def test_what_was_not_read_is_on_no_side_and_nothing_shared_is_no_score() -> None:
    unread = result("sales/a.pdf", ("speed", "drifted"))
    unread = replace(unread, document=replace(unread.document, status="unread"))
    found = align([unread, result("marketing/b.pdf", ("speed", "on-message"))], ENTRIES)
    assert found.sides == (("marketing", 1),)
    assert found.score is None
