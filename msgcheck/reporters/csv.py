"""Findings as a table for a spreadsheet; no cell can begin a formula."""

from __future__ import annotations

import csv
from typing import TextIO

from msgcheck.model import Finding, Report
from msgcheck.reporters.differences import label_of, reason_of, wording_of
from msgcheck.reporters.order import listed
from msgcheck.reporters.printable import printable

COLUMNS = (
    "document", "owner", "place", "severity", "rule", "message", "found", "approved", "approved id", "suggestion",
    "changes", "status", "confidence", "fingerprint", "section", "forbidden", "reason",
)
"""New ones come last, so that sheets made for the older ones go on working. `approved` holds what may be said, and
`forbidden` what must not be: the guide's words where `section` is 'prohibited' or 'retired'.
"""


def write(report: Report, stream: TextIO) -> None:
    """Write a row for each finding, and one for each document that could not be read, wholly or in part."""
    rows = csv.writer(stream, lineterminator="\r\n")
    stream.write("\ufeff")                       # without it, spreadsheets take UTF-8 for an old code page
    rows.writerow(COLUMNS)
    owners = {result.document.name: result.role.owner or "" for result in report.results}
    for result in report.results:
        document = result.document
        if document.status in ("unread", "partly-read"):
            for reason in document.reasons:
                cells = [document.name, owners[document.name], reason.place, "", document.status, reason.text]
                rows.writerow([_cell(cell) for cell in cells] + [""] * (len(COLUMNS) - len(cells)))
    for finding in listed(report):
        rows.writerow([_cell(cell) for cell in _cells(finding, owners.get(finding.document, ""))])


def _cells(finding: Finding, owner: str) -> tuple[str, ...]:
    approved = finding.approved
    may_be_said = label_of(finding) == "approved"
    wording = wording_of(finding)
    changes = "; ".join(f"{one.kind}: {one.approved or '–'} → {one.found or '–'}" for one in finding.changes)
    return (
        finding.document, owner, finding.location.label or finding.location.kind, finding.severity, finding.rule,
        finding.message, finding.text or "", wording if may_be_said else "", approved.id if approved else "",
        finding.suggestion or "", changes, finding.status, f"{finding.confidence:.2f}", finding.fingerprint,
        approved.section if approved else "", "" if may_be_said else wording, reason_of(finding),
    )


def _cell(text: str) -> str:
    """`text` on one line, an apostrophe before what a spreadsheet would take for a formula."""
    flat = printable(text)
    return f"'{flat}" if flat.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) else flat
