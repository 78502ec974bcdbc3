"""One document and what became of it, for a person who asks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from msgcheck.checks.finish import finish
from msgcheck.checks.view import View
from msgcheck.discover import discover
from msgcheck.errors import UsageError
from msgcheck.guide import role
from msgcheck.model import Document, Finding
from msgcheck.pipeline import Request, analyser_of, guide_of
from msgcheck.readers.pool import Pool


@dataclass(frozen=True, slots=True)
class Examined:
    """One document and what became of it. `remarks` are sentences by block and start of the passage they are about."""

    document: Document
    view: View
    findings: tuple[Finding, ...]
    remarks: dict[tuple[int, int], tuple[str, ...]]


def examine(request: Request) -> Examined:
    """The one document of `request` as the checks see it, with its findings and why there are none."""
    settings = request.settings
    guide = guide_of(settings)
    found = discover(request.paths, settings.root)
    if not found.sources:
        passed = found.passed_over[0]
        raise UsageError("This document is passed over.", passed.name, passed.reasons[0].text)
    source = found.sources[0]
    analyser = analyser_of(guide, request)
    with Pool(1, request.reading) as pool:
        document = pool.read(source)
    result = analyser.analyse(document, role(guide, source.name))
    view = analyser.view(document, result.role)
    findings = finish(result.findings, guide)
    return Examined(replace(result.document, blocks=document.blocks), view, findings, analyser.remarks(view))
