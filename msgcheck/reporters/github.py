"""Workflow commands that GitHub Actions turns into annotations.

A step shows ten errors, ten warnings and ten notices and drops the rest in silence, so the most severe findings come
first and a last line says how many more there are. Words of documents are escaped so that they can never be a command:
see https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from msgcheck.model import Finding, Report
from msgcheck.reporters.differences import with_reason
from msgcheck.reporters.order import by_severity
from msgcheck.reporters.printable import printable

SHOWN = 10
"""Annotations of each kind that a step shows."""

_KINDS = {"error": "error", "warning": "warning", "note": "notice"}


def write(report: Report, stream: TextIO) -> None:
    """Write annotations for unread documents and open findings, and one line for the rest."""
    room = dict.fromkeys(_KINDS.values(), SHOWN)
    left = 0
    for kind, name, line, title, words in _annotations(report):
        if not room[kind]:
            left += 1
            continue
        room[kind] -= 1
        place = f"file={_property(name)},line={line}" if name else ""
        stream.write(f"::{kind} {place}{',' if place else ''}title={_property(title)}::{_data(words)}\n")
    if left:
        stream.write(f"msgcheck: {left} more {'finding' if left == 1 else 'findings'}; the report lists them all.\n")


def _annotations(report: Report) -> Iterator[tuple[str, str, int, str, str]]:
    for result in report.results:
        document = result.document
        if document.status == "unread":
            yield "error", document.name, 1, "could not be read", " ".join(one.text for one in document.reasons)
    for finding in by_severity(report.findings):
        if finding.status == "open":
            yield _KINDS[finding.severity], finding.document, _line(finding), finding.rule, _words(finding)


def _words(finding: Finding) -> str:
    place = finding.location.label
    found = f' Found: "{finding.text}"' if finding.text else ""
    return with_reason(f"{place}: {finding.message}{found}" if place else f"{finding.message}{found}", finding)


def _line(finding: Finding) -> int:
    return finding.location.number or 1 if finding.location.kind == "line" else 1


def _data(text: str) -> str:
    return printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
