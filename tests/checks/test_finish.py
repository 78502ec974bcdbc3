"""Severity, precedence, order and fingerprints."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

from msgcheck.checks.finish import fingerprint, finish
from msgcheck.guide.model import Guide
from msgcheck.model import Also, Approved, Finding, Location, Related

GUIDE = Guide.model_validate({
    "products": [{"id": "dough", "name": "Doughmaster"}],
    "terms": [
        {"use": "sign in", "never": ["log in"], "severity": "error"},
        {"use": "sign in", "never": ["login"], "severity": "note"},
        {"use": "guests", "never": ["patrons"]},
    ],
    "competitors": {"names": ["Ovenia", {"name": "Hotbox", "policy": "warn"}, {"name": "Crumbly", "severity": "note"}]},
    "messages": [{"id": "proving", "statement": "Dough in three weeks."}],
    "severity": {"unapproved-claim": "note", "trademark": "off", "term": "error"},
})
TEXT = "Patrons log in with Doughmaster, and dough is done in two weeks."


def made(rule: str, start: int | None = 0, end: int | None = 7, **keys: Any) -> Finding:
    text = TEXT[start:end] if start is not None else None
    base = Finding(rule, "Says so.", "a.md", "body", Location("line", 1), TEXT if text else None, text, start, end)
    return replace(base, **keys)


def severities(*findings: Finding) -> dict[str, str]:
    return {f"{one.rule}:{one.approved.id if one.approved else ''}": one.severity for one in finish(findings, GUIDE)}


def test_the_entry_comes_before_the_guide_and_the_guide_before_the_default() -> None:
    got = severities(
        made("term", 8, 14, approved=Approved("terms", "sign in")),
        made("term", 0, 7, approved=Approved("terms", "guests")),
        made("unapproved-claim"),
        made("brand-name", 20, 31, approved=Approved("products", "dough")),
    )
    assert got == {
        "term:sign in": "error", "term:guests": "error", "unapproved-claim:": "note", "brand-name:dough": "error",
    }


def test_of_two_terms_with_one_preferred_word_the_one_that_was_found_decides() -> None:
    found = finish([made("term", None, None, text="Login", approved=Approved("terms", "sign in"))], GUIDE)
    assert [one.severity for one in found] == ["note"]


def test_a_competitor_has_the_severity_of_its_policy() -> None:
    got = severities(*(
        made("competitor-mention", approved=Approved("competitors", name)) for name in ("Ovenia", "Hotbox", "Crumbly")
    ))
    assert {key.partition(":")[2]: level for key, level in got.items()} == {
        "Ovenia": "error", "Hotbox": "warning", "Crumbly": "note",
    }


def test_what_is_off_is_left_out() -> None:
    assert finish([made("trademark")], GUIDE) == ()


def test_a_passage_has_one_finding_of_meaning_and_the_rest_in_also() -> None:
    drift = made("message-drift", 0, 60, approved=Approved("messages", "proving"))
    others = [
        made("unapproved-claim", 0, 64), made("prohibited-claim", 10, 20, approved=Approved("prohibited", "sure")),
        made("wrong-audience", 0, 64, approved=Approved("messages", "proving")), drift,
    ]
    (only,) = finish(others, GUIDE)
    assert only.rule == "prohibited-claim"
    assert only.also == (
        Also("message-drift", "proving"), Also("wrong-audience", "proving"), Also("unapproved-claim", None),
    )


def test_findings_of_words_stand_beside_it_and_apart_passages_keep_their_own() -> None:
    found = finish([
        made("message-drift", 33, 64), made("term", 0, 7, approved=Approved("terms", "guests")),
        made("claim-expired", 0, 20),
    ], GUIDE)
    assert [one.rule for one in found] == ["claim-expired", "term", "message-drift"]
    assert all(one.also == () for one in found)


def test_the_same_words_in_another_block_are_another_passage() -> None:
    found = finish([made("message-drift"), made("unapproved-claim", order=3)], GUIDE)
    assert [one.rule for one in found] == ["message-drift", "unapproved-claim"]


def test_one_conflict_with_two_places_names_both() -> None:
    one, two = (
        made("conflicting-claims", related=(Related(name, Location("line", 1), "x"),)) for name in ("b.md", "c.md")
    )
    (only,) = finish([one, two], GUIDE)
    assert [place.document for place in only.related] == ["b.md", "c.md"]
    assert only.also == ()


def test_the_result_does_not_depend_on_the_order_of_what_comes_in() -> None:
    findings = [
        made("term", 8, 14, approved=Approved("terms", "sign in")), made("term", 0, 7, order=4, document="b.md"),
        made("message-drift", 0, 60), made("prohibited-claim", 0, 60), made("missing-message", None, None, order=9),
    ]
    results = {finish(order, GUIDE) for order in permutations(findings)}
    assert len(results) == 1
    assert [one.rule for one in next(iter(results))] == ["prohibited-claim", "term", "missing-message", "term"]


def test_a_fingerprint_survives_a_move_and_a_change_of_case_or_space() -> None:
    (here,) = finish([made("term", 0, 7)], GUIDE)
    moved = made("term", 0, 7, location=Location("slide", 9), order=40, similarity=0.4, block="x" + TEXT)
    (there,) = finish([replace(moved, text="PATRONS")], GUIDE)
    assert here.fingerprint == there.fingerprint
    assert here.fingerprint.startswith("v1:") and len(here.fingerprint) >= 3 + 16


def test_fingerprints_tell_alike_findings_apart() -> None:
    found = finish([made("term", 0, 7), made("term", 0, 7, order=2), made("term", 0, 7, document="b.md")], GUIDE)
    assert len({one.fingerprint for one in found}) == 3
    assert fingerprint("term", "a.md", "", "patrons", 1) in {one.fingerprint for one in found}
