"""The report in JSON, as the guide format's documentation lays it down: every key always there, in one order."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from msgcheck.model import Approved, Carried, DocumentResult, Finding, Location, Report
from msgcheck.reporters.order import listed, opened

SCHEMA = 1
_CARRIED = ("messages", "claims", "facts")
"""The sections whose entries a document can carry."""


def write(report: Report, stream: TextIO) -> None:
    """Write `report` in UTF-8 text, two spaces deep, one document or finding at a time."""
    stream.write("{\n")
    for key, value in _head(report).items():
        stream.write(f"  {_text(key)}: {_text(value)},\n")
    _list(stream, "documents", (_document(result) for result in report.results))
    _list(stream, "findings", (_finding(finding) for finding in listed(report)))
    accepted = {
        "sha256": report.accepted_sha256, "used": report.accepted.used,
        "unused": list(report.accepted.unused), "expired": list(report.accepted.expired),
    }
    stream.write(f'  "accepted": {_text(accepted)},\n')
    _reading(stream, report.results)
    _messages(stream, report)
    stream.write(f'  "summary": {_text(_summary(report))}\n}}\n')


def _list(stream: TextIO, key: str, items: Iterator[dict[str, Any]]) -> None:
    stream.write(f"  {_text(key)}: [")
    comma = ""
    for item in items:
        stream.write(f"{comma}\n    {_text(item)}")
        comma = ","
    stream.write("\n  ],\n" if comma else "],\n")


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _head(report: Report) -> dict[str, Any]:
    engine = report.engine
    second = engine.second_opinion
    asked = {"model": second.model, "asked": second.asked, "answered": second.answered} if second else None
    return {
        "schema": SCHEMA,
        "msgcheck": report.version,
        "as_of": report.as_of,
        "guide": {"path": report.guide_path, "sha256": report.guide_sha256},
        "engine": {
            "version": engine.version, "encoder": engine.encoder, "encoder_sha256": engine.encoder_sha256,
            "second_opinion": asked,
        },
    }


def proof(report: Report) -> dict[str, Any]:
    """The part of the report that proves what was checked, for reports of other forms to carry."""
    return {
        "msgcheck": report.version,
        "guide": {"path": report.guide_path, "sha256": report.guide_sha256},
        "accepted": {"sha256": report.accepted_sha256},
        "documents": [
            {"path": result.document.name, "sha256": result.document.sha256 or None} for result in report.results
        ],
    }


def _document(result: DocumentResult) -> dict[str, Any]:
    document, role = result.document, result.role
    return {
        "path": document.name,
        "sha256": document.sha256 or None,
        "kind": role.kind,
        "owner": role.owner,
        "audiences": list(role.audiences),
        "language": document.language,
        "status": document.status,
        "reasons": [{"code": one.code, "place": one.place, "text": one.text} for one in document.reasons],
        "pages": document.pages,
        "blocks": result.blocks,
        "passages": result.passages,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "confidence": round(finding.confidence, 4),
        "status": finding.status,
        "message": finding.message,
        "document": finding.document,
        "layer": finding.layer,
        "location": location(finding.location),
        "block": finding.block,
        "text": finding.text,
        "start": finding.start,
        "end": finding.end,
        "approved": _approved(finding.approved),
        "changes": [{"kind": one.kind, "approved": one.approved, "found": one.found} for one in finding.changes],
        "also": [{"rule": one.rule, "approved": one.approved} for one in finding.also],
        "related": [
            {"document": one.document, "location": location(one.location), "text": one.text} for one in finding.related
        ],
        "similarity": None if finding.similarity is None else round(finding.similarity, 4),
        "suggestion": finding.suggestion,
        "why": list(finding.why),
        "fingerprint": finding.fingerprint,
    }


def location(place: Location) -> dict[str, Any]:
    """A location as an object; coordinates to a hundredth of a point. One without a layout has no `page_size`."""
    return {
        "kind": place.kind,
        "number": place.number,
        "label": place.label,
        "boxes": [[round(edge, 2) for edge in box] for box in place.boxes],
        "page_size": None if place.page_size is None else [round(edge, 2) for edge in place.page_size],
    }


def _approved(approved: Approved | None) -> dict[str, Any] | None:
    if approved is None:
        return None
    return {
        "section": approved.section,
        "id": approved.id,
        "statement": approved.statement,
        "wording": approved.wording,
        "source": approved.source,
        "owner": approved.owner,
    }


def _reading(stream: TextIO, results: tuple[DocumentResult, ...]) -> None:
    """How much was read: over all documents, and for each that was opened."""
    total = {
        "pages": sum(result.document.pages or 0 for result in results),
        "blocks": sum(result.blocks for result in results),
        "passages": sum(result.passages for result in results),
        "layers": _counted(pair for result in results for pair in result.layers),
        "gaps": _counted(pair for result in results for pair in result.document.gaps),
    }
    stream.write(f'  "reading": {_text(total)[:-1]}, "documents": [')
    for at, result in enumerate(one for one in results if one.document.sha256):
        document = result.document
        own = {
            "path": document.name,
            "format": document.format,
            "unit": document.unit or None,
            "pages": document.pages,
            "layers": _counted(result.layers),
            "gaps": _counted(document.gaps),
        }
        stream.write(f"{', ' if at else ''}{_text(own)}")
    stream.write("]},\n")


def _counted(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for key, number in pairs:
        total[key] += number
    return dict(sorted(total.items()))


def _messages(stream: TextIO, report: Report) -> None:
    """Which document carries which message, claim or fact, and how, by section and id; [] for one that none carries."""
    entries: dict[str, dict[str, None]] = {section: {} for section in _CARRIED}
    for section, name in (
        *((entry.section, entry.id) for entry in report.entries),
        *sorted({(one.section, one.id) for result in report.results for one in result.carried}),
    ):
        entries.setdefault(section, {}).setdefault(name)
    stream.write('  "messages": {')
    for at, (section, names) in enumerate(entries.items()):
        stream.write(f"{', ' if at else ''}{_text(section)}: {{")
        for place, name in enumerate(names):
            stream.write(f"{', ' if place else ''}{_text(name)}: [")
            for number, use in enumerate(_uses(report, section, name)):
                stream.write(f"{', ' if number else ''}{_text(use)}")
            stream.write("]")
        stream.write("}")
    stream.write("},\n")


def _uses(report: Report, section: str, name: str) -> Iterator[dict[str, Any]]:
    for result in report.results:
        for one in result.carried:
            if one.id == name and one.section == section:
                yield _use(result.document.name, one)


def _use(document: str, one: Carried) -> dict[str, Any]:
    return {"document": document, "how": one.how, "location": location(one.location), "text": one.text}


def _summary(report: Report) -> dict[str, Any]:
    statuses: Counter[str] = Counter(result.document.status for result in report.results)
    severities: Counter[str] = Counter(finding.severity for finding in opened(report))
    return {
        "documents": {status: statuses[status] for status in ("read", "partly-read", "unread", "skipped")},
        "findings": {severity: severities[severity] for severity in ("error", "warning", "note")},
        "rules": dict(sorted(Counter(finding.rule for finding in opened(report)).items())),
        "accepted": len(report.findings) - severities.total(),
        "below_min_confidence": report.unsure,
    }
