"""The rules of words and presence, held to their case files."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from case_files import FOLDER, REASON, Case, cases, hold, with_reasons

from msgcheck.checks.drift import boilerplate_drift, tagline_drift
from msgcheck.checks.looks import check_looks
from msgcheck.checks.names import check_names
from msgcheck.checks.presence import check_presence
from msgcheck.checks.rules import RULES
from msgcheck.checks.terms import check_terms
from msgcheck.model import Finding

RUN: dict[str, Callable[[Case], Iterable[Finding]]] = {
    "brand-name": lambda case: check_names(case.view),
    "retired-name": lambda case: check_names(case.view),
    "trademark": lambda case: check_names(case.view),
    "competitor-mention": lambda case: check_names(case.view),
    "brand-color": lambda case: check_looks(case.view),
    "brand-font": lambda case: check_looks(case.view),
    "term": lambda case: check_terms(case.view),
    "tagline-drift": lambda case: tagline_drift(case.view),
    "boilerplate-drift": lambda case: boilerplate_drift(case.view),
    "missing-message": lambda case: check_presence(case.view, case.carried),
    "missing-boilerplate": lambda case: check_presence(case.view, case.carried),
    "missing-disclaimer": lambda case: check_presence(case.view, case.carried),
}


@pytest.mark.parametrize("case", [case for rule in RUN for case in cases(rule)], ids=lambda case: case.name)
def test_case(case: Case) -> None:
    hold(case, RUN[case.rule](case))


@pytest.mark.parametrize("rule", [rule for rule in RUN if RULES[rule].family != "visual"])
def test_a_finding_has_the_reason_of_its_entry(rule: str) -> None:
    case = with_reasons(cases(rule)[0])
    found = [one for one in RUN[rule](case) if one.rule == rule]
    assert found and all(one.approved and one.approved.reason == REASON in " ".join(one.why) for one in found)


@pytest.mark.parametrize("rule", [rule.id for rule in RULES.values() if rule.checked])
def test_every_rule_has_cases_that_find_and_as_many_that_pass(rule: str) -> None:
    known = cases(rule)
    finds = sum(case.finds for case in known)
    assert finds >= 5
    assert len(known) - finds >= finds or len(known) - finds >= 8


def test_no_case_file_is_without_its_rule() -> None:
    assert {path.stem for path in FOLDER.glob("*.yml")} <= set(RULES)
