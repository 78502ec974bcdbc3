"""What could be put right in a collection: names and words only, so no language model is loaded for the search."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from msgcheck import accepted
from msgcheck.checks.analyse import Analyser
from msgcheck.checks.finish import finish
from msgcheck.discover import discover
from msgcheck.guide import role
from msgcheck.guide.model import Guide
from msgcheck.model import Document, Finding, Role
from msgcheck.normalise import fold
from msgcheck.pipeline import guide_of
from msgcheck.readers.pool import Pool
from msgcheck.settings import Settings

RULES: tuple[str, ...] = ("brand-name", "retired-name", "trademark", "term")
"""The rules whose findings can be put right without a choice, where they carry a suggestion."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One document that was read, with its findings of `RULES`; `again` gives those of another state of it."""

    path: Path
    document: Document
    role: Role
    findings: tuple[Finding, ...]
    again: Callable[[Document], tuple[Finding, ...]]


def search(
    paths: tuple[Path, ...],
    settings: Settings,
    as_of: datetime.date,
    step: Callable[[int, int, str], None] = lambda done, total, name: None,
) -> Iterator[Candidate]:
    """The documents at `paths` that could be read, in order of name; what was accepted is no finding."""
    guide = guide_of(settings)
    excused = accepted.load(settings.accepted)
    found = discover(paths, settings.root, settings.exclude)
    roles = {source.name: role(guide, source.name) for source in found.sources}
    sources = [source for source in found.sources if not roles[source.name].skip]
    analyser = Analyser(guide, as_of, None, False, True)

    def findings_in(document: Document) -> tuple[Finding, ...]:
        own = finish(analyser.analyse(document, roles[document.name]).findings, guide)
        marked, _ = accepted.apply(own, excused, as_of, frozenset((document.name,)))
        return tuple(_unless_ambiguous(one, guide) for one in marked if one.rule in RULES and one.status == "open")

    with Pool(settings.jobs or 1) as pool:
        for done, (source, document) in enumerate(zip(sources, pool.read_all(sources), strict=True)):
            step(done, len(sources), source.name)
            if document.status in ("read", "partly-read"):
                findings = findings_in(document)
                yield Candidate(source.path, document, roles[source.name], findings, findings_in)
    step(len(sources), len(sources), "")


def _unless_ambiguous(finding: Finding, guide: Guide) -> Finding:
    """Without its suggestion where the guide leaves a choice: several preferred words, or two products of that name."""
    name = finding.approved.id if finding.approved else ""
    if finding.rule == "term":
        choice = any(name in term.use and len(term.use) > 1 for term in guide.terms)
    else:
        choice = finding.rule == "retired-name" and _owners(fold(finding.text or ""), guide) > 1
    return replace(finding, suggestion=None) if choice else finding


def _owners(words: str, guide: Guide) -> int:
    """How many products had the earlier name with which `words` begin, the longest one of them all."""
    lengths = [
        max((len(one) for one in map(fold, product.retired) if f"{words} ".startswith(f"{one} ")), default=0)
        for product in guide.names
    ]
    return lengths.count(max(lengths, default=0))
