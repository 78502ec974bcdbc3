"""Findings held against labels, by example and against the reference scorer on made-up labels and findings."""

from __future__ import annotations

import importlib.util
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import REPO

if TYPE_CHECKING:
    from benchmarks.quality.scoring import Tally

REFERENCE = REPO.parent / "shared" / "bench" / "score.py"
DISCLAIMERS = {"boats": ("boats-note",)}
QUOTES = (
    "The ferry to Aran takes forty minutes in calm weather.", "Every ferry carries up to 212 bicycles.",
    "Dogs travel free on all our boats — except the catamaran.", "Tickets are re-\nfunded within 14 days.",
    "“Sail on time”", "Ferry", "Winter timetable", "We sailed on 99.2% of all days in 2025.",
)
RULES = ("message-drift", "unapproved-claim", "term", "trademark", "missing-message", "missing-disclaimer")


def scored(labels: list[dict[str, Any]], findings: list[dict[str, Any]]) -> Tally:
    from benchmarks.quality.companies import label
    from benchmarks.quality.scoring import settle, tally, told_by

    told = [one for finding in findings if (one := told_by(finding)) is not None]
    return tally(settle([label(one) for one in labels], told, DISCLAIMERS))


def drift(text: str, **more: Any) -> dict[str, Any]:
    return {"rule": "message-drift", "document": "deck.pptx", "text": text, **more}


WANTED = {
    "document": "collateral/deck.pptx", "quote": QUOTES[1], "label": "finding", "rules": ["message-drift"],
    "approved": "bicycles", "changes": ["number", "qualifier"], "difficulty": "easy",
}
INNOCENT = {"document": "deck.pptx", "quote": QUOTES[0], "label": "on-message", "rules": [], "approved": "time"}
FOGGY = {"document": "deck.pptx", "quote": QUOTES[2], "label": "ambiguous", "rules": ["message-drift"]}


def test_a_right_finding_said_twice_counts_once() -> None:
    told = drift(QUOTES[1], approved={"id": "bicycles"}, changes=[{"kind": "qualifier"}])
    tally = scored([WANTED, INNOCENT], [told, told])
    assert (tally.precision, tally.recall, tally.f1, tally.first_kind_right) == (1.0, 1.0, 1.0, 1.0)
    assert tally.of("entry right") == 1
    assert tally.group_recall("change", "number") == 1.0


def test_another_rule_or_another_document_is_false() -> None:
    other = {"rule": "term", "document": "deck.pptx", "text": QUOTES[1]}
    tally = scored([WANTED], [other, drift(QUOTES[1], document="letter.docx")])
    assert (tally.of("right"), tally.of("false"), tally.recall) == (0, 2, 0.0)
    beside = {**other, "also": [{"rule": "message-drift", "approved": "bicycles"}]}
    assert scored([WANTED], [beside]).precision == 1.0


def test_what_is_flagged_on_innocent_passages_is_counted_and_the_ambiguous_is_not() -> None:
    tally = scored([WANTED, INNOCENT, FOGGY], [drift(QUOTES[0]), drift(QUOTES[2])])
    assert (tally.of("false"), tally.false_alarms("on-message"), tally.false_alarms("neutral")) == (1, 1.0, 0.0)


def test_an_accepted_finding_is_not_shown() -> None:
    assert scored([INNOCENT], [drift(QUOTES[0], status="accepted")]).of("false") == 0


def test_a_whole_paragraph_names_no_sentence() -> None:
    from benchmarks.quality.scoring import same_words

    assert same_words("Ferry", "Our Ferry sails.")
    assert not same_words("Ferry", "Ferry " + "and much more about sailing " * 9)
    assert same_words("Tickets are re-\nfunded.", "tickets are re-funded.")
    assert not same_words("", "Ferry")


