"""SARIF 2.1.0, as GitHub code scanning takes it.

A document is no source code: where it has no lines the region is its first character, and the page or slide stands in
the message and in the logical location. What was not read makes the run unsuccessful. The specification is
https://docs.oasis-open.org/sarif/sarif/v2.1.0/, GitHub's limits are in its documentation on SARIF support.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any, TextIO
from urllib.parse import quote

from msgcheck.checks.rules import RULES, Rule
from msgcheck.model import Document, Finding, Location, Report
from msgcheck.reporters.differences import with_reason
from msgcheck.reporters.order import by_severity
from msgcheck.reporters.printable import printable

MOST_RESULTS = 25_000
"""As many as GitHub takes of one run; the least severe are left out."""

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVELS = {"error": "error", "warning": "warning", "note": "note", "off": "none"}


def write(report: Report, stream: TextIO) -> None:
    """Write `report`, accepted findings as suppressed results."""
    unread = [result.document for result in report.results if result.document.status in ("unread", "partly-read")]
    kept, left = islice(by_severity(report.findings), MOST_RESULTS), len(report.findings) - MOST_RESULTS
    indices = {rule: index for index, rule in enumerate(RULES)}
    stream.write(f'{{"$schema": {_text(_SCHEMA)}, "version": "2.1.0", "runs": [{{\n')
    stream.write(f'"tool": {_text(_tool(report))},\n')
    stream.write(f'"columnKind": "unicodeCodePoints",\n"invocations": [{_text(_invocation(unread, left))}],\n')
    _list(stream, "artifacts", (_artifact(result.document) for result in report.results if result.document.sha256))
    stream.write(",\n")
    _list(stream, "results", (_result(finding, indices) for finding in kept))
    stream.write("\n}]}\n")


def _list(stream: TextIO, key: str, items: Iterator[dict[str, Any]]) -> None:
    stream.write(f'"{key}": [')
    comma = ""
    for item in items:
        stream.write(f"{comma}\n{_text(item)}")
        comma = ","
    stream.write("]")


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _tool(report: Report) -> dict[str, Any]:
    second = report.engine.second_opinion
    driver = {
        "name": "msgcheck",
        "version": report.version,
        "semanticVersion": report.version,
        "rules": [_rule(rule) for rule in RULES.values()],
        "properties": {
            "asOf": report.as_of,
            "guideSha256": report.guide_sha256,
            "encoder": report.engine.encoder,
            "encoderSha256": report.engine.encoder_sha256,
            **({"secondOpinion": second.model} if second else {}),
        },
    }
    return {"driver": driver}


def _rule(rule: Rule) -> dict[str, Any]:
    """The rule with its documentation as help."""
    says = f"{rule.says[0].upper()}{rule.says[1:]}."
    return {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in rule.id.split("-")),
        "shortDescription": {"text": says},
        "fullDescription": {"text": f"{rule.section('What it finds') or says}"[:1000]},
        "help": {"text": rule.doc, "markdown": rule.doc},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": ["messaging", rule.family], "precision": "high"},
    }


def _invocation(unread: list[Document], left: int) -> dict[str, Any]:
    notes = [_notification(document, reason.code, f"{reason.place}: {reason.text}" if reason.place else reason.text)
             for document in unread for reason in document.reasons]
    if left > 0:
        text = f"{left} findings of the least severity are left out: at most {MOST_RESULTS} are listed."
        notes.append({"level": "warning", "message": {"text": text}})
    return {
        "executionSuccessful": not any(document.status == "unread" for document in unread),
        "toolExecutionNotifications": notes,
    }


def _notification(document: Document, code: str, text: str) -> dict[str, Any]:
    words = "could not be read" if document.status == "unread" else "could be read in part only"
    return {
        "level": "error" if document.status == "unread" else "warning",
        "message": {"text": printable(f"{document.name} {words}: {text}")},
        "descriptor": {"id": code},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact_location(document.name)}}],
    }


def _artifact(document: Document) -> dict[str, Any]:
    return {"location": _artifact_location(document.name), "hashes": {"sha-256": document.sha256}}


def _artifact_location(name: str) -> dict[str, str]:
    return {"uri": quote(name.encode("utf-8", "replace"), safe="/"), "uriBaseId": _ROOT}


def _result(finding: Finding, indices: dict[str, int]) -> dict[str, Any]:
    place = printable(finding.location.label)
    said = printable(with_reason(finding.message, finding))
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": indices[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{place[0].upper()}{place[1:]}: {said}" if place else said},
        "locations": [_location(finding.document, finding.location, finding.text)],
        "partialFingerprints": {"primaryLocationLineHash": finding.fingerprint},
        "properties": _properties(finding),
    }
    if finding.related:
        result["relatedLocations"] = [
            {**_location(other.document, other.location, other.text), "id": number,
             "message": {"text": printable(f"{other.location.label}: {other.text}")}}
            for number, other in enumerate(finding.related, 1)
        ]
    if finding.status == "accepted":
        result["suppressions"] = [{"kind": "external", "status": "accepted"}]
    return result


def _location(name: str, place: Location, text: str | None) -> dict[str, Any]:
    line = place.number if place.kind == "line" and place.number else 1
    region: dict[str, Any] = {"startLine": line, "startColumn": 1}
    if text:
        region["snippet"] = {"text": text}
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": _artifact_location(name), "region": region},
    }
    if place.label:
        location["logicalLocations"] = [
            {"name": place.label, "fullyQualifiedName": f"{name}#{place.label}", "kind": _kind(place)},
        ]
    return location


def _kind(place: Location) -> str:
    return {"page": "page", "slide": "slide", "notes": "slide"}.get(place.kind, "element")


def _properties(finding: Finding) -> dict[str, Any]:
    approved = finding.approved
    properties: dict[str, Any] = {"confidence": round(finding.confidence, 4), "layer": finding.layer}
    if finding.similarity is not None:
        properties["similarity"] = round(finding.similarity, 4)
    if approved:
        properties["approved"] = {"section": approved.section, "id": approved.id, "wording": approved.wording}
    if finding.changes:
        properties["changes"] = [
            {"kind": one.kind, "approved": one.approved, "found": one.found} for one in finding.changes
        ]
    if finding.suggestion:
        properties["suggestion"] = finding.suggestion
    return properties


