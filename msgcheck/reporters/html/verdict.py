"""The first screen's answer: ready, review or blocked, and what to do first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from msgcheck.model import DocumentResult, Report
from msgcheck.reporters.html.markup import plural
from msgcheck.reporters.html.words import JOBS
from msgcheck.reporters.order import opened

State = Literal["ready", "review", "blocked"]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: `job` is the id of a filter that shows its findings, '' where there is none."""

    text: str
    hint: str
    job: str
    severity: Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Verdict:
    state: State
    headline: str
    sentences: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class DocumentState:
    state: Literal["ready", "review", "blocked", "unread", "skipped"]
    errors: int
    warnings: int
    accepted: int


def document_states(report: Report) -> dict[str, DocumentState]:
    """For each document what its open findings and its reading make of it."""
    errors: Counter[str] = Counter()
    warnings: Counter[str] = Counter()
    accepted: Counter[str] = Counter()
    for finding in report.findings:
        if finding.status == "accepted":
            accepted[finding.document] += 1
        elif finding.severity == "error":
            errors[finding.document] += 1
        elif finding.severity == "warning":
            warnings[finding.document] += 1
    return {
        result.document.name: DocumentState(
            _state(result, errors[result.document.name], warnings[result.document.name]),
            errors[result.document.name],
            warnings[result.document.name],
            accepted[result.document.name],
        )
        for result in report.results
    }


def _state(
    result: DocumentResult, errors: int, warnings: int
) -> Literal["ready", "review", "blocked", "unread", "skipped"]:
    status = result.document.status
    if status in ("unread", "skipped"):
        return "unread" if status == "unread" else "skipped"
    if errors:
        return "blocked"
    return "review" if warnings or status == "partly-read" else "ready"


def verdict(report: Report) -> Verdict:
    """'blocked' while something must be corrected or is unread, 'review' while something should be looked at."""
    states = Counter(state.state for state in document_states(report).values())
    severities = Counter(finding.severity for finding in opened(report))
    errors, warnings = severities["error"], severities["warning"]
    checked = sum(result.document.status in ("read", "partly-read") for result in report.results)
    partly = sum(result.document.status == "partly-read" for result in report.results)
    unread = states["unread"]
    steps = _steps(report, unread, partly)
    accepted = len(report.findings) - severities.total()
    rest = (
        (f"{plural(accepted, 'finding')} {'was' if accepted == 1 else 'were'} accepted earlier.",) if accepted else ()
    )
    if not checked and not unread:
        return Verdict("review", "Nothing was checked", ("No document was found, or all of them were skipped.",), steps)
    if errors or unread:
        said = []
        if errors:
            said.append(
                f"{plural(errors, 'thing')} must be corrected before {_these(checked)} out"
                + (f", and {warnings:,} more should be looked at." if warnings else ".")
            )
        if unread:
            said.append(
                f"{plural(unread, 'document')} could not be read, so nothing is known about "
                f"{'it' if unread == 1 else 'them'}."
            )
        return Verdict("blocked", "Not ready to go out", (*said, *rest), steps)
    if warnings or partly:
        said = []
        if warnings:
            said.append(
                f"Nothing contradicts what is approved. {plural(warnings, 'thing')} should be looked at by a person."
            )
        if partly:
            said.append(f"{plural(partly, 'document')} could be read only in part.")
        return Verdict("review", "Ready after a review", (*said, *rest), steps)
    return Verdict(
        "ready",
        "Ready to go out",
        (
            f"{plural(checked, 'document')} checked: all that was recognised agrees with the approved messaging.",
            *rest,
        ),
        steps,
    )


def _these(count: int) -> str:
    return "this document goes" if count == 1 else "these documents go"


def _steps(report: Report, unread: int, partly: int) -> tuple[Step, ...]:
    counts = Counter((finding.rule, finding.severity) for finding in opened(report))
    steps: list[Step] = []
    if unread:
        steps.append(
            Step(
                f"Find out why {plural(unread, 'document')} could not be read",
                "Until then nothing is known about what is said there.",
                "",
                "error",
            )
        )
    for severity in ("error", "warning", "note"):
        for job in JOBS:
            own = Counter[str]()
            for (rule, level), number in counts.items():
                own[level] += number if rule in job.rules else 0
            if severity == next((one for one in ("error", "warning", "note") if own[one]), ""):
                number = own.total()
                text = (job.one if number == 1 else job.many).format(n=f"{number:,}")
                steps.append(Step(text, job.hint, job.id, severity))
    if partly:
        steps.append(
            Step(
                f"Look at what could not be read in {plural(partly, 'document')}",
                "Words in pictures, for example.",
                "",
                "warning",
            )
        )
    return tuple(steps)
