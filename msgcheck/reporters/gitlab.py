"""GitLab Code Quality: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TextIO

from msgcheck.model import Report
from msgcheck.reporters.differences import with_reason
from msgcheck.reporters.printable import printable

_SEVERITIES = {"error": "critical", "warning": "minor", "note": "info"}


def write(report: Report, stream: TextIO) -> None:
    """Write open findings and unread documents, one issue a line."""
    stream.write("[")
    comma = ""
    for issue in _issues(report):
        stream.write(f"{comma}\n{json.dumps(issue, ensure_ascii=False)}")
        comma = ","
    stream.write("\n]\n" if comma else "]\n")


def _issues(report: Report) -> Iterator[dict[str, Any]]:
    for result in report.results:
        document = result.document
        if document.status == "unread":
            told = " ".join(reason.text for reason in document.reasons)
            fingerprint = f"unread:{document.name}"
            yield _issue("unread", f"Could not be read: {told}", "blocker", document.name, 1, fingerprint)
    for finding in report.findings:
        if finding.status == "open":
            place = finding.location
            line = place.number or 1 if place.kind == "line" else 1
            words = with_reason(f"{place.label}: {finding.message}" if place.label else finding.message, finding)
            severity = _SEVERITIES[finding.severity]
            yield _issue(finding.rule, words, severity, finding.document, line, finding.fingerprint)


def _issue(rule: str, words: str, severity: str, name: str, line: int, fingerprint: str) -> dict[str, Any]:
    return {
        "type": "issue",
        "check_name": rule,
        "description": printable(words),
        "severity": severity,
        "fingerprint": fingerprint,
        "categories": ["Style"],
        "location": {"path": name, "lines": {"begin": line}},
    }
