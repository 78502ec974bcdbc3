"""The table of rules and their documentation."""

from __future__ import annotations

import subprocess
import sys
from typing import get_args

import pytest

from msgcheck.checks.rules import PRECEDENCE, RULES, SECTIONS, Rule
from msgcheck.guide.model import RuleId


def test_the_rules_are_those_of_the_format() -> None:
    assert tuple(RULES) == get_args(RuleId)
    assert set(PRECEDENCE) <= set(RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_documentation(rule: Rule) -> None:
    lines = rule.doc.splitlines()
    assert lines[0] == f"# {rule.id}"
    assert tuple(line[3:] for line in lines if line.startswith("## ")) == SECTIONS
    assert all(len(rule.section(heading)) > 30 for heading in SECTIONS)
    assert ("not checked" in rule.doc.casefold()) is not rule.checked


def test_the_table_needs_nothing_heavy() -> None:
    code = "import sys, msgcheck.checks; print(*{'torch', 'spacy', 'numpy', 'pydantic', 're2'} & set(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == ""
