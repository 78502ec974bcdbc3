"""JUnit XML, for CI systems that show tests: a suite a document, a failing case a finding.

A document that could not be read is an error, one that was skipped is skipped, and one without findings a passed case.
The form is that of https://github.com/testmoapp/junitxml, which Jenkins and GitLab read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from msgcheck.model import DocumentResult, Finding, Report
from msgcheck.reporters.differences import label_of, reason_of, wording_of
from msgcheck.reporters.order import ByDocument
from msgcheck.reporters.printable import printable


def write(report: Report, stream: TextIO) -> None:
    """Write `report`; notes are passed cases, accepted findings skipped ones."""
    findings = ByDocument(report.findings)
    results = [result for result in report.results if not result.document.stray]
    totals = [_counts(result, _listed(findings, result, report.show_all)) for result in results]
    tests, failures, errors, skipped = (sum(column) for column in zip(*totals, strict=True)) if totals else (0,) * 4
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write(f'<testsuites name="msgcheck" tests="{tests}" failures="{failures}" errors="{errors}" '
                 f'skipped="{skipped}">\n')
    for result, counts in zip(results, totals, strict=True):
        _suite(stream, result, _listed(findings, result, report.show_all), counts)
    stream.write("</testsuites>\n")


def _listed(findings: ByDocument, result: DocumentResult, show_all: bool) -> list[Finding]:
    return [one for one in findings.of(result.document.name) if show_all or one.status == "open"]


def _counts(result: DocumentResult, findings: list[Finding]) -> tuple[int, int, int, int]:
    status = result.document.status
    if status in ("unread", "skipped"):
        return 1, 0, int(status == "unread"), int(status == "skipped")
    failures = sum(1 for one in findings if _fails(one))
    return max(1, len(findings)), failures, 0, sum(1 for one in findings if one.status == "accepted")


def _fails(finding: Finding) -> bool:
    return finding.status == "open" and finding.severity in ("error", "warning")


def _suite(stream: TextIO, result: DocumentResult, findings: list[Finding], counts: tuple[int, int, int, int]) -> None:
    document = result.document
    name = _attribute(document.name)
    tests, failures, errors, skipped = counts
    stream.write(f'  <testsuite name={name} tests="{tests}" failures="{failures}" errors="{errors}" '
                 f'skipped="{skipped}">\n')
    for line in _cases(result, findings, name):
        stream.write(f"    {line}\n")
    if document.status == "partly-read":
        told = "\n".join(f"{reason.place}: {reason.text}" for reason in document.reasons)
        stream.write(f"    <system-out>{_words(told)}</system-out>\n")
    stream.write("  </testsuite>\n")


def _cases(result: DocumentResult, findings: list[Finding], name: str) -> Iterator[str]:
    document = result.document
    told = "; ".join(reason.text for reason in document.reasons)
    if document.status == "unread":
        yield f'<testcase classname={name} name="read"><error message={_attribute(told)}/></testcase>'
    elif document.status == "skipped":
        yield f'<testcase classname={name} name="read"><skipped message={_attribute(told)}/></testcase>'
    elif not findings:
        yield f'<testcase classname={name} name="messaging"/>'
    for finding in findings:
        place = finding.location.label or finding.location.kind
        case = f"<testcase classname={name} name={_attribute(f'{finding.rule}: {place}: {finding.message}')}"
        if finding.status == "accepted":
            yield f'{case}><skipped message="accepted"/></testcase>'
        elif _fails(finding):
            head = f"<failure type={_attribute(finding.rule)} message={_attribute(f'{place}: {finding.message}')}>"
            yield f"{case}>{head}{_words(_story(finding))}</failure></testcase>"
        else:
            yield f"{case}><system-out>{_words(_story(finding))}</system-out></testcase>"


def _story(finding: Finding) -> str:
    lines = [f"{finding.severity}: {finding.message}"]
    for label, words in (
        ("found", finding.text), (label_of(finding), wording_of(finding)), ("suggestion", finding.suggestion),
        ("reason", reason_of(finding)),
    ):
        if words:
            lines.append(f"{label}: {printable(words)}")
    return "\n".join(lines)


def _attribute(text: str) -> str:
    return quoteattr(_legal(printable(text)))


def _words(text: str) -> str:
    return escape("\n".join(_legal(printable(line)) for line in text.split("\n")))


def _legal(text: str) -> str:
    """`text` without the characters that XML 1.0 cannot hold; controls have been written out before."""
    return "".join(char for char in text if char not in "\ufffe\uffff")
