"""Markdown for the comment on a pull request, and for the summary of a CI step.

Words of documents stand in code spans or are escaped: no mention, picture, link or tag of theirs comes alive.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TextIO

from msgcheck.model import DocumentResult, Finding, Report
from msgcheck.reporters.differences import label_of, reason_of, wording_of
from msgcheck.reporters.order import ByDocument, opened
from msgcheck.reporters.printable import printable

COMMENT = 64 * 1024
SUMMARY = 1000 * 1024
"""Bytes that a comment and a step's summary may have; GitHub refuses longer ones."""

_ROOM_FOR_END = 400
_LONGEST_WORDS = 600
_ALIVE = re.compile(r"[\\`*_{}\[\]()<>#+\-!|~&:/$^=%@]|\.(?=\S)")


def write(report: Report, stream: TextIO) -> None:
    """Write `report` in at most 64 KB, the worst documents first."""
    _write(report, stream, COMMENT)


def write_summary(report: Report, stream: TextIO) -> None:
    """Write `report` for `GITHUB_STEP_SUMMARY`, which takes more than a comment."""
    _write(report, stream, SUMMARY)


def _write(report: Report, stream: TextIO, limit: int) -> None:
    room = limit - _ROOM_FOR_END
    shown = 0
    for text, findings in _pieces(report):
        size = len(text.encode("utf-8", "backslashreplace"))
        if size > room:
            left = sum(1 for _ in opened(report)) - shown
            stream.write(f"\n… and {_count(left, 'more finding')}; the full report lists them all.\n")
            return
        room -= size
        shown += findings
        stream.write(text)


def _pieces(report: Report) -> Iterator[tuple[str, int]]:
    """The text piece by piece, and how many findings each piece shows."""
    yield _head(report), 0
    for result in report.results:
        if result.document.status in ("unread", "partly-read"):
            yield _not_read(result), 0
    findings = ByDocument(report.findings)
    for name in findings.worst_first():
        yield f"\n### {code(name)}\n\n", 0
        for finding in findings.of(name):
            if finding.status == "open":
                yield _item(finding), 1


def _head(report: Report) -> str:
    statuses = Counter(result.document.status for result in report.results if not result.document.stray)
    severities: Counter[str] = Counter(finding.severity for finding in opened(report))
    found = ", ".join(_count(severities[one], one) for one in ("error", "warning", "note") if severities[one])
    parts = ": " * bool(statuses) + ", ".join(f"{number} {status}" for status, number in sorted(statuses.items()))
    accepted = len(report.findings) - severities.total()
    lines = [f"## Messaging: {found or 'nothing found'}", "", f"{_count(statuses.total(), 'document')}{parts}."]
    if accepted:
        lines[-1] += f" {_count(accepted, 'finding')} accepted earlier."
    return "\n".join(lines) + "\n"


def _not_read(result: DocumentResult) -> str:
    document = result.document
    told = " ".join(inert(f"{one.place}: {one.text}" if one.place else one.text) for one in document.reasons[:3])
    words = "could not be read" if document.status == "unread" else "was read in part"
    return f"\n> {code(document.name)} {words}. {told}\n"


def _item(finding: Finding) -> str:
    place = f", {inert(finding.location.label)}" if finding.location.label else ""
    lines = [f"- **{finding.severity}** {code(finding.rule)}{place}: {inert(finding.message)}"]
    wording = wording_of(finding)
    if finding.text and (wording or len(finding.text) > 40):
        lines.append(f"  - found: {code(finding.text)}")
    if wording:
        lines.append(f"  - {label_of(finding)}: {code(wording)}")
    if finding.suggestion and finding.suggestion != wording:
        lines.append(f"  - instead: {code(finding.suggestion)}")
    if reason := reason_of(finding):
        lines.append(f"  - reason: {inert(reason)}")
    for other in finding.related[:3]:
        lines.append(f"  - elsewhere: {code(other.text)} ({code(other.document)}, {inert(other.location.label)})")
    return "\n".join(lines) + "\n"


def code(text: str) -> str:
    """`text` in a code span that its own backticks cannot end."""
    flat = _short(printable(text))
    fence = "`" * (max((len(run) for run in re.findall("`+", flat)), default=0) + 1)
    return f"{fence} {flat} {fence}" if fence != "`" else f"`{flat}`"


def inert(text: str) -> str:
    """`text` as nothing but text: no markup, mention, reference to an issue, address or tag in it."""
    escaped = _ALIVE.sub(lambda match: f"\\{match[0]}", _short(printable(text)))
    return re.sub(r"([@#])", "\\1\u200b", escaped)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_WORDS else f"{text[:_LONGEST_WORDS]}…"


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
