"""Which document carries which message, and how: the matrix behind the coverage page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from msgcheck.model import DocumentResult, Entry, Report

How = Literal["on", "drifted", "mixed", "expired", "missing", "absent"]

_WORDS: dict[How, str] = {
    "on": "on message",
    "drifted": "drifted",
    "mixed": "on message in one place, drifted in another",
    "expired": "past its date",
    "missing": "missing, though required",
    "absent": "not carried",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One document, or (`document` '') all documents of an owner together; `cells` go with the matrix's entries."""

    document: str
    owner: str
    cells: tuple[How, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """`pillars` are the names of groups of neighbouring entries with their sizes; `rows` go owner by owner."""

    entries: tuple[Entry, ...]
    pillars: tuple[tuple[str, int], ...]
    rows: tuple[Row, ...]
    apart: tuple[bool, ...]  # for each entry: one owner is on message with it, another one is not


def word(how: How) -> str:
    return _WORDS[how]


def matrix(report: Report) -> Matrix:
    """Entries by pillar in the guide's order, those that nobody carries too; documents that were read by owner."""
    entries = _by_pillar(report.entries or _seen(report))
    pillars: list[tuple[str, int]] = []
    for entry in entries:
        name = pillar(entry)
        if pillars and pillars[-1][0] == name:
            pillars[-1] = (name, pillars[-1][1] + 1)
        else:
            pillars.append((name, 1))
    read = [result for result in report.results if result.document.status in ("read", "partly-read")]
    missing = {
        (finding.document, finding.approved.section, finding.approved.id)
        for finding in report.findings
        if finding.rule == "missing-message" and finding.approved
    }
    owners = sorted({owner(result) for result in read}, key=lambda name: (name == "", name))
    rows: list[Row] = []
    summaries: list[Row] = []
    for name in owners:
        own = [result for result in read if owner(result) == name]
        cells = [tuple(_how(result, entry, missing) for entry in entries) for result in own]
        summary = Row("", name, tuple(_together(column) for column in zip(*cells, strict=True)))
        summaries.append(summary)
        rows += [summary, *(Row(result.document.name, name, line) for result, line in zip(own, cells, strict=True))]
    apart = tuple(_apart(tuple(row.cells[at] for row in summaries)) for at in range(len(entries)))
    return Matrix(entries, tuple(pillars), tuple(rows), apart)


def owner(result: DocumentResult) -> str:
    return result.role.owner or ""


def pillar(entry: Entry) -> str:
    return entry.pillar or ("Claims" if entry.section == "claims" else "Messages")


def _by_pillar(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    order = list(dict.fromkeys(pillar(entry) for entry in entries))
    return tuple(sorted(entries, key=lambda entry: order.index(pillar(entry))))


def _seen(report: Report) -> tuple[Entry, ...]:
    found = {(one.section, one.id) for result in report.results for one in result.carried}
    return tuple(
        Entry(section, name, "") for section, name in sorted(found, key=lambda pair: (pair[0] != "messages", pair))
    )


def _how(result: DocumentResult, entry: Entry, missing: set[tuple[str, str, str]]) -> How:
    hows = {one.how for one in result.carried if (one.section, one.id) == (entry.section, entry.id)}
    if "drifted" in hows:
        return "mixed" if "on-message" in hows else "drifted"
    if "expired" in hows:
        return "expired"
    if hows:
        return "on"
    return "missing" if (result.document.name, entry.section, entry.id) in missing else "absent"


def _together(column: tuple[How, ...]) -> How:
    hows = set(column)
    if "mixed" in hows or ("drifted" in hows and "on" in hows):
        return "mixed"
    order: tuple[How, ...] = ("drifted", "expired", "on", "missing")
    return next((how for how in order if how in hows), "absent")


def _apart(column: tuple[How, ...]) -> bool:
    return "on" in column and any(how in ("drifted", "mixed") for how in column)
