"""What passages state on which the guide is silent: compact facts that two documents can contradict each other in."""

from __future__ import annotations

from msgcheck.checks.verdict import Judge, Verdict
from msgcheck.checks.view import View
from msgcheck.model import Assertion


def assertions(view: View, verdicts: tuple[Verdict, ...], judge: Judge) -> tuple[Assertion, ...]:
    del view, verdicts, judge
    return ()
