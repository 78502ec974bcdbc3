"""Findings in another order than the documents': the most severe first, for reports that cannot hold all."""

from __future__ import annotations

from collections.abc import Iterable

from msgcheck.model import Finding

_RANKS = {"error": 0, "warning": 1, "note": 2, "off": 3}


def by_severity(findings: Iterable[Finding]) -> list[Finding]:
    """The most severe first, open ones before accepted ones; as they stand where that is alike."""
    return sorted(findings, key=lambda finding: (finding.status != "open", _RANKS[finding.severity]))