def test_companies_are_pooled_by_their_counts() -> None:
    good, bad = scored([WANTED], [drift(QUOTES[1])]), scored([WANTED, INNOCENT], [drift(QUOTES[0])])
    both = good + bad
    assert (both.precision, both.recall, both.false_alarms("on-message")) == (0.5, 0.5, 1.0)


@pytest.mark.skipif(not REFERENCE.is_file(), reason="the reference scorer is not beside this checkout")
@pytest.mark.parametrize("seed", range(40))
def test_the_figures_are_those_of_the_reference_scorer(seed: int) -> None:
    reference = _reference(REFERENCE)
    chance = random.Random(seed)
    labels, findings = made_up_labels(chance), made_up_findings(chance)
    theirs, missed, false = reference.score(labels, findings)
    ours = scored(labels, findings)
    assert (ours.of("right"), ours.of("false"), ours.of("wanted")) == (theirs["tp"], theirs["fp"], theirs["wanted"])
    assert ours.of("wanted") - ours.of("found") == len(missed)
    assert ours.of("false") == len(false)
    figures = (ours.precision, ours.recall, ours.f1, ours.false_alarms("on-message"), ours.false_alarms("neutral"))
    assert figures == pytest.approx(
        tuple(theirs[key] for key in ("precision", "recall", "f1", "false_alarm_on_message", "false_alarm_neutral")),
        abs=0.0006,
    )
    assert f"{ours.of('kind right')}/{ours.of('kinds')}" == theirs["change_kind_right"]
    for rule, told in theirs["rules"].items():
        assert [ours.of("rule", rule, key) for key in ("wanted", "found", "false")] == [
            told[key] for key in ("wanted", "hit", "false")
        ]
    for group, key in (("change", "drift_recall_by_change"), ("difficulty", "recall_by_difficulty")):
        assert {
            name: f"{ours.of(group, name, 'found')}/{ours.of(group, name, 'wanted')}" for name in ours.names(group)
        } == theirs[key]


def _reference(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("reference_scorer", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.NOTES.update({claim: list(notes) for claim, notes in DISCLAIMERS.items()})
    return module


def made_up_labels(chance: random.Random) -> list[dict[str, Any]]:
    return [
        {
            "document": chance.choice(("deck.pptx", "collateral/deck.pptx", "a/flyer.pdf")),
            "quote": None if kind == "finding" and chance.random() < 0.3 else chance.choice(QUOTES),
            "label": kind,
            "rules": chance.sample(RULES, chance.randint(1, 2)),
            "approved": chance.choice((None, "boats", "boats-note", "time")),
            "changes": chance.sample(("number", "unit", "scope"), chance.randint(0, 2)),
            "difficulty": chance.choice(("easy", "hard")),
        }
        for kind in chance.choices(("finding", "on-message", "neutral", "ambiguous"), (6, 2, 2, 1), k=14)
    ]


def made_up_findings(chance: random.Random) -> list[dict[str, Any]]:
    return [
        {
            "rule": chance.choice(RULES),
            "document": chance.choice(("deck.pptx", "./deck.pptx", "x/collateral/a/flyer.pdf")),
            "text": chance.choice((None, "", *_variants(chance.choice(QUOTES)))),
            "approved": chance.choice((None, {"id": "boats"}, {"id": "boats-note"}, {"id": "time"})),
            "changes": [{"kind": chance.choice(("number", "unit"))} for _ in range(chance.randint(0, 2))],
            "also": [{"rule": chance.choice(RULES)} for _ in range(chance.randint(0, 1))],
            "status": chance.choice(("open", "open", "open", "accepted")),
        }
        for _ in range(20)
    ]


def _variants(quote: str) -> tuple[str, ...]:
    words = quote.split()
    return (
        quote, quote.upper(), quote.replace("—", "–"), " ".join(words[: len(words) // 2]),
        f"Read this first. {quote}", " ".join(words[1:]), f"{words[0]} tomorrow", f"{quote} " + "and so on " * 20,
    )
