"""Findings in another order than the report's, without a copy of them all: large reports need no more than small ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgcheck.model import Finding, Report

_STATUSES = ("open", "accepted")
_SEVERITIES = ("error", "warning", "note", "off")
_RANK = {severity: rank for rank, severity in enumerate(_SEVERITIES)}


def by_severity(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The most severe first, open ones before accepted ones; as they stand where that is alike."""
    return (finding for _, finding in places_by_severity(findings))


def places_by_severity(findings: Sequence[Finding]) -> Iterator[tuple[int, Finding]]:
    """As `by_severity`, each with its index in `findings`."""
    for status in _STATUSES:
        for severity in _SEVERITIES:
            yield from (
                (at, one) for at, one in enumerate(findings) if one.severity == severity and one.status == status
            )


def opened(report: Report) -> Iterator[Finding]:
    """The open findings of `report`, in its order."""
    return (one for one in report.findings if one.status == "open")


def listed(report: Report) -> Iterator[Finding]:
    """`report.listed`, one by one."""
    return (one for one in report.findings if report.show_all or one.status == "open")


class ByDocument:
    """The findings of each document, and which document comes first; findings of one document stand together."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._findings = findings
        self._stretches: dict[str, list[range]] = {}
        first = 0
        for at in range(1, len(findings) + 1):
            if at == len(findings) or findings[at].document != findings[first].document:
                self._stretches.setdefault(findings[first].document, []).append(range(first, at))
                first = at

    def of(self, name: str) -> Iterator[Finding]:
        """The findings of the document `name`, in their order."""
        return (self._findings[at] for stretch in self._stretches.get(name, ()) for at in stretch)

    def worst_first(self) -> list[str]:
        """The documents with open findings, the one with the most severe finding first; as they stand where that is
        alike.
        """
        ranks = {
            name: min((_RANK[one.severity] for one in self.of(name) if one.status == "open"), default=None)
            for name in self._stretches
        }
        return sorted((name for name, rank in ranks.items() if rank is not None), key=lambda name: ranks[name] or 0)
